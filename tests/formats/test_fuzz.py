"""Whatever bytes come, a reader gives rows and rejects; it raises nothing."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.records import Note, Place, Record, Reject
from ingest.formats import formats
from ingest.open import open_all
from ingest.stage import merge, stage

from tests.formats.rows import inputs

ALL = sorted(formats().values(), key=lambda one: one.name)
CONTENTS = [(path.parent.name, path.name, path.read_bytes()) for path in inputs()]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def assert_rows(rows):
    for row in rows:
        assert isinstance(row, (Record, Reject, Note))
        if isinstance(row, Reject):
            assert row.message_ru
            assert row.message_en
            assert len(row.raw) <= 10_000


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
@settings(max_examples=60)
@given(content=st.binary(max_size=2000))
def test_any_bytes(one, content):
    assert_rows(stage(one.records(io.BytesIO(content), "any", None)))


@settings(max_examples=150)
@given(
    sample=st.sampled_from(CONTENTS),
    at=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 40),
    noise=st.binary(max_size=40),
)
def test_a_sample_with_a_piece_replaced(sample, at, cut, noise):
    name, path, content = sample
    place = int(len(content) * at)
    mended = content[:place] + noise + content[place + cut :]
    assert_rows(stage(formats()[name].records(io.BytesIO(mended), path, None)))


@settings(max_examples=100)
@given(lines=st.lists(st.dictionaries(st.sampled_from(["id", "schema", "properties", "deleted", "x"]), JSON, max_size=4), max_size=4))
def test_any_json(lines, tmp_path_factory):
    path = tmp_path_factory.mktemp("feed") / "any.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for file in open_all([path], format="feed"):
        assert_rows(stage(file.rows()))


SCHEMATA = ["Person", "Company", "PublicBody", "Organization", "LegalEntity", "Ownership"]
VALUES = st.lists(st.sampled_from(["2020-01-01", "2020", "60", "3/5", "x", "male", "12 000,50", "p1"]), min_size=1, max_size=2).map(tuple)
NAMES = ["name", "birthDate", "deathDate", "gender", "owner", "asset", "percentage", "startDate", "endDate", "нет"]
RECORDS = st.builds(
    lambda schema, properties: Record("r", schema, properties, Place("p", 1)),
    st.sampled_from(SCHEMATA),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5),
)


@settings(max_examples=150)
@given(first=RECORDS, second=RECORDS)
def test_merging_staged_records_is_symmetric(first, second):
    staged = [row for row in stage([first, second]) if isinstance(row, Record)]
    if len(staged) == 2:
        one, two = merge(*staged), merge(*reversed(staged))
        assert type(one) is type(two)
        if isinstance(one, Record) and isinstance(two, Record):
            assert one.schema == two.schema
            assert {name: set(values) for name, values in one.properties.items()}.keys() == two.properties.keys()
        assert_rows([one, two])


def test_a_folder_of_rubbish(tmp_path: Path):
    for number in range(5):
        (tmp_path / f"{number}.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * number)
    assert all(reject for file in open_all([tmp_path]) for reject in file.rows())
