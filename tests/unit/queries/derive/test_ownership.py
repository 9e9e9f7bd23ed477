"""Ownership by example and against exhaustive search: every simple path, one day at a time, every completion."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dates import FOREVER, NEVER, Day, parse_date
from domain.spans import UNKNOWN_START, Span, span
from queries.derive.ownership import OwnershipFact, OwnershipIndex, Stake, affected_owners, stakes_in, stakes_of

F = Fraction
SEEDS = st.integers(0, 2**32 - 1)


def dated(start: str | None = None, end: str | None = None) -> Span:
    return span(parse_date(start) if start else None, parse_date(end) if end else None)


def fact(owner: str, asset: str, share: Fraction | None, start: str | None = "2020-01-01", end: str | None = None, **more) -> OwnershipFact:
    return OwnershipFact(owner, asset, more.pop("id", f"{owner}>{asset}"), share, dated(start, end), **more)


def shares(stakes: list[Stake], asset: str) -> list[tuple[int, int, Fraction, Fraction]]:
    return [(one.span.start_lo, one.span.end_lo, one.share_lo, one.share_hi) for one in stakes if one.asset == asset]


def test_s2_the_share_through_a_firm_is_the_product():
    index = OwnershipIndex([fact("grandson", "koyash", F("0.6")), fact("koyash", "nur", F("0.2"))])
    (stake,) = [one for one in stakes_of("grandson", index) if one.asset == "nur"]
    assert stake.share_lo == stake.share_hi == F("0.12") > F("0.1")
    assert [(link.asset, link.share_lo) for link in stake.links] == [("koyash", F("0.6")), ("nur", F("0.2"))]
    assert (stake.direct, stake.controls, stake.via, stake.missing) == (False, False, ("grandson>koyash", "koyash>nur"), ())
    assert stake in stakes_in("nur", index)


def test_f6_exactly_ten_percent_is_not_more():
    (stake,) = stakes_of("husband", OwnershipIndex([fact("husband", "bidder", F("10.00") / 100)]))
    assert not stake.share_hi > F(1, 10)
    assert stake.direct


def test_paths_add_up():
    index = OwnershipIndex([fact("a", "x", F("0.06")), fact("a", "m", F("0.3")), fact("m", "x", F("0.2"))])
    (stake,) = [one for one in stakes_of("a", index) if one.asset == "x"]
    assert (stake.share_lo, stake.direct, stake.paths) == (F("0.12"), True, 2)
    assert [len(chain) for chain in stake.chains] == [1, 2]


def test_shares_change_piece_by_piece_in_time():
    index = OwnershipIndex([fact("a", "m", F("0.6"), "2020-01-01", "2022-01-01"), fact("m", "x", F("0.5"), "2021-01-01")])
    assert shares(stakes_of("a", index), "x") == [(20210101, 20220101, F("0.3"), F("0.3"))]


def test_pieces_that_say_the_same_are_one():
    sold = [fact("a", "x", F("0.6"), "2020-01-01", "2021-01-01", id="1"), fact("a", "x", F("0.6"), "2021-01-01", id="2")]
    (stake,) = stakes_of("a", OwnershipIndex(sold))
    assert (stake.span, stake.via, stake.links[0].facts) == (dated("2020-01-01"), ("1", "2"), ("1", "2"))


def test_an_unknown_share_or_start_leaves_bounds_and_says_what_is_missing():
    (stake,) = stakes_of("a", OwnershipIndex([fact("a", "x", None)]))
    assert (stake.share_lo, stake.share_hi) == (F(0), F(1))
    assert stake.missing == ("Ownership.percentage",)
    assert stake.controls is None
    (stake,) = stakes_of("a", OwnershipIndex([fact("a", "x", F("0.6"), None)]))
    assert (stake.share_lo, stake.share_hi) == (F(0), F("0.6"))
    assert stake.missing == ("Ownership.startDate",)
    assert stake.span == Span(NEVER, NEVER, FOREVER, FOREVER)
    partial = stakes_of("a", OwnershipIndex([fact("a", "x", F("0.6"), "2020", "2022-05")]))
    assert [(one.span.start_lo, one.share_lo, one.missing) for one in partial] == [
        (20200101, 0, ("Ownership.startDate",)),
        (20201231, F("0.6"), ()),
        (20220501, 0, ("Ownership.endDate",)),
    ]


def test_within_a_source_shares_add_up_between_sources_the_more_trusted_counts():
    facts = [
        fact("a", "x", F("0.3"), id="1", source="egrul", trust=90),
        fact("a", "x", F("0.3"), id="2", source="egrul", trust=90),
        fact("a", "x", F("0.9"), "2010-01-01", id="3", source="declaration", trust=50),
    ]
    assert shares(stakes_of("a", OwnershipIndex(facts)), "x") == [
        (20100101, 20200101, F("0.9"), F("0.9")),
        (20200101, FOREVER, F("0.6"), F("0.6")),
    ]
    facts[0] = fact("a", "x", F("0.3"), None, id="1", source="egrul", trust=90)
    facts.pop(1)
    assert shares(stakes_of("a", OwnershipIndex(facts)), "x")[-1] == (20100101, FOREVER, F("0.3"), F("0.9"))
    alike = [fact("a", "x", F("0.3"), id="1", source="p", trust=90), fact("a", "x", F("0.4"), id="2", source="q", trust=90)]
    assert shares(stakes_of("a", OwnershipIndex(alike)), "x") == [(20200101, FOREVER, F("0.3"), F("0.4"))]


def test_cycles_are_cut():
    index = OwnershipIndex(
        [fact("a", "x", F("0.5")), fact("x", "y", F("0.5")), fact("y", "x", F("0.5")), fact("y", "a", F("0.1")), fact("x", "x", F("0.1"))]
    )
    assert {one.asset: one.share_lo for one in stakes_of("a", index)} == {"x": F("0.5"), "y": F("0.25")}
    assert {one.owner: one.share_lo for one in stakes_in("x", index)} == {"a": F("0.5"), "y": F("0.55")}


def test_control_is_every_link_over_half():
    index = OwnershipIndex([fact("a", "m", F("0.51")), fact("m", "x", F("0.51")), fact("a", "n", F("0.5")), fact("n", "z", F(1))])
    assert {one.asset: (one.controls, one.share_lo) for one in stakes_of("a", index)} == {
        "m": (True, F("0.51")),
        "x": (True, F("0.2601")),
        "n": (False, F("0.5")),
        "z": (False, F("0.5")),
    }


def test_trust_management_is_a_flag_of_what_the_owner_himself_holds():
    index = OwnershipIndex([fact("a", "m", F("0.5"), basis="trust_management"), fact("m", "x", F("0.5"))])
    assert [one.trust_management for one in stakes_of("a", index)] == [True, True]
    assert {one.owner: one.trust_management for one in stakes_in("x", index)} == {"a": True, "m": False}
    index = OwnershipIndex([fact("a", "m", F("0.5")), fact("m", "x", F("0.5"), basis="trust_management")])
    assert [one.trust_management for one in stakes_of("a", index)] == [False, False]


def test_five_firms_and_no_further():
    index = OwnershipIndex([fact(f"f{n}", f"f{n + 1}", F(1)) for n in range(8)])
    assert [one.asset for one in stakes_of("f0", index)] == ["f1", "f2", "f3", "f4", "f5"]
    assert [one.asset for one in stakes_of("f0", index, depth=2)] == ["f1", "f2"]
    assert [one.owner for one in stakes_in("f8", index)] == ["f3", "f4", "f5", "f6", "f7"]
    assert affected_owners(["f6"], index) == {"f1", "f2", "f3", "f4", "f5", "f6"}


def test_what_never_was_gives_nothing():
    facts = [fact("a", "x", F(0)), fact("a", "y", F(1), "2021-01-01", "2020-01-01"), fact("a", "z", F(1), "2021-01-01", "2021-01-01")]
    assert stakes_of("a", OwnershipIndex(facts)) == []
    assert stakes_of("nobody", OwnershipIndex([])) == []


def test_hubs_and_layers_do_not_explode():
    """Layers of 40 firms give 64,000 paths to each firm of the last one; a hub owns 2,000 firms, and they one together."""
    layers = [
        fact(f"l{layer}.{one}", f"l{layer + 1}.{other}", F(1, 100)) for layer in range(3) for one in range(40) for other in range(40)
    ] + [fact("top", f"l0.{one}", F(1)) for one in range(40)]
    found = {one.asset: one for one in stakes_of("top", OwnershipIndex(layers))}
    assert found["l3.0"].share_lo == found["l3.0"].share_hi == F(40**3, 100**3)
    assert found["l3.0"].paths == 40**3
    star = [fact("hub", f"f{n}", F(1, 2), f"{2000 + n % 20}-01-01") for n in range(2000)] + [
        fact(f"f{n}", "sink", F(1, 5000)) for n in range(2000)
    ]
    index = OwnershipIndex(star)
    assert len(stakes_of("hub", index)) == 2001
    assert len(stakes_in("sink", index)) == 2001
    assert affected_owners(["f7"], index) == {"f7", "hub"}


def test_a_dense_knot_gets_true_bounds():
    firms = [f"k{n}" for n in range(14)]
    facts = [fact("top", firms[0], F(1, 2))] + [fact(a, b, F(1, 20)) for a in firms for b in firms if a != b]
    found = {one.asset: one for one in stakes_of("top", OwnershipIndex(facts))}
    exact = F(1, 2) * sum(F(1, 20) ** (n + 1) * _falling(12, n) for n in range(4))
    assert found["k1"].share_lo < exact < found["k1"].share_hi
    assert found["k1"].share_hi - found["k1"].share_lo < F(1, 20)
    assert found["k1"].missing
    assert [link.asset for link in found["k1"].links] == ["k0", "k1"]


def _falling(n: int, k: int) -> int:
    return 1 if k == 0 else n * _falling(n - 1, k - 1)


# ---------------------------------------------------------------- exhaustive search

PEOPLE, FIRMS = ["p", "q"], ["f", "g", "h", "i", "j", "k"]
SHARES = [F(1, 10), F(1, 5), F(1, 4), F(1, 3), F(1, 2), F(51, 100), F(3, 5), F(1), None]
SOURCES = [("egrul", 90), ("egrul2", 90), ("declaration", 50)]
World = Mapping[str, tuple[bool, Fraction]]


def web(random: Random, doubt: float) -> list[OwnershipFact]:
    facts = []
    for number in range(random.randint(1, 12)):
        owner, asset = random.choice(PEOPLE + FIRMS * 2), random.choice(FIRMS)
        source, trust = random.choice(SOURCES)
        share = random.choice(SHARES if random.random() < doubt else SHARES[:-1])
        start = random.randint(20000101, 20000108)
        begins = (
            (NEVER, FOREVER) if random.random() < doubt / 2 else (start, start + (random.randint(0, 3) if random.random() < doubt else 0))
        )
        end = random.randint(start, 20000112)
        ends = (FOREVER, FOREVER) if random.random() < 0.6 else (end, end + (random.randint(0, 3) if random.random() < doubt else 0))
        facts.append(OwnershipFact(owner, asset, f"o{number}", share, Span(*begins, *ends), source, trust))
    return facts


def worlds(facts: Sequence[OwnershipFact], day: Day) -> Iterator[World]:
    """On one day each fact is there or not; an unknown share is nothing or everything."""
    choices = []
    for one in facts:
        here = one.span.holds(day, day)
        choices.append(
            [
                (present, share)
                for present in ([here] if here is not None else [True, False])
                for share in ([one.share] if one.share is not None else [F(0), F(1)])
            ]
        )
    for chosen in product(*choices):
        yield {one.id: what for one, what in zip(facts, chosen, strict=True)}


def said(facts: Sequence[OwnershipFact], world: World) -> tuple[Fraction, Fraction]:
    """The share of a pair in one world: the most trusted source's sum; least and most where sources are trusted alike."""
    present = sorted((one for one in facts if world[one.id][0]), key=lambda one: (-one.trust, one.source))
    if not present:
        return F(0), F(0)
    top = [one for one in present if one.trust == present[0].trust]
    sums = [min(F(1), sum((world[one.id][1] for one in group), F(0))) for _, group in groupby(top, key=lambda one: one.source)]
    return min(sums), max(sums)


