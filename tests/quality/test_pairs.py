"""The labelled set itself: as large as promised, made by its script, no base name in both splits."""

from collections import Counter, defaultdict

from tests.quality import build
from tests.quality.pairs import read


def test_the_script_makes_the_committed_pairs() -> None:
    made: dict[str, list[str]] = defaultdict(list)
    for room, line in build.lines():
        made[room].append(line)
    for room, path in build.files().items():
        assert path.read_text(encoding="utf-8") == "".join(f"{line}\n" for line in made[room]), (
            f"{path.name}: run python -m tests.quality.build"
        )


def test_there_are_enough_pairs_of_both_answers_in_both_splits() -> None:
    pairs = list(read())
    assert len({pair.id for pair in pairs}) == len(pairs)
    assert sum(pair.people for pair in pairs) >= 2000
    assert sum(not pair.people for pair in pairs) >= 800
    counts = Counter((pair.category, pair.split, pair.same) for pair in pairs)
    for category in {pair.category for pair in pairs}:
        assert sum(counts[category, split, same] for split in ("fit", "judge") for same in (True, False)) >= 60, category
        assert all(counts[category, split, same] >= 9 for split in ("fit", "judge") for same in (True, False)), category
    assert sum(n for (category, _, _), n in counts.items() if category == "declarations_initials") >= 300


def test_no_pair_stands_in_both_splits() -> None:
    names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for pair in read():
        if pair.people and pair.category not in ("hostile_input", "turkic_patronymic"):
            for side in (pair.left, pair.right):
                full = tuple(side["properties"]["name"][0].lower().replace("ё", "е").split())
                if len(full) == 3 and full[0][-1] not in ".,":
                    names[pair.split].add(tuple(sorted(full)))
    assert not names["fit"] & names["judge"]
