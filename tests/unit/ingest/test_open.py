"""Files, folders and archives: what is opened, what is refused, and that nothing readable is lost."""

import gzip
import io
import stat
import zipfile

import pytest

from domain.errors import CannotOpen, UsageError
from domain.records import Record, Reject
from ingest.archives import Limits
from ingest.open import open_all, read_mapping_file
from ingest.stage import stage

LINES = "".join(f'{{"id": "p{number}", "schema": "Person", "properties": {{"name": ["Тестов № {number}"]}}}}\n' for number in range(3000))
FEED = LINES.encode()


def read(*paths, **choices):
    """(path, format, ids, reasons) of each file."""
    found = []
    for file in open_all(paths, **choices):
        rows = list(stage(file.rows()))
        ids = [row.id for row in rows if isinstance(row, Record)]
        found.append((file.path, file.format_name, ids, [row.reason for row in rows if isinstance(row, Reject)]))
    return found


def zipped(path, members, **choices):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **choices) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def reasons_of(found):
    return [reason for _, _, _, reasons in found for reason in reasons]


def test_a_folder_is_read_in_order_without_what_lies_about(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.jsonl").write_bytes(FEED)
    (tmp_path / "1.jsonl").write_bytes(FEED)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "~$book.xlsx").write_bytes(b"x")
    found = read(tmp_path)
    assert [(path, name) for path, name, _, _ in found] == [(f"{tmp_path}/1.jsonl", "feed"), (f"{tmp_path}/b/2.jsonl", "feed")]
    assert {len(ids) for _, _, ids, _ in found} == {3000}


def test_the_stem_names_the_source(tmp_path):
    (tmp_path / "one.jsonl").write_bytes(FEED)
    (tmp_path / "two.jsonl.gz").write_bytes(gzip.compress(FEED))
    zipped(tmp_path / "z.zip", {"folder/three.jsonl": FEED})
    assert [file.stem for file in open_all([tmp_path])] == ["one", "two", "three"]


