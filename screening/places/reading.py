"""A Russian postal address taken to parts, whatever their order and however they are shortened."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from screening.places.words import (
    CITY_HEADS,
    COUNTRY,
    KINDS,
    NAMED,
    NUMBERED,
    RENAMED,
    city_of,
    folded,
    in_cyrillic,
    is_region,
    region_of,
    root,
    street_name,
)
from screening.spelling import repair_words

_LONGEST = 500
"""Characters of an address that are read."""
_POSTCODE = re.compile(r"(?<![\w/-])[1-9][0-9]{5}(?![\w/])")
_TOKEN = re.compile(
    r"(?P<ordinal>[0-9]+-?(?:ая|ый|ий|ой|го|я|й|е|летия|лет)(?![^\W\d_]))|(?P<number>[0-9]+(?:/[0-9]+)*)|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)|(?P<end>[,;()\n])"
)
_AMBIGUOUS = {"д": "settlement", "с": "settlement", "п": "settlement", "ст": "settlement", "х": "settlement"}
"""Short words that are a village before a word, and a house or a building before a number."""
_LONGEST_CITY = 3
_FRACTION_LETTER = re.compile(r"/(?=[^\W\d_])")
"""`44/а` is `44а`."""
_NAMED_BY_NUMBER = ("street:мкр", "street:кв-л", "street:тер", "settlement")
_NUMBERED_STREETS = ("street:мкр", "street:кв-л", "street:линия")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in parts, folded; empty where it doesn't say. `city` is a city or a village; `street` its words in order.

    `part`: a settlement inside the city (Казань, пос. Дербышки). `house` is the number with its letter and, after a slash,
    its fraction or корпус (`44/2`); `structure` the строение.
    """

    region: str = ""
    district: str = ""
    city: str = ""
    street: tuple[str, ...] = ()
    street_kind: str = ""
    house: str = ""
    structure: str = ""
    flat: str = ""
    postcode: str = ""
    part: str = ""


class _Token(NamedTuple):
    kind: str
    text: str
    glued: bool


@lru_cache(maxsize=1 << 15)
def read_address(text: str) -> Address:
    """The parts of `420111, РТ, г. Казань, ул. Баумана, д. 44/2, кв. 12`, in any order; of anything else, what looks like parts."""
    cut = unicodedata.normalize("NFC", text[:_LONGEST]).replace("№", " ")
    found = _POSTCODE.search(cut)
    reader = _Reader(_tokens(folded(repair_words(_POSTCODE.sub(",", cut)))))
    return reader.address(found[0] if found else "")


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()] if end >= 0 else " "
        kind = match.lastgroup or "word"
        word = match[0]
        if kind == "word" and word not in KINDS:
            if "-" in word and all(part in KINDS or len(part) == 1 for part in word.split("-")):
                word = word.replace("-", "")
            word = in_cyrillic(word)
        tokens.append(_Token(kind, word, between in ("", "-", "/", " -", "- ")))
        end = match.end()
    tokens.append(_Token("end", "", glued=False))
    return _with_cities(tokens)


def _with_cities(tokens: list[_Token]) -> list[_Token]:
    """Cities of several words as one token, lest «Наб. Челны» be taken for an embankment."""
    place = 0
    while place < len(tokens):
        if tokens[place].text in CITY_HEADS:
            run = [token.text if token.kind == "word" else "" for token in tokens[place : place + _LONGEST_CITY]]
            length = max((n for n in range(2, len(run) + 1) if city_of(tuple(run[:n]))[1] == n), default=0)
            if length:
                tokens[place : place + length] = [_Token("city", " ".join(run[:length]), glued=False)]
        place += 1
    return tokens


