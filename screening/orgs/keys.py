"""Candidate keys of an organization's name: strings that two names share when they may be one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from screening.orgs.letters import loose, sound, sound_by_letters
from screening.orgs.names import TRADERS, OrgName
from screening.orgs.parts import Core, Role, Word, kinds_alike, read_core
from screening.orgs.traders import trader_of

_INITIALS = range(3, 8)
_SLIP_FROM = 6
"""Letters of a word in which a typing error is looked for."""
_SHORT = 7
"""Letters up to which a word has deletions for keys; at this length also halves, to meet those that are longer."""
_SLIPPED = 3
"""Naming words of one name in which it is."""
_COMPOUND_FROM = 7
_BEGINNING = 3
_TELLING = frozenset([Role.NAME, Role.SUFFIX])
_OF_A_BODY = frozenset([Role.KIND, Role.NUMBERED, Role.PLACE, Role.NUMBER, Role.SUFFIX])


@lru_cache(maxsize=1 << 12)
def org_keys_of(name: OrgName) -> tuple[str, ...]:
    """The keys of a name, each with its kind before the colon; names that may be one share at least one.

    `org`: the core written together, so words together or apart. `name`: naming words and numbers, sorted, as they sound in
    either alphabet (another order, generic words, places, another alphabet or keyboard don't matter); the last of them alone,
    which is the brand behind a description; of an institution, its kind and number. `init`: initials of the words, and short
    words that may be such («ЦВТ»). `comp`: the beginnings of two words that follow each other, and of a long word's parts
    («Казгорстрой»). `slip`: each half of a long naming word, or a short one without a letter, with the other naming words and numbers.
    `body`: kind, place and number, where no word names («Исполнительный комитет г. Казани»). `trader`: a sole trader's surname
    and initial.
    """
    core = read_core(name.core, name.brand)
    if not core.words:
        return ()
    trader = trader_of(name) if name.form in TRADERS else None
    person = (f"trader:{trader.last}|{trader.first[0]}",) if trader else ()
    return tuple(dict.fromkeys((*person, *_keys(core))))


def _keys(core: Core) -> Iterator[str]:
    yield f"org:{core.joined}"
    named = [word for word in core.words if word.role in _TELLING]
    numbers = sorted(core.numbers)
    kinds = sorted({word.group for word in core.words if word.role is Role.NUMBERED})
    if kinds and numbers:
        for kind in kinds_alike(kinds[0]):
            yield f"name:{kind} {' '.join(numbers)}"
    if not any(word.role is Role.NAME for word in named):
        yield f"body:{' '.join(sorted(word.key for word in core.words if word.role in _OF_A_BODY))}"
    if named:
        heard = [word.sound for word in named]
        yield f"name:{' '.join(sorted(heard))} {' '.join(numbers)}".rstrip()
        yield f"name:{sound(''.join(word.text for word in named))} {' '.join(numbers)}".rstrip()
        if all(word.typed for word in named):
            yield f"name:{' '.join(sorted(sound(word.typed) for word in named))} {' '.join(numbers)}".rstrip()
            yield f"name:{' '.join(sorted(sound_by_letters(word.text) for word in named))} {' '.join(numbers)}".rstrip()
        loosely = [sound(loose(word.text)) for word in named]
        if loosely != heard:
            yield f"name:{' '.join(sorted(loosely))} {' '.join(numbers)}".rstrip()
        if len(named) > 1:
            yield f"name:{named[-1].sound} {' '.join(numbers)}".rstrip()
    yield from _abbreviations(core, named)
    yield from _slips(named, numbers, alone=len(core.words) == 1)


def _slips(named: list[Word], numbers: list[str], *, alone: bool) -> Iterator[str]:
    """Of a long word both halves, of such lengths that words a letter longer or shorter share one.

    Of a short one, whose half is too little, every form that lacks a letter. `alone`: the name is nothing but this word.
    """
    shortest = _SLIP_FROM if alone else _SLIP_FROM - 1
    long = sorted((word for word in named if len(word.text) >= shortest), key=lambda word: (-len(word.text), word.text))
    for word in long[:_SLIPPED]:
        text = word.text
        rest = " ".join(sorted(other.sound for other in named if other is not word) + numbers)
        if len(text) <= _SHORT:
            for place in range(len(text)):
                yield f"slip:{text[:place]}{text[place + 1 :]} {rest}".rstrip()
        if len(text) < _SHORT:
            yield f"slip:{text} {rest}".rstrip()
            continue
        for half in {len(text) // 2, (len(text) - 1) // 2}:
            yield f"slip:{text[:half]}… {rest}".rstrip()
            yield f"slip:…{text[-half:]} {rest}".rstrip()


def _abbreviations(core: Core, named: list[Word]) -> Iterator[str]:
    """Initials and beginnings of the words, with and without places; a short name may itself be such."""
    telling = [word for word in core.words if word.role > Role.WIDE and word.role not in {Role.NUMBER, Role.HONOUR}]
    unplaced = [word for word in telling if word.role is not Role.PLACE]
    for words in (telling, [word for word in telling if not word.marked], unplaced, named):
        if len(words) in _INITIALS:
            yield f"init:{''.join(word.text[0] for word in words)}"
        if len(words) > 1:
            yield f"comp:{words[0].text[:_BEGINNING]}{words[1].text[:_BEGINNING]}"
    if len(unplaced) == 2 == len(named):
        yield f"init:{unplaced[0].text[0]}{unplaced[1].text[0]}"
    if len(named) > 2:
        return
    for word in named:
        text = word.letters
        if len(text) in _INITIALS or (len(text) == 2 and len(unplaced) == 1):
            yield f"init:{text}"
        if len(text) >= _COMPOUND_FROM:
            for cut in (3, 4, 5):
                yield f"comp:{text[:_BEGINNING]}{text[cut : cut + _BEGINNING]}"
