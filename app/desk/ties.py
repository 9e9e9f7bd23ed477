"""Edges of the graph as kinds of the pages, and their words read from either end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.desk.eyes import Eyes
from queries.views.links import IN, OUT, Link, NodeRef

FAMILY = ("SPOUSE_OF", "PARENT_OF", "SIBLING_OF", "DECLARED_KIN", "GUARDIAN_OF")
KINDS: Mapping[tuple[str, str], str] = {
    ("EMPLOYED_BY", OUT): "posts", ("EMPLOYED_BY", IN): "staff", ("SUBORDINATE_TO", OUT): "superiors",
    ("SUBORDINATE_TO", IN): "subordinates",
    **{(name, way): "kin" for name in FAMILY for way in (OUT, IN)},
    ("ASSOCIATED_WITH", OUT): "associates", ("ASSOCIATED_WITH", IN): "associates",
    ("OWNS", OUT): "firms", ("OWNS", IN): "owners", ("DIRECTS", OUT): "firms", ("DIRECTS", IN): "directors", ("MEMBER_OF", OUT): "posts",
    ("MEMBER_OF", IN): "members", ("REPRESENTS", OUT): "firms", ("REPRESENTS", IN): "other", ("PARTICIPATES", OUT): "events",
    ("PARTICIPATES", IN): "roles", ("SUPPLIES", OUT): "events", ("SUPPLIES", IN): "parties", ("APPLIES", OUT): "events",
    ("APPLIES", IN): "parties", ("REPRESENTS_IN", OUT): "events", ("REPRESENTS_IN", IN): "parties", ("FOR_AUTHORITY", OUT): "parties",
    ("FOR_AUTHORITY", IN): "events", ("RUN_BY", OUT): "parties", ("RUN_BY", IN): "events", ("UNDER_TENDER", OUT): "other",
    ("UNDER_TENDER", IN): "other", ("PART_OF", OUT): "superiors", ("PART_OF", IN): "parts", ("GAVE", OUT): "notices", ("GAVE", IN): "other",
    ("ABOUT", OUT): "other", ("ABOUT", IN): "notices", ("RELATED", OUT): "other", ("RELATED", IN): "other",
}  # fmt: skip
"""(type, direction from here) → kind of the pages."""
ORDER = (
    "posts", "kin", "kin_firms", "firms", "owners", "directors", "members", "parties", "roles", "events", "subordinates", "superiors",
    "staff", "parts", "notices", "associates", "shared", "other",
)  # fmt: skip
_GENDERS = "UNWIND $ids AS id MATCH (p:Person {id: id}) RETURN id AS id, p.gender AS gender"
_PARENT, _CHILD, _SPOUSE, _SIBLING = "P", "C", "S", "B"


@dataclass(slots=True)
class Ties:
    """Words of edges; knows the sexes of the people it was told of."""

    eyes: Eyes
    genders: dict[str, str | None] = field(default_factory=dict)

    def learn(self, people: Iterable[str]) -> None:
        """Read the sexes that are not known yet."""
        wanted = sorted({one for one in people if one not in self.genders})
        if wanted:
            self.genders.update(dict.fromkeys(wanted))
            self.genders.update({row["id"]: row["gender"] for row in self.eyes.graph.read(_GENDERS, ids=wanted)})

    def words(self, link: Link) -> str:
        """What the edge says, read from its start: «муж», «60 %», «подписал»."""
        return self._kin(link, link.end, link.start) if link.type in FAMILY else self._plain(link)

    def words_at(self, link: Link, me: str) -> str:
        """The same on somebody's own page: what the other is to him."""
        if link.type in FAMILY:
            return self._kin(link, me, link.end if me == link.start else link.start)
        if link.type == "SUBORDINATE_TO":
            return self.eyes.say.sexed("below", str(link.properties.get("kind") or "reports_to"), self.genders.get(link.start))
        return self._plain(link)

    def _kin(self, link: Link, ego: str, relative: str) -> str:
        """The relative is WORD of the ego."""
        say = self.eyes.say
        if link.type == "DECLARED_KIN":
            word = say.kin_word(str(link.properties.get("word") or ""))
            return word if relative == link.end else say.fill("named", word=word)
        if link.type == "GUARDIAN_OF":
            return str(say.get("guardian", "out" if relative == link.end else "in"))
        path = {"SPOUSE_OF": _SPOUSE, "SIBLING_OF": _SIBLING}.get(link.type) or (_CHILD if relative == link.end else _PARENT)
        return say.term(path, self.genders.get(ego), self.genders.get(relative))

    def _plain(self, link: Link) -> str:
        say, role = self.eyes.say, link.properties.get("role")
        kind = link.type
        if kind in ("OWNS", "STAKE"):
            share = say.fraction(link.properties.get("share", link.properties.get("share_lo")))
            return say.fill("share", share=say.percent(share)) if share else str(say.get("share_unknown"))
        if kind == "EMPLOYED_BY":
            post = str(role or "") or (say.w.code("post", str(link.properties["post"])) if link.properties.get("post") else "")
            return post or str(say.get("employee"))
        if kind == "PARTICIPATES":
            return say.sexed("power", str(role or ""), self.genders.get(link.start))
        groups = {"DIRECTS": "director", "MEMBER_OF": "member", "SUPPLIES": "supplies", "APPLIES": "applies"}
        if kind in groups:
            return say.of(groups[kind], role)
        if kind == "SUBORDINATE_TO":
            return say.sexed("below", str(link.properties.get("kind") or "reports_to"), self.genders.get(link.start))
        if kind == "ASSOCIATED_WITH":
            return say.of("associate", link.properties.get("relationship"))
        fixed = {"REPRESENTS": "represents", "REPRESENTS_IN": "represents", "FOR_AUTHORITY": "authority", "RUN_BY": "run_by",
                 "UNDER_TENDER": "under_tender", "PART_OF": "part_of", "GAVE": "gave", "ABOUT": "about"}  # fmt: skip
        if kind in fixed:
            return str(say.get(fixed[kind]))
        return say.of("schema", link.properties.get("schema"), str(say.get("related")))


def people_of(refs: Iterable[NodeRef]) -> list[str]:
    """Canonical ids of the people among them."""
    return [ref.node for ref in refs if ref.label == "Person"]
