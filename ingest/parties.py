"""Customers and suppliers as procurement files name them: by ИНН where there is one, else by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.identifiers import inn_valid
from domain.records import Place, Record, make

_PUBLIC = re.compile(
    r"\b(администраци|исполнительн\w+ комитет|департамент|министерств|комитет|управлени|мэри[яи]|инспекци|служб[аы]|дум[аы]|казначейств"
    r"|учреждени|унитарн|больниц|поликлиник|школ[аы]|гимнази|лице[йя]|детск\w+ сад|университет|институт"
    r"|[мгф]?(?:б|а|к)[дос]?[оу]у\b|муп\b|гуп\b|фгуп\b|мку\b|гку\b|фку\b|гбу\b|мбу\b|мау\b|гау\b|фгбу\b|фгау\b)",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"\b(обществ\w+|акционерн\w+|товариществ\w+|кооператив\w*|корпораци\w+|ооо|оао|зао|пао|ао|нао|тсж)\b", re.IGNORECASE)
_TRADER = re.compile(r"^(?:ип|индивидуальный предприниматель|глава к\(?ф\)?х|глава крестьянского)\b[\s.:«\"]*", re.IGNORECASE)
_FIRM_WORDS = re.compile(r"[\"«»]|\b(?:ооо|ао|обществ|учрежден|предприят)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Party:
    """What a file says of one party; `person`: it says that this is a natural person."""

    name: str | None
    inn: str | None
    kpp: str | None = None
    ogrn: str | None = None
    short_name: str | None = None
    legal_form: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    person: bool = False

    @property
    def id(self) -> str | None:
        """The ИНН; without one, `name-` and a digest of the folded name, so that one spelling is one record."""
        if self.inn:
            return self.inn
        if not self.name:
            return None
        folded = re.sub(r"\W+", " ", self.name.casefold().replace("ё", "е")).strip()
        return f"name-{hashlib.sha256(folded.encode()).hexdigest()[:16]}"


def party_records(party: Party, place: Place) -> Iterator[Record]:
    """The first is the party itself: a Person, Company or PublicBody; a sole trader comes with the person who owns the trade."""
    key, name = party.id, party.name or party.short_name
    if key is None or name is None:
        return
    trade = _TRADER.sub("", name).strip(' "«»')
    if _TRADER.match(name) or (party.person and party.ogrn and len(party.ogrn) == 15):
        yield _firm("Company", key, f"ИП {trade}", party, place, "ИП")
        yield make("Person", f"{key}-person", place, name=trade, innCode=party.inn)
        yield make("Ownership", f"{key}-owner", place, owner=f"{key}-person", asset=key, percentage="100")
    elif _is_person(party, name):
        contacts = {"phone": party.phone, "email": party.email, "address": party.address}
        yield make("Person", key, place, name=name, innCode=party.inn, **contacts)
    else:
        yield _firm(schema_of(name), key, name, party, place, party.legal_form)


def schema_of(name: str) -> str:
    """PublicBody or Company, by the words of the name."""
    if _PRIVATE.search(name):
        return "Company"
    return "PublicBody" if _PUBLIC.search(name) else "Company"


def _is_person(party: Party, name: str) -> bool:
    if party.person:
        return True
    return bool(party.inn and len(party.inn) == 12 and inn_valid(party.inn) and not _FIRM_WORDS.search(name))


def _firm(schema: str, key: str, name: str, party: Party, place: Place, legal_form: str | None) -> Record:
    return make(
        schema,
        key,
        place,
        name=name,
        alias=party.short_name if party.short_name != name else None,
        innCode=party.inn,
        kppCode=party.kpp,
        ogrnCode=party.ogrn,
        legalForm=legal_form,
        address=party.address,
        phone=party.phone,
        email=party.email,
    )
