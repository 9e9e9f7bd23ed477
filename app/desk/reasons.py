"""What a rule tested and what it ruled out, in plain words: from `explain` of this rule and of the others for the same people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.desk.chain import Told, chain_of, event_of, hop_words, power_words
from app.desk.eyes import Eyes
from app.desk.identity import identity_words
from app.desk.wording import Say
from app.web.ports import Caller
from app.web.values import CardTest, IdentityMatch
from queries.catalog import Rule
from queries.rules.explain import Explanation, explain

_NAMES = {"kin_date": "date"}
LANGUAGES = ("ru", "en")
LISTED = ("44-fz", "273-fz")
"""Whose kin a rule asks about, where a law lists them."""


def tests_of(eyes: Eyes, told: Told, pairs: Sequence[IdentityMatch]) -> tuple[CardTest, ...]:
    """All tests of the rule in their order."""
    rule = eyes.office.catalog.get(told.held.row["rule"])
    row = told.held.row
    about = row["event"] if rule.anchor == "event" else row["counterparty"]
    party = row["counterparty"] if rule.anchor == "event" else None
    said = explain(eyes.graph, rule, row["official"], about, party)
    both = [_Words(replaced(eyes, language), told, rule, pairs) for language in LANGUAGES]
    return tuple(
        CardTest(_NAMES.get(test["test"], test["test"]), test["outcome"], *(words.test(test) for words in both)) for test in said.tests
    )


def excluded_of(eyes: Eyes, told: Told, pairs: Sequence[IdentityMatch]) -> tuple[CardTest, ...]:
    """What a clerk would object, and why it does not hold; last, why other norms were not applied to the same people."""
    rule = eyes.office.catalog.get(told.held.row["rule"])
    both = [_Words(replaced(eyes, language), told, rule, pairs) for language in LANGUAGES]
    made = [
        CardTest("namesake", "passed", *(words.excluded("namesake") for words in both)),
        CardTest("ended", "passed", *(words.ended() for words in both)),
        *_others(eyes, told, rule, both),
    ]
    if told.anchor == "event":
        made.append(CardTest("took_no_part", "passed", *(words.excluded("took_no_part") for words in both)))
    if "R-23" in told.body["modifiers"] and told.anchor == "event":
        made.append(CardTest("notified", "passed", *(words.excluded("notified_no") for words in both)))
    return tuple(made) if told.body["outcome"] == "fired" else tuple(_others(eyes, told, rule, both))


def replaced(eyes: Eyes, language: str) -> Eyes:
    """The same eyes reading in a language."""
    return eyes if eyes.caller.language == language else Eyes(eyes.office, _in(eyes.caller, language))


def _in(caller: Caller, language: str) -> Caller:
    return replace(caller, language=language)


def _others(eyes: Eyes, told: Told, rule: Rule, both: Sequence[_Words]) -> list[CardTest]:
    """Rules on the same kind of event that said no to this official; those that have nothing to do with it are left out."""
    if rule.anchor != "event" or told.event is None:
        return []
    made: list[CardTest] = []
    for other in eyes.office.catalog.rules.values():
        if other.id == rule.id or other.anchor != "event" or other.status in ("draft", "retired"):
            continue
        said = explain(eyes.graph, other, told.held.row["official"], told.held.row["event"])
        if said.reason in ("not_in_scope", "not_official", "no_path") or (said.outcome == "not_fired" and not said.reason):
            continue
        if said.reason == "not_listed_kin" and other.kin not in LISTED:
            continue  # the rule has no list of kin: it is about something else
        outcome = "passed" if said.outcome == "fired" else "unknown" if said.outcome == "not_computable" else "not_applied"
        made.append(CardTest("other_rule", outcome, *(words.other(other, said) for words in both)))
    return made


class _Words:
    """One finding's tests in one language."""

    def __init__(self, eyes: Eyes, told: Told, rule: Rule, pairs: Sequence[IdentityMatch]) -> None:
        self.eyes, self.told, self.rule, self.pairs = eyes, told, rule, pairs
        self.say: Say = eyes.say
        self.values = self._values()

    def test(self, test: Mapping[str, Any]) -> str:
        """One test's line."""
        missing = self.say.w.missing(test["missing"])
        why = self.reason(test["reason"], self.rule) if test["reason"] else ""
        text = self.say.get("test", test["test"]).get(test["outcome"]) or ""
        return str(text).format(**self.values, missing=missing, why=why)

    def excluded(self, key: str) -> str:
        """A line of what was ruled out."""
        return str(self.say.get("excluded", key)).format(**self.values)

    def ended(self) -> str:
        """Nothing had ended by then."""
        hops = [hop for hop in self.told.path if hop["type"] in ("SPOUSE_OF", "OWNS", "DIRECTS")]
        kin = any(hop["type"] == "SPOUSE_OF" for hop in hops)
        tie = any(hop["type"] in ("OWNS", "DIRECTS") for hop in hops)
        if self.eyes.caller.language == "ru" and kin:
            return "брак не расторгнут" + (", доля не продана" if tie else "")
        if kin:
            return "no divorce" + (", the share is not sold" if tie else "")
        return str(self.say.get("excluded", "ended_share" if tie else "ended"))

    def other(self, other: Rule, said: Explanation) -> str:
        """Why another rule did not apply."""
        law = other.law[0]
        where = {"law": f"{law.act} {law.article}", "rule": other.id}
        if said.outcome == "fired":
            return self.say.fill("excluded.other_fired", **where)
        if said.outcome == "not_computable":
            return self.say.fill("excluded.unknown", **where)
        return self.say.fill("excluded.other_rule", **where, why=self.reason(said.reason, other))

    def reason(self, code: str, rule: Rule) -> str:
        """A reason in words, with the term and the list of the rule."""
        listed = self.say.of("list_code", rule.kin)
        text = str(self.say.get("reason").get(code) or code)
        return text.format(term=self.values["term"] or self.say.get("relative"), list=listed)

    def _values(self) -> dict[str, str]:
        say, body = self.say, self.told.body
        kin = body.get("kin")
        term = self._term()
        return {
            "what": self._what(),
            "law": self._law(),
            "power": self._power(),
            "identity": identity_words(self.eyes, self.pairs),
            "term": term,
            "kin": self._kin(term) if kin else str(say.get("no_kin")),
            "when": self._when(),
            "tie": self._tie(),
            "share": self._share(),
            "exclusion": str(say.get("not_permitted" if self.rule.kin == "self" else "not_excluded")),
        }

    def _term(self) -> str:
        kin = self.told.body.get("kin")
        if not kin:
            return ""
        people = self.told.people()
        far = next((node for node in self.told.nodes.values() if people and node.id == people[-1]), None)
        words = self.say.term(kin["path"], self.told.official.get("gender"), far.get("gender") if far else None, kin["term"])
        spelled = "" if self.eyes.caller.language == "en" else _spelled_out(self.eyes, self.told)
        return spelled or words

    def _kin(self, term: str) -> str:
        loose = set(self.told.body["modifiers"]) & {"reverse", "declared"}
        return self.say.fill("kin_loose" if loose else "kin_listed", term=term, list=self.say.of("list_code", self.rule.kin))

    def _what(self) -> str:
        schema = self.told.body["event"]["schema"]
        return self.say.of("row_event", schema) or self.say.of("schema", schema).lower()

    def _law(self) -> str:
        event = self.told.event
        code = event.get("law") if event is not None else None
        item = event.get("item") if event is not None else None
        parts = [self.say.of("law_code", code) if code else "", self.say.fill("item", item=item) if item else ""]
        said = ", ".join(part for part in parts if part)
        return f": {said}" if said else ""

    def _power(self) -> str:
        day = self.say.w.day(self.told.body["event"].get("date"))
        words = power_words(self.eyes, self.told)
        return f"{words}, {day}" if self.told.anchor == "event" and day else words

    def _when(self) -> str:
        event = event_of(self.told)
        if event is None:
            return ""
        if event.first == event.last:
            return self.say.fill("when_day", day=self.say.w.day(event.first))
        return self.say.fill("when_window", first=self.say.w.day(event.first), last=self.say.w.day(event.last))

    def _tie(self) -> str:
        ties = [
            hop
            for hop in self.told.path
            if hop["type"] not in ("SPOUSE_OF", "PARENT_OF", "SIBLING_OF", "DECLARED_KIN", "SUPPLIES", "APPLIES")
        ]
        return self.say.both(hop_words(self.eyes, self.told, hop)[0] for hop in (*ties, *self.told.also)) or str(self.say.get("represents"))

    def _share(self) -> str:
        share = self.told.body.get("share")
        least = self.rule.parameters.get("share_min")
        if share is None:
            return str(self.say.get("share_none"))
        if least is None:
            return str(self.say.get("share_any"))
        key = "share_over" if self.rule.parameters.get("share_strict") else "share_at_least"
        return self.say.fill(key, share=self.say.percent(share), least=self.say.percent(float(least)))


def _spelled_out(eyes: Eyes, told: Told) -> str:
    """«брат жены» from the note under the relative, where it is spelled out there."""
    notes = [node.note for node in chain_of(eyes, told).nodes if ": " in node.note]
    return notes[0].split(": ", 1)[1] if notes else ""
