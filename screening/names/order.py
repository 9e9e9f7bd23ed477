"""Which word of a name is the surname, the given name and the patronymic."""

from __future__ import annotations

from screening.names.latin import is_latin
from screening.names.letters import is_initial
from screening.names.lexicon import is_given, is_like_surname, is_patronymic, is_surname, patronymic_sex, sexes_of_given
from screening.names.morphology import is_dictionary_name, is_dictionary_surname
from screening.names.parts import PersonName, Sex


def with_initials(words: list[str]) -> PersonName:
    """Initials are given name and patronymic in this order; one whole word beside them may be the given name."""
    whole = [word for word in words if not is_initial(word)]
    short = [f"{word.rstrip('.')}." for word in words if is_initial(word)]
    if not whole:
        return PersonName("", *short[:2])
    father = next((place for place, word in enumerate(words) if place and is_patronymic(word)), None)
    if father is not None and len(whole) >= 2 and is_initial(words[father - 1]):  # Гарипов А. Ринатович
        rest = [word for word in whole if word != words[father]]
        return PersonName(" ".join(rest), short[0], words[father])
    if len(short) == 1 and len(whole) >= 2:
        return _one_initial(words, whole, short[0])
    if len(words) == 2 and is_initial(words[0]) and is_given(whole[0]) and not is_like_surname(whole[0]):  # Ю Светлана, Г. Айдар
        return PersonName(short[0], whole[0])
    return PersonName(" ".join(whole), *short[:2])


def _one_initial(words: list[str], whole: list[str], short: str) -> PersonName:
    place = next(index for index, word in enumerate(words) if is_initial(word))
    if is_patronymic(whole[-1]) and len(whole) == 2 and is_given(whole[0]) and not is_surname(whole[0]):  # Айдар Ринатович Г.
        return PersonName(short, whole[0], whole[1])
    if place == 1 and not (is_surname(whole[0]) and not is_given(whole[0])):  # Айдар Р. Гарипов
        return PersonName(" ".join(whole[1:]), whole[0], short)
    if is_given(whole[0]) and not is_given(whole[-1]) and place == 2:  # Айдар Гарипов Р.
        return PersonName(" ".join(whole[1:]), whole[0], short)
    if any(is_given(word) for word in whole) or place:
        return PersonName(" ".join(whole[:-1]), whole[-1], short)
    return PersonName(" ".join(whole), short)


def in_full(words: list[str]) -> PersonName:
    """A name without initials."""
    if not words:
        return PersonName("")
    place = _patronymic_place(words)
    if place is not None:
        return _around_patronymic(words, place)
    if len(words) == 1 and _daughters(words[0]):
        return PersonName("", "", words[0])
    if len(words) == 1:
        alone = is_given(words[0]) and (not is_surname(words[0]) or Sex.FEMALE in sexes_of_given(words[0]))  # Амина, Карина
        return PersonName("", words[0]) if alone else PersonName(words[0])
    if len(words) == 2:
        last, first = words if not _given_first(words[0], words[1]) else reversed(words)
        return PersonName(last, first)
    return _three_without_patronymic(words)


def _patronymic_place(words: list[str]) -> int | None:
    """Where the patronymic stands: not first, unless it is none but a patronymic; of two candidates the earlier.

    The later of two is a surname in -ович; so is one whose ending says another sex than the given name beside it.
    """
    places = [index for index in range(len(words)) if is_patronymic(words[index])]
    later = [index for index in places if index and not _contradicted(words, index)]
    if later:
        return later[0]
    if places == [0] and len(words) in {2, 3} and _daughters(words[0]):  # Рустемовна Лейсан Валиева
        return 0
    return None


def _daughters(word: str) -> bool:
    """A patronymic that is no surname, as those in -ович may be."""
    return word.lower().endswith(("овна", "евна", "инична"))


def _contradicted(words: list[str], place: int) -> bool:
    """Of `Анна Рабинович` or `Иван Мицкевич`, nobody's patronymic."""
    if len(words) != 2 or not words[place].lower().endswith(("ович", "евич")):
        return False
    bearers = sexes_of_given(words[1 - place])
    if bearers and patronymic_sex(words[place]) not in bearers:
        return True
    father = words[place][:-4]
    return bool(bearers) and not any(is_given(f"{father}{tail}") for tail in ("", "й", "ий", "ь", "а", "я"))


def _around_patronymic(words: list[str], place: int) -> PersonName:
    before, after = words[:place], words[place + 1 :]
    if len(words) == 2 and not before:  # Отчество Имя, Отчество Фамилия
        return PersonName("", after[0], words[place]) if is_given(after[0]) else PersonName(after[0], "", words[place])
    if not before:  # Отчество Имя Фамилия, Отчество Фамилия Имя
        given_first = _given_first(after[0], after[-1])
        return PersonName(after[-1] if given_first else after[0], after[0] if given_first else after[-1], words[place])
    surely = is_surname(before[0]) or not any(is_surname(word) for word in after)
    if after and len(before) == 1 and not is_given(before[0]) and surely and all(is_given(word) for word in after):
        return PersonName(before[0], " ".join(after), words[place])  # Гарипов Ринатович Айдар
    if after and (len(before) == 1 or all(_only_given(word) for word in before)):  # Имя Отчество Фамилия
        return PersonName(" ".join(after), " ".join(before), words[place])
    if len(before) == 1 and is_given(before[0]):  # Имя Отчество
        return PersonName("", before[0], words[place])
    if len(before) == 1:  # Абрамович Роман, Фамилия Отчество
        return PersonName(before[0], "", words[place])
    if len(before) == 2 and is_given(before[0]) and is_surname(before[1]) and not is_given(before[1]):  # Айдар Гарипов Ринатович
        return PersonName(" ".join([before[1], *after]), before[0], words[place])
    start = 1 if len(before) > 2 and is_given(before[1]) and not is_surname(before[1]) else len(before) - 1
    return PersonName(" ".join([*before[:start], *after]), " ".join(before[start:]), words[place])


def _only_given(word: str) -> bool:
    return is_given(word) and not is_surname(word)


def _given_first(one: str, two: str) -> bool:
    """`Айдар Гарипов` rather than `Гарипов Айдар`."""
    if is_given(one) != is_given(two):
        return is_given(one)
    if is_surname(one) != is_surname(two):
        return is_surname(two)
    if is_given(one) or is_latin(one) or is_latin(two):
        return is_like_surname(two) and not is_like_surname(one)
    named, surnamed = is_dictionary_name(one), is_dictionary_surname(one)
    other_named, other_surnamed = is_dictionary_name(two), is_dictionary_surname(two)
    if named != other_named and not (surnamed and named):
        return named
    if surnamed != other_surnamed:
        return other_surnamed
    return is_like_surname(two) and not is_like_surname(one)


def _three_without_patronymic(words: list[str]) -> PersonName:
    if is_given(words[-1]) and not any(is_given(word) for word in words[:-1]):  # двойная фамилия
        return PersonName(" ".join(words[:-1]), words[-1])
    if is_given(words[0]) and is_surname(words[-1]) and not is_surname(words[0]):  # Айдар Ринат Гарипов
        return PersonName(words[-1], words[0], " ".join(words[1:-1]))
    if is_given(words[0]) and not any(is_given(word) for word in words[1:]) and not is_surname(words[0]):  # Мария Гарсия Лопес
        return PersonName(" ".join(words[1:]), words[0])
    return PersonName(words[0], words[1], " ".join(words[2:]))