@dataclass(slots=True)
class _Reader:
    """Goes over the tokens once; `open`: the part whose name is awaited; `words`: read since, not yet given to a part."""

    tokens: list[_Token]
    parts: dict[str, str] = field(default_factory=dict)
    street: tuple[str, ...] = ()
    street_kind: str = ""
    open: str = ""
    words: list[str] = field(default_factory=list)
    loose: list[tuple[str, ...]] = field(default_factory=list)

    def address(self, postcode: str) -> Address:
        """Read all and put the words that no part claimed where they belong."""
        for place, token in enumerate(self.tokens):
            following = self.tokens[place + 1] if place + 1 < len(self.tokens) else self.tokens[-1]
            if token.kind == "end":
                self._close()
            elif token.kind == "ordinal":
                self.words.append(token.text)
            elif token.kind == "city":
                self._city(token.text)
            elif token.kind == "number":
                self._number(token, following)
            else:
                self._word(token, following)
        self._place_loose()
        return self._finished(postcode)

    def _city(self, name: str) -> None:
        if self.open not in {"city", "settlement", ""}:
            self.words.append(name)
            return
        self._close()
        self.parts.setdefault("city", city_of(tuple(name.split()))[0])

    def _word(self, token: _Token, following: _Token) -> None:
        kind = self._kind(token.text, following)
        awaits_street = self.open.startswith("street") and not self.words
        initial = len(token.text) == 1 and following.kind == "word"  # ул. К. Маркса
        if awaits_street and (initial or (kind.startswith("street") and following.kind != "word")):  # ул. Набережная, 5
            self.words.append(token.text)
            return
        if kind.startswith("street") or kind in NAMED:
            if self.words and (not self._announces(following) or (kind == "city" and city_of(tuple(self.words))[1] == len(self.words))):
                self._give(kind)
                self.open = ""
            else:
                self._close()
                self.open = kind
        elif kind in NUMBERED:
            self._close()
            self.open = kind
        elif len(token.text) == 1 and self._is_letter(token, following):
            self._letter(token.text)
        else:
            self.words.append(token.text)

    def _announces(self, following: _Token) -> bool:
        """The kind stands before its name (`ул. Баумана`), not behind it (`Баумана ул.`)."""
        if following.kind == "word":
            return following.text not in KINDS
        return following.kind in {"ordinal", "number"} and not self.words

    def _kind(self, word: str, following: _Token) -> str:
        before_word = (
            following.kind in {"word", "ordinal"}
            and (len(following.text) > 1 or following.kind == "ordinal")
            and following.text not in KINDS
        )
        if word in _AMBIGUOUS:
            if before_word and not (word == "д" and self.parts.get("house")):
                return _AMBIGUOUS[word]
            if word == "с" and following.kind == "number" and self.parts.get("house"):
                return "structure"
            if word == "д":
                return "house"
        if word in {"к", "s", "g", "d"} and following.kind != "number" and not before_word and not self.words:
            return ""
        if word == "к" and "flat" in self.parts:
            return "skipped"
        return KINDS.get(word, "")

    def _is_letter(self, token: _Token, following: _Token) -> bool:
        """A letter that belongs to the number before it (`12 а`, `12-а`), or stands in a house's place (`лит. А`)."""
        if self.open in {"letter", "house", "block", "structure"} and not self.words:
            return True
        ends = following.kind == "end" or following.text in KINDS
        return not self.words and not self.open and "house" in self.parts and "flat" not in self.parts and (token.glued or ends)

    def _letter(self, letter: str) -> None:
        if self.open == "block":
            self.parts["house"] = f"{self.parts.get('house', '')}/{letter}"
        elif self.open == "structure":
            self.parts.setdefault("structure", letter)
        else:
            self.parts["house"] = f"{self.parts.get('house', '')}{letter}"
        self.open = ""

    def _number(self, token: _Token, following: _Token) -> None:
        number = "/".join(part.lstrip("0") or "0" for part in token.text.split("/"))
        if token.glued and self.words and self.open in _NAMED_BY_NUMBER:
            self.words.append(number)  # мкр. Азино-2
            return
        names = following.kind == "word" and len(following.text) > 1 and following.text not in KINDS
        if self.open in NUMBERED and not self.words:
            self._set(self.open, number)
            self.open = ""
        elif self.open in _NUMBERED_STREETS and not self.words:
            self.words.append(number)
            self._close()
        elif not self.words and not self.street and "house" not in self.parts and (names or KINDS.get(following.text) in _NUMBERED_STREETS):
            self.words.append(number)
        elif self.words or self.street or self.loose or self.parts.keys() & {"city", "settlement", "house"}:
            self._close()
            self._set("flat" if "house" in self.parts else "house", number)

    def _set(self, kind: str, number: str) -> None:
        if kind == "block":
            self.parts["house"] = f"{self.parts.get('house', '')}/{number}"
        elif kind == "house" and "house" in self.parts and not self.street and not self.loose:
            self.loose.append((self.parts["house"],))
            self.parts["house"] = number
        elif kind != "skipped":
            self.parts.setdefault(kind, number)

    def _close(self) -> None:
        """The words read so far go to the part that awaits a name, else wait themselves."""
        if self.words:
            if self.open and self.open not in NUMBERED:
                self._give(self.open)
            else:
                self.loose.append(tuple(self.words))
                self.words = []
        self.open = ""

    def _give(self, kind: str) -> None:
        words, self.words = tuple(self.words), []
        if kind.startswith("street"):
            if not self.street or self.street_kind in {"мкр", "тер", "кв-л"}:
                self.street, self.street_kind = words, kind.partition(":")[2]
        elif kind == "municipality":
            return
        elif kind == "region":
            self.parts.setdefault(kind, region_of(words))
            if len(words) > 1 and is_region(words[0]):
                self.loose.append(words[1:])
        elif kind == "district":
            self.parts.setdefault(kind, root(words[-1]))
        else:
            kept, length = city_of(words)
            self.parts.setdefault(kind, kept if length == len(words) else " ".join(words))

    def _place_loose(self) -> None:
        waiting: list[tuple[str, ...]] = []
        for words in self.loose:
            left = tuple(word for word in words if word not in COUNTRY)
            while left and is_region(left[0]):
                self.parts.setdefault("region", region_of(left[:1]))
                left = left[1:]
            kept, length = city_of(left) if not self.parts.keys() & {"city"} else ("", 0)
            if kept:
                self.parts["city"] = kept
                left = left[length:]
            if left:
                waiting.append(left)
        if waiting and not self.street and ("house" in self.parts or self.parts.keys() & {"city", "settlement"}):
            self.street = waiting.pop()
        if waiting and not self.parts.keys() & {"city", "settlement"}:
            self.parts["settlement"] = " ".join(waiting[-1])

    def _finished(self, postcode: str) -> Address:
        parts = self.parts
        city = parts.get("city") or parts.get("settlement", "")
        region = parts.get("region", "")
        if not city and region in {"москва", "санкт-петербург"}:
            city = region
        street = self.street if self.street_kind == "тер" else street_name(self.street)
        return Address(
            region=region,
            district=parts.get("district", ""),
            city=city,
            street=RENAMED.get((city, root(" ".join(street))), street),
            street_kind=self.street_kind,
            house=_FRACTION_LETTER.sub("", parts.get("house", "").strip("/")),
            structure=parts.get("structure", ""),
            flat=parts.get("flat", ""),
            postcode=postcode,
            part=parts.get("settlement", "") if "city" in parts else "",
        )
