"""What is counted on judged pairs: precision, recall, F1, false alarms, calibration, and the two name groups side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from tests.quality.pairs import Labelled

THRESHOLD = 0.5
BINS = 10
GROUPS = ("russian", "tatar")


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and the probability that it is one and the same."""

    pair: Labelled
    probability: float
    grade: str = ""

    @property
    def said(self) -> bool:
        return self.probability >= THRESHOLD

    @property
    def wrong(self) -> bool:
        return self.said != self.pair.same


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one set of pairs."""

    hits: int
    misses: int
    alarms: int
    refusals: int

    @property
    def pairs(self) -> int:
        return self.hits + self.misses + self.alarms + self.refusals

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    @property
    def f1(self) -> float:
        whole = 2 * self.hits + self.misses + self.alarms
        return 2 * self.hits / whole if whole else 1.0

    @property
    def alarms_per_1000(self) -> float:
        """False alarms among 1,000 pairs of different people or organizations."""
        different = self.alarms + self.refusals
        return 1000 * self.alarms / different if different else 0.0

    @property
    def alarms_deviation(self) -> float:
        """Standard deviation of `alarms_per_1000` by chance alone (binomial, one alarm added so that none is no proof of none)."""
        different = self.alarms + self.refusals
        rate = (self.alarms + 1) / (different + 2)
        return 1000 * sqrt(rate * (1 - rate) / different) if different else 0.0


def figures(judged: Iterable[Judged], threshold: float = THRESHOLD) -> Figures:
    """Counted at a probability of one half, or at the threshold that another matcher needs."""
    counts = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for one in judged:
        counts[one.pair.same, one.probability >= threshold] += 1
    return Figures(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def threshold_of_best_f1(judged: Sequence[Judged]) -> float:
    """The score from which on F1 is highest, to two places."""
    return max((place / 100 for place in range(1, 101)), key=lambda threshold: figures(judged, threshold).f1)


def by_category(judged: Iterable[Judged], threshold: float = THRESHOLD) -> dict[str, Figures]:
    """The figures of each category, in the order of the data."""
    rooms: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        rooms[one.pair.category].append(one)
    return {name: figures(inside, threshold) for name, inside in rooms.items()}


def by_group(judged: Sequence[Judged]) -> dict[str, Figures]:
    """Russian and Tatar names over those categories that have as many pairs of either."""
    counts = Counter((one.pair.category, one.pair.group) for one in judged)
    shared = {one.pair.category for one in judged if counts[one.pair.category, GROUPS[0]] == counts[one.pair.category, GROUPS[1]]}
    return {group: figures(one for one in judged if one.pair.group == group and one.pair.category in shared) for group in GROUPS}


def calibration(judged: Sequence[Judged]) -> list[tuple[int, float, float]]:
    """Ten bins of equal width: number of pairs, mean probability, share that is the same."""
    rooms: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        rooms[min(BINS - 1, int(one.probability * BINS))].append(one)
    return [
        (len(room), sum(one.probability for one in room) / len(room), sum(one.pair.same for one in room) / len(room))
        if room
        else (0, 0.0, 0.0)
        for room in rooms
    ]


def calibration_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error (Naeini et al. 2015): the bins' distances, weighed by their sizes."""
    return sum(count * abs(said - was) for count, said, was in calibration(judged)) / len(judged) if judged else 0.0
