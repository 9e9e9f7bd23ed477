"""The one sentence that a clerk reads first; its words are data (sentences.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from queries.catalog import Rule
from queries.rules.evaluate import Candidate, Evaluation, Hop
from queries.rules.things import Things


@cache
def _words() -> Mapping[str, Any]:
    text = resources.files("queries.rules").joinpath("sentences.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def sentence(rule: Rule, best: Evaluation, others: Sequence[Evaluation], things: Things, body: Mapping[str, Any]) -> str:
    """«Возможный конфликт интересов: …»; never says more than that."""
    words = _words()
    candidate = best.candidate
    official = short_name(things.node(candidate.official))
    party = _party(candidate, things)
    if best.outcome != "fired":
        missing = ", ".join(words["missing_ru"].get(name, name) for name in best.missing)
        return str(words["not_computable_ru"]).format(official=official, party=party, missing=missing)
    ties = _ties(best, others)
    fields = {
        "official": official,
        "official_gen": official,
        "party": party,
        "party_bare": party.strip("«»"),
        "ties": ties,
        "power": _power(candidate, things),
        "event": _event(body),
        "term": (candidate.kin or {}).get("term") or "родственник",
        "whose": _whose(candidate, things),
        "direct": "непосредственном" if len(candidate.tie) == 1 else "косвенном",
    }
    return str(words["sentence_ru"][_template(rule, candidate)]).format(**fields)


def short_name(node: Mapping[str, Any]) -> str:
    """«Хайруллин А. Р.» from a person's parts, else the name as it is."""
    last, first, patronymic = node.get("last"), node.get("first"), node.get("patronymic")
    if not last or not first:
        return str(node.get("name") or "")
    initials = " ".join(f"{part[0].upper()}." for part in (first, patronymic) if part)
    return f"{str(last).title()} {initials}"


def _template(rule: Rule, candidate: Candidate) -> str:
    if rule.id in _words()["sentence_ru"]:
        return rule.id
    own = candidate.kin is None or candidate.kin["type"] == "SELF"
    person = candidate.counterparty == candidate.relative
    return ("person" if person else "event") + ("_self" if own else "")


def _party(candidate: Candidate, things: Things) -> str:
    node = things.node(candidate.counterparty)
    return short_name(node) if candidate.counterparty in things.people else str(node.get("name") or candidate.counterparty)


def _sex(node: Mapping[str, Any]) -> str:
    return {"male": "m", "female": "f"}.get(str(node.get("gender")), "u")


def _whose(candidate: Candidate, things: Things) -> str:
    words = _words()
    kin = candidate.kin
    if kin is None or kin["type"] == "SELF":
        return str(words["self_ru"])
    ego = _sex(things.node(candidate.official))
    forms = words["kin_ru"].get(kin.get("path"))
    if forms is None:
        return str(words["kin_other_ru"]).format(term=kin.get("term") or "")
    phrase = str(forms[_sex(things.node(candidate.relative))])
    return phrase.format(his=words["his_ru"][ego], spouse=words["spouse_ru"][ego])


def _power(candidate: Candidate, things: Things) -> str:
    words = _words()
    sex = _sex(things.node(candidate.official))
    hop = candidate.role[0] if candidate.role else {}
    if hop.get("type") == "PARTICIPATES":
        forms = words["role_ru"].get(hop.get("role"))
        return str(forms["f" if sex == "f" else "m"]) if forms else str(hop.get("role") or "участвует")
    if hop.get("type") == "MEMBER_OF":
        return str(words["post_ru"]["member"])
    return str(words["post_ru"].get(hop.get("post")) or hop.get("role") or "служащий")


def _ties(best: Evaluation, others: Sequence[Evaluation]) -> str:
    """«60 % и пост директора»: all ties of the same relative that hold."""
    words = _words()["tie_ru"]
    same = [one for one in (best, *others) if one.outcome == "fired" and one.candidate.relative == best.candidate.relative]
    found: list[str] = []
    share = max((one.share for one in same if one.share is not None), default=None)
    if share is not None:
        found.append(str(words["share"]).format(share=_percent(share)))
    for one in same:
        text = _tie(one.candidate.tie[0], words)
        if text and text not in found and not (share is not None and text == words["unknown_share"]):
            found.append(text)
    return " и ".join(found)


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
    }.get(kind)


def _percent(share: float) -> str:
    return f"{round(share * 100, 4):g}".replace(".", ",")


def _event(body: Mapping[str, Any]) -> str:
    words = _words()["event_ru"]
    event = body["event"]
    kind = words.get(event["schema"], event["schema"])
    day = f" от {'.'.join(reversed(event['date'].split('-')))}" if event.get("date") else ""
    return f"{kind}{day}"
