"""Which phones, mailboxes, addresses and accounts a record names, in a form in which equal ones are equal strings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from screening.addresses import fold_address
from screening.contacts import fold_emails, fold_phones

MASS = 5
"""From so many organizations on a requisite says nothing of who is tied to whom (domain.md 2.1, R-17)."""
_CROWDED = re.compile(
    r"\b(бц|бизнес[- ]?центр|мфц|многофункциональн\w+ центр|общежити\w*|торгов\w+ центр|тц|трц|технопарк|коворкинг|business cent(er|re))\b",
    re.IGNORECASE,
)


def requisites_of(values: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """(kind, folded value) of a record's properties; fillers and places where everybody sits are left out."""
    found: set[tuple[str, str]] = set()
    for text in values.get("phone", ()):
        found |= {("phone", one) for one in fold_phones(text)}
    for text in values.get("email", ()):
        found |= {("email", one) for one in fold_emails(text)}
    for text in values.get("address", ()):
        folded = fold_address(text)
        # A town or a street alone is no address.
        if any(sign.isdigit() for sign in folded) and not _CROWDED.search(text):
            found.add(("address", folded))
    found |= {("account", one) for one in _accounts(values)}
    return found


def _accounts(values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for text in values.get("bankAccount", ()):
        digits = re.sub(r"\D", "", text)
        if len(digits) >= 20:
            yield digits