def test_what_cannot_be_opened_is_an_error_before_anything_is_read(tmp_path):
    (tmp_path / "one.jsonl").write_bytes(FEED)
    with pytest.raises(CannotOpen):
        open_all([tmp_path / "one.jsonl", tmp_path / "none.jsonl"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotOpen):
        open_all([tmp_path / "empty"])
    with pytest.raises(UsageError):
        open_all([tmp_path], format="docx")


def test_mapping_file(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text("header_row: 2\n", encoding="utf-8")
    assert read_mapping_file(path) == {"header_row": 2}
    for wrong in ("- 1\n", "a: [\n", ""):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(UsageError):
            read_mapping_file(path)
    with pytest.raises(CannotOpen):
        read_mapping_file(tmp_path / "none.yaml")


# ---- archives


def test_zip_and_gz_and_one_in_the_other(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.jsonl", FEED)
    path = zipped(tmp_path / "a.zip", {"a.jsonl": FEED, "b.jsonl.gz": gzip.compress(FEED), "c.zip": inner.getvalue(), "empty.jsonl": b""})
    found = read(path)
    assert [(name.rpartition("a.zip")[2], len(ids), reasons) for name, _, ids, reasons in found] == [
        ("!a.jsonl", 3000, []),
        ("!b.jsonl.gz", 3000, []),
        ("!c.zip!deep.jsonl", 3000, []),
        ("!empty.jsonl", 0, ["empty_file"]),
    ]


def test_archives_nest_once(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.jsonl.gz", gzip.compress(FEED))
    assert reasons_of(read(zipped(tmp_path / "a.zip", {"c.zip": inner.getvalue()}))) == ["nested_archive"]


def test_several_streams_in_one_gz(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(FEED[: FEED.index(b"\n") + 1]) + gzip.compress(FEED) + b"\0" * 100)
    ((_, _, ids, reasons),) = read(tmp_path / "a.jsonl.gz")
    assert len(ids) == 3001
    assert reasons == []


@pytest.mark.parametrize("name", ["../evil.jsonl", "/etc/evil.jsonl", "a/../../evil.jsonl", "..\\evil.jsonl", "C:\\evil.jsonl"])
def test_names_that_lead_out(tmp_path, name):
    found = read(zipped(tmp_path / "a.zip", {name: FEED, "good.jsonl": FEED}))
    assert reasons_of(found) == ["unsafe_path"]
    assert sum(len(ids) for _, _, ids, _ in found) == 3000


def test_links_in_a_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.jsonl")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert reasons_of(read(tmp_path / "a.zip")) == ["unsafe_path"]


def test_links_in_a_folder(tmp_path):
    (tmp_path / "outside.jsonl").write_bytes(FEED)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside.jsonl").write_bytes(FEED)
    (folder / "out.jsonl").symlink_to(tmp_path / "outside.jsonl")
    (folder / "twin.jsonl").symlink_to(folder / "inside.jsonl")
    (folder / "up").symlink_to(tmp_path)
    found = read(folder)
    assert [(path.rpartition("/")[2], len(ids), reasons) for path, _, ids, reasons in found] == [
        ("inside.jsonl", 3000, []),
        ("out.jsonl", 0, ["unsafe_path"]),
        ("twin.jsonl", 3000, []),
        ("up", 0, ["unsafe_path"]),
    ]


@pytest.mark.parametrize("packed", ["zip", "gz", "zip in zip"])
def test_bombs(tmp_path, packed):
    zeros = LINES.splitlines()[0].encode() + b"\n" + b" " * 40_000_000
    if packed == "gz":
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress(zeros))
    else:
        path = zipped(tmp_path / "a.zip", {"a.jsonl": zeros})
        if packed == "zip in zip":
            path = zipped(tmp_path / "b.zip", {"a.zip": path.read_bytes(), "good.jsonl": FEED})
    found = read(path)
    assert "zip_bomb" in reasons_of(found)
    if packed == "zip in zip":
        assert len(found[-1][2]) == 3000, "the rest is read"
    assert "zip_bomb" not in reasons_of(read(path, limits=Limits(ratio=10_000_000))), "the limits are the caller's"


def test_a_bomb_whose_directory_lies(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.jsonl": b" " * 40_000_000})
    content = bytearray(path.read_bytes())
    size = (40_000_000).to_bytes(4, "little")
    path.write_bytes(bytes(content).replace(size, (1000).to_bytes(4, "little")))
    assert set(reasons_of(read(path))) <= {"zip_bomb", "damaged_file", "empty_file"}


def test_too_many_members(tmp_path):
    path = zipped(tmp_path / "a.zip", {f"{number}.jsonl": b"" for number in range(20)})
    assert reasons_of(read(path, limits=Limits(members=10))) == ["zip_bomb"]


def test_encrypted_member(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.jsonl": FEED})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert reasons_of(read(path)) == ["encrypted_file"]


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_gz_that_is_cut_off(tmp_path, part):
    path = tmp_path / "a.jsonl.gz"
    content = gzip.compress(FEED)
    path.write_bytes(content[: int(len(content) * part)])
    ((_, name, ids, reasons),) = read(path)
    assert name == "feed"
    assert 0 < len(ids) < 3000
    assert set(reasons) == {"truncated_file"}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("streamed", [True, False])
def test_zip_that_is_cut_off(tmp_path, method, streamed):
    class Unseekable(io.BytesIO):
        def seekable(self):
            return not streamed

        def seek(self, *_):
            if streamed:
                raise io.UnsupportedOperation
            return super().seek(*_)

        def tell(self):
            if streamed:
                raise io.UnsupportedOperation
            return super().tell()

    buffer = Unseekable()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.jsonl", FEED)
        archive.writestr("b.jsonl", FEED)
    content = buffer.getvalue()
    path = tmp_path / "a.zip"
    path.write_bytes(content[: int(len(content) * 0.7)])
    found = read(path)
    if streamed and method == zipfile.ZIP_STORED:
        return  # without sizes, what is stored cannot be told from what follows
    assert len(found[0][2]) == 3000
    assert found[0][3] == []
    assert 0 < len(found[1][2]) < 3000
    assert set(found[1][3]) == {"truncated_file"}


def test_a_damaged_member_does_not_stop_the_rest(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.jsonl": FEED, "b.jsonl": FEED})
    content = bytearray(path.read_bytes())
    content[200:260] = b"\xff" * 60
    path.write_bytes(content)
    found = read(path)
    assert "damaged_file" in found[0][3]
    assert len(found[1][2]) == 3000


def test_not_even_a_zip(tmp_path):
    for content in (b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, b"PK\x05\x06" + b"\0" * 18, b"\x1f\x8b\x08", b"\x1f\x8b\x08" + b"x" * 50):
        path = tmp_path / "a.zip"
        path.write_bytes(content)
        found = read(path)
        assert len(reasons_of(found)) == 1, content
        assert reasons_of(found)[0] in ("truncated_file", "damaged_file", "empty_file", "unsupported_archive")


def test_names_in_the_old_code_page(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("xxxxxx.jsonl", FEED)
    content = (tmp_path / "a.zip").read_bytes().replace(b"xxxxxx", "данные".encode("cp866"))
    (tmp_path / "a.zip").write_bytes(content)
    ((path, _, ids, _),) = read(tmp_path / "a.zip")
    assert path.endswith("!данные.jsonl")
    assert len(ids) == 3000


# ---- the feed itself


def test_long_lines_and_other_encodings(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.formats.feed.LINE_MAX", 1000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(FEED.splitlines(keepends=True)[0] + b'{"id": "' + b"x" * 5000 + b'"}\n' + FEED.splitlines(keepends=True)[1])
    ((_, _, ids, reasons),) = read(path)
    assert ids == ["p0", "p1"]
    assert reasons == ["line_too_long"]
    path.write_bytes(LINES.encode("cp1251")[:500])
    ((_, name, ids, reasons),) = read(path)
    assert name == "feed"
    assert ids == []
    assert set(reasons) == {"bad_encoding", "truncated_file"}


def test_a_plain_file_that_is_cut_off(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(FEED[:-30])
    ((_, _, ids, reasons),) = read(tmp_path / "a.jsonl")
    assert len(ids) == 2999
    assert reasons == ["truncated_file"]


def test_doctype_is_refused(tmp_path):
    path = tmp_path / "VO_RUGFO.xml"
    doctype = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    path.write_text(f'{doctype}<Файл ИдФайл="VO_RUGFO"><СвЮЛ ОГРН="&x;"/></Файл>', encoding="utf-8")
    ((_, name, ids, reasons),) = read(path)
    assert (name, ids, reasons) == ("egrul", [], ["unsafe_xml"])