def search(facts: Sequence[OwnershipFact], world: World, owner: str, asset: str) -> tuple[Fraction, Fraction, bool, bool]:
    low = high = F(0)
    sure = may = False
    pairs: dict[tuple[str, str], list[OwnershipFact]] = {}
    for one in facts:
        pairs.setdefault((one.owner, one.asset), []).append(one)
    said_of = {pair: said(records, world) for pair, records in pairs.items()}
    open_paths: list[tuple[str, ...]] = [(owner,)]
    while open_paths:
        path = open_paths.pop()
        if path[-1] == asset:
            links = [said_of[pair] for pair in pairwise(path)]
            least, most = F(1), F(1)
            for one_low, one_high in links:
                least, most = least * one_low, most * one_high
            low, high = low + least, high + most
            sure = sure or all(one_low > F(1, 2) for one_low, _ in links)
            may = may or all(one_high > F(1, 2) for _, one_high in links)
        elif len(path) <= 5:
            open_paths += [(*path, b) for a, b in pairs if a == path[-1] and b not in path]
    return min(low, F(1)), min(high, F(1)), sure, may


@settings(max_examples=1000)
@given(SEEDS)
def test_every_stake_of_a_random_web_is_what_exhaustive_search_finds(seed):
    random = Random(seed)
    facts = web(random, random.choice([0, 0, 0.2]))
    index = OwnershipIndex(facts)
    for owner in random.sample(PEOPLE + FIRMS, 2):
        stakes = stakes_of(owner, index)
        for day in random.sample(range(20000101, 20000114), 2):
            unknown = sum((one.span.holds(day, day) is None) + (one.share is None) for one in facts)
            every = list(worlds(facts, day)) if unknown <= 4 else []
            for asset in FIRMS if every else ():
                if asset == owner:
                    continue
                found = [search(facts, world, owner, asset) for world in every]
                here = [one for one in stakes if one.asset == asset and one.span.holds(day, day)]
                assert len(here) <= 1
                low, high = (here[0].share_lo, here[0].share_hi) if here else (F(0), F(0))
                assert (low, high) == (min(one[0] for one in found), max(one[1] for one in found)), (owner, asset, day)
                controls = here[0].controls if here else False
                if controls is True:
                    assert all(one[2] for one in found)
                if controls is False:
                    assert not any(one[3] for one in found)
                if low == high and here:
                    assert here[0].missing == ()


