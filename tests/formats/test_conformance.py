"""Every format on its samples: what it gives, that a second reading gives the same, and how it ends on damaged files."""

import io
import json
import re
from pathlib import Path

import pytest

from ingest.formats import Format, formats
from ingest.reasons import notes, rejects
from ingest.stage import stage

from tests.formats.rows import SAMPLES, as_line, expected, inputs, read, reasons, records

ROOT = Path(__file__).resolve().parents[2]
ALL = sorted(formats().values(), key=lambda one: one.name)


def names(value: object) -> str | None:
    return value.name if isinstance(value, (Format, Path)) else None


def samples_of(one: Format) -> list[Path]:
    return sorted((SAMPLES / one.name).glob("input*"))


@pytest.mark.parametrize("sample", inputs(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sample_gives_what_is_expected(sample):
    name, rows = read(sample)
    assert name == sample.parent.name, "detected by content"
    lines = [json.loads(line) for line in expected(sample).read_text(encoding="utf-8").splitlines()]
    assert [as_line(row) for row in rows] == lines


@pytest.mark.parametrize("sample", inputs(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_reading_twice_gives_the_same_ids(sample):
    first, second = ([as_line(row) for row in read(sample)[1]] for _ in range(2))
    assert first == second
    ids = [line["id"] for line in first if "schema" in line and line["schema"] not in ("Person", "Company", "PublicBody")]
    assert len(ids) == len(set(ids)), "one id for each relation and event"


@pytest.mark.parametrize("one", ALL, ids=names)
def test_format_is_complete(one):
    assert samples_of(one), f"tests/formats/samples/{one.name} holds no input"
    assert (ROOT / "docs" / "formats" / f"{one.name}.md").is_file()


@pytest.mark.parametrize("one", ALL, ids=names)
def test_each_file_is_known_by_one_format_only(one):
    for sample in samples_of(one):
        head = sample.read_bytes()[: 64 * 1024]
        assert [other.name for other in ALL if other.detect(head, sample.name)] == [one.name]


@pytest.mark.parametrize("one", ALL, ids=names)
def test_empty_file(one, tmp_path):
    for content in (b"", b"\xef\xbb\xbf", b" \r\n\n"):
        path = tmp_path / f"empty{samples_of(one)[0].suffix}"
        path.write_bytes(content)
        for format_name in ("auto", one.name):
            _, rows = read(path, format_name)
            assert reasons(rows) == ["empty_file"]
            assert len(rows) == 1


@pytest.mark.parametrize("one", ALL, ids=names)
def test_truncated_file(one, tmp_path):
    """Cut off anywhere, a file gives a part of its records and says what is wrong, or is refused; it never raises."""
    for sample in samples_of(one):
        content = sample.read_bytes()
        whole = [as_line(row) for row in read(sample)[1]]
        for cut in range(len(content) // 13, len(content), max(len(content) // 13, 1)):
            path = tmp_path / sample.name
            path.write_bytes(content[:cut])
            _, rows = read(path, one.name)
            lines = [as_line(row) for row in records(rows)]
            assert sum(line in whole for line in lines) >= len(lines) - 4, "at most the last row, which was cut, may read otherwise"
            if sample.suffix == ".xml":
                assert "truncated_file" in reasons(rows)


@pytest.mark.parametrize("one", ALL, ids=names)
def test_another_format_is_refused_with_a_reason(one):
    for other in ALL:
        if other is not one:
            for sample in samples_of(other):
                rows = list(stage(one.records(io.BytesIO(sample.read_bytes()), sample.name, None)))
                assert records(rows) == []
                assert reasons(rows)


def test_every_code_has_its_sentences():
    """A code that is raised anywhere in the package stands in reasons.yaml."""
    used: set[str] = set()
    for path in (ROOT / "ingest").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"\b(?:reject|bad_value)\(\s*\"(\w+)\"", text))
        assert set(re.findall(r"\b(?:note|say_once)\(\s*\"(\w+)\"", text)) <= notes().keys(), path.name
    text = (ROOT / "domain" / "identifiers.py").read_text(encoding="utf-8")
    used |= set(re.findall(r"_refuse\(\"(bad_(?:inn|kpp|ogrn|snils|passport|account))\"", text))
    assert used <= rejects().keys()


def test_hr_page_names_every_header():
    page = (ROOT / "docs" / "formats" / "hr.md").read_text(encoding="utf-8")
    for line in (ROOT / "ingest" / "formats" / "hr.yaml").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"      (\w+): \[", line):
            assert f"`{found[1]}`" in page
