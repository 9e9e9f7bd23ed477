"""The one sentence that a clerk reads first, in two languages; its words are data (sentences.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from domain.kin import paths, term
from domain.yaml_text import load_yaml
from queries.catalog import Rule
from queries.rules.evaluate import Candidate, Evaluation, Hop
from queries.rules.things import Things

Words = Mapping[str, Any]


@cache
def _words() -> Words:
    text = resources.files("queries.rules").joinpath("sentences.yaml").read_text(encoding="utf-8")
    loaded: Words = load_yaml(text)
    return loaded


def sentences(
    rule: Rule, best: Evaluation, others: Sequence[Evaluation], things: Things, body: Mapping[str, Any], powers: Sequence[Hop]
) -> tuple[str, str]:
    """«Возможный конфликт интересов: …» in Russian and in English; never says more than that. `powers`: in reading order."""
    russian, english = (_Sentence(_words()[one], one, rule, best, others, things, body, powers).text() for one in ("ru", "en"))
    return russian, english


def short_name(node: Mapping[str, Any]) -> str:
    """«Хайруллин А. Р.» from a person's parts, else the name as it is."""
    last, first, patronymic = node.get("last"), node.get("first"), node.get("patronymic")
    if not last or not first:
        return str(node.get("name") or "")
    initials = " ".join(f"{part[0].upper()}." for part in (first, patronymic) if part)
    return f"{str(last).title()} {initials}"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One finding in the words of one language."""

    words: Words
    language: str
    rule: Rule
    best: Evaluation
    others: Sequence[Evaluation]
    things: Things
    body: Mapping[str, Any]
    powers: Sequence[Hop]

    def text(self) -> str:
        official, party = short_name(self.things.node(self.candidate.official)), self.party()
        if self.best.outcome != "fired":
            missing = ", ".join(self.words["missing"].get(name, name) for name in self.best.missing)
            return str(self.words["not_computable"]).format(official=official, party=party, missing=missing)
        does, bare, more = self.does(party)
        ties = self.ties()
        said = self.words["sentence"][self.template(ties)].format(
            official=official,
            party=party,
            ties=self.words["and"].join(ties),
            ties_acc=self.words["and"].join(self.words["tie_acc"].get(tie, tie) for tie in ties),
            does=does,
            does_bare=bare,
            more=more,
            gen=self.kin("gen"),
            nom=self.kin("nom"),
            self_gen=self.words["self_gen"][self.ego],
            self_nom=self.words["self_nom"][self.ego],
            direct=self.words["direct"]["one" if len(self.candidate.tie) == 1 else "more"],
            relative=short_name(self.things.node(self.candidate.relative)),
            place=self.place(),
            other=self.other(),
        )
        return f"{self.words['prefix']}{said}"

    @property
    def candidate(self) -> Candidate:
        return self.best.candidate

    @property
    def ego(self) -> str:
        return _sex(self.things.node(self.candidate.official))

    def template(self, ties: Sequence[str]) -> str:
        """Which of the sentences fits: the rule's own, or one by who the party is."""
        by_tie = f"{self.rule.id}_{self.candidate.tie[0]['type']}" if self.candidate.tie else ""
        if by_tie in self.words["sentence"]:
            return by_tie
        if self.rule.id == "R-10" and self.candidate.tie[0].get("sole_trader"):
            return "R-10_trader"
        if self.rule.id in self.words["sentence"]:
            return self.rule.id
        own = self.candidate.kin is None or self.candidate.kin["type"] == "SELF"
        if self.candidate.counterparty == self.candidate.relative:
            return "person_self" if own else "person"
        if own:
            return "event_self"
        return "event_employee" if list(ties) == [self.words["tie"]["employee"]] else "event"

    def party(self) -> str:
        node = self.things.node(self.candidate.counterparty)
        is_person = self.candidate.counterparty in self.things.people
        return short_name(node) if is_person else str(node.get("name") or self.candidate.counterparty)

    def place(self) -> str:
        """The organization where the official holds the post that counts."""
        ids = (str(hop["to"]) for hop in self.candidate.role if hop["type"] in ("EMPLOYED_BY", "MEMBER_OF"))
        return next((self.name(one) for one in ids), "")

    def other(self) -> str:
        """Who stands between the relative and the party, or the end of a tie that is no share or post."""
        known = {self.candidate.official, self.candidate.relative, self.candidate.counterparty}
        ends = [str(hop[end]) for hop in self.candidate.tie for end in ("from", "to") if hop["type"] != "SELF"]
        return next((self.name(one) for one in ends if one not in known and self.things.node(one)), self.party())

    def name(self, one: str) -> str:
        node = self.things.node(one)
        return short_name(node) if one in self.things.people else str(node.get("name") or one)

    def kin(self, case: str) -> str:
        kin = self.candidate.kin
        if kin is None or kin["type"] == "SELF":
            return str(self.words["self_nom"][self.ego])
        node = self.things.node(self.candidate.relative)
        forms = self.words[f"kin_{case}"].get(kin.get("path"))
        if forms is None:
            return str(self.words[f"kin_{case}_other"]).format(term=self.term(kin, node))
        return str(forms[_sex(node)]).format(his=self.words["his"][self.ego], spouse=self.words["spouse_gen"][self.ego])

    def term(self, kin: Hop, relative: Mapping[str, Any]) -> str:
        if self.language == "ru" or kin.get("path") not in paths():
            return str(kin.get("term") or "")
        return term(str(kin["path"]), self.things.node(self.candidate.official).get("gender"), relative.get("gender"), self.language)

    def does(self, party: str) -> tuple[str, str, str]:
        """What the official does, with the party, without it, and what else he does that needs another construction."""
        event = self.words["event"].get(self.body["event"]["schema"], self.words["event"]["Contract"])
        acc, dat = self.verbs()
        if not acc and not dat:
            post = self.post()
            return _join(f"— {post}", event["loc"], party), _join(f"— {post}", event["loc_bare"], ""), ""
        case = "acc" if acc else "dat"
        done = self.words["and"].join(acc or dat)
        more = ""
        if acc and dat:
            more = self.words["more"].format(he=self.words["he"][self.ego], what=self.words["and"].join(dat))
        return _join(done, event[case], party), _join(done, event[f"{case}_bare"], ""), more

    def verbs(self) -> tuple[list[str], list[str]]:
        acc: list[str] = []
        dat: list[str] = []
        for hop in self.powers:
            if hop["type"] != "PARTICIPATES":
                continue
            role = str(hop.get("role") or "")
            if role in self.words["acc"]:
                acc.append(self.words["acc"][role][self.ego])
            elif role in self.words["dat"]:
                dat.append(self.words["dat"][role][self.ego])
            else:
                dat.append(self.words["other_power"].format(role=role))
        return list(dict.fromkeys(acc)), list(dict.fromkeys(dat))

    def post(self) -> str:
        hop = self.powers[0] if self.powers else {}
        posts = self.words["post"]
        if hop.get("type") == "MEMBER_OF":
            return str(posts.get(hop.get("role")) or posts["member"])
        return str(posts.get(hop.get("post")) or hop.get("role") or self.words["servant"])

    def ties(self) -> list[str]:
        """«60 %», «пост директора»: all ties of the same relative that hold."""
        words = self.words["tie"]
        mine = [self.best, *self.others]
        same = [one for one in mine if one.outcome == "fired" and one.candidate.relative == self.candidate.relative]
        found: list[str] = []
        share = max((one.share for one in same if one.share is not None), default=None)
        if share is not None:
            found.append(str(words["share"]).format(share=_percent(share, comma=self.words["percent_comma"])))
        for one in same:
            text = _tie(one.candidate.tie[0], words) if one.candidate.tie else None
            if text and text not in found and not (share is not None and text == words["unknown_share"]):
                found.append(text)
        return found


def _join(done: str, event: str, party: str) -> str:
    return f"{done} {event.format(party=party)}"


def _sex(node: Mapping[str, Any]) -> str:
    return {"male": "m", "female": "f"}.get(str(node.get("gender")), "u")


def _tie(hop: Hop, words: Mapping[str, str]) -> str | None:
    kind = hop["type"]
    if kind in ("STAKE", "OWNS"):
        return words["unknown_share"]
    if kind == "DIRECTS":
        return words.get(str(hop.get("role")), str(hop.get("role") or words["sole_executive"]))
    return {
        "EMPLOYED_BY": words["employee"],
        "REPRESENTS_IN": words["representative"],
        "REPRESENTS": words["representative"],
        "SELF": words["applicant"],
        "OWES": words["debt"],
        "LETS_TO": words["lease"],
        "ASSOCIATED_WITH": words["property"],
        "CO_OWNS": words["property"],
        "USES": words["requisite"],
    }.get(kind)


def _percent(share: float, *, comma: bool) -> str:
    text = f"{round(share * 100, 4):g}"
    return text.replace(".", ",") if comma else text