@settings(max_examples=300)
@given(SEEDS)
def test_seen_from_the_owner_and_from_the_firm_stakes_are_the_same(seed):
    random = Random(seed)
    facts = web(random, random.choice([0, 0.3]))
    index = OwnershipIndex(facts)
    everyone = PEOPLE + FIRMS
    down = [stake for owner in everyone for stake in stakes_of(owner, index)]
    up = [stake for asset in everyone for stake in stakes_in(asset, index)]
    assert sorted(map(repr, down)) == sorted(map(repr, up))
    random.shuffle(facts)
    assert sorted(map(repr, down)) == sorted(repr(stake) for owner in everyone for stake in stakes_of(owner, OwnershipIndex(facts)))
    for stake in down:
        assert F(0) <= stake.share_lo <= stake.share_hi <= F(1)
        assert stake.share_hi > 0
        assert stake.span.definite
        assert [stake.links[0].owner, *(link.asset for link in stake.links)][0 :: len(stake.links)] == [stake.owner, stake.asset]
        assert set(stake.via) <= {one.id for one in facts}


@settings(max_examples=200)
@given(SEEDS)
def test_whoever_is_not_affected_keeps_his_stakes(seed):
    random = Random(seed)
    facts = web(random, 0.2)
    before = OwnershipIndex(facts)
    gone = random.sample(facts, min(len(facts), 2))
    come = [OwnershipFact(one.owner, one.asset, "new" + one.id, one.share, one.span) for one in web(random, 0.2)[:1]]
    after = OwnershipIndex([one for one in facts if one not in gone] + come)
    changed = {name for one in gone + come for name in (one.owner, one.asset)}
    differ = {owner for owner in PEOPLE + FIRMS if stakes_of(owner, before) != stakes_of(owner, after)}
    assert differ <= affected_owners(changed, before)
    assert differ <= affected_owners(changed, after)


def test_an_undated_fact_is_unknown():
    assert OwnershipFact("a", "b", "1").span == UNKNOWN_START
