"""From paths to rows: files, folders and archives, each file with the reader that knows it, or the reason why none does."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

import yaml

from domain.errors import BadValue, CannotOpen, UsageError
from domain.records import Place, Reject, Row, SourceKind
from domain.yaml_text import load_yaml
from ingest.archives import Limits, Member, gunzip, is_gzip, is_zip, members, spooled
from ingest.formats import Columns, Format, detect, formats
from ingest.reasons import reject, reject_value
from ingest.workbooks import is_workbook

HEAD = 64 * 1024
"""Bytes by which a format is told."""
ARCHIVES = 2
"""An archive may stand in an archive, no deeper."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read: its path (`archive.zip!inner.xml` for a member), the stem that names its source by default, its format.

    `rows` reads it once, from beginning to end, before the next SourceFile is asked for. Where `format` is None it gives one
    Reject that says why.
    """

    path: str
    stem: str
    format: Format | None
    rows: Callable[[], Iterator[Row]]

    @property
    def format_name(self) -> str:
        """The format's name; empty where none knows the file."""
        return self.format.name if self.format else ""

    @property
    def kind(self) -> SourceKind:
        """The kind that the format sets by default."""
        return self.format.kind if self.format else SourceKind.OTHER


def open_all(
    paths: Iterable[str | os.PathLike[str]], *, format: str = "auto", mapping: Columns | None = None, limits: Limits | None = None
) -> Iterator[SourceFile]:
    """Every file under the paths, in order of names.

    `format`: a name, or `auto` for detection by content. `mapping`: a mapping file, read (`read_mapping_file`).
    Raises CannotOpen before the first file if a path is not there, UsageError for a format that does not exist.
    """
    wanted = _format(format)
    given = [Path(path) for path in paths]
    for path in given:
        _must_exist(path)
    return _each(given, _Reader(wanted, mapping, limits or Limits()))


def read_mapping_file(path: str | os.PathLike[str]) -> Columns:
    """A mapping file as the formats take it. Raises CannotOpen or UsageError."""
    try:
        loaded: Any = load_yaml(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise _cannot_open(Path(path), error) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        text = " ".join(str(error).split())
        raise UsageError(f"Файл соответствий {path} не является YAML: {text}", f"The mapping file {path} is no YAML: {text}") from error
    if not isinstance(loaded, dict):
        raise UsageError(f"Файл соответствий {path} пуст или не является таблицей.", f"The mapping file {path} is no mapping.")
    return loaded


def _format(name: str) -> Format | None:
    if name == "auto":
        return None
    found = formats().get(name)
    if found is None:
        listed = ", ".join(sorted(formats()))
        raise UsageError(f"Формата «{name}» нет; есть auto, {listed}.", f"There is no format {name!r}; there are auto, {listed}.")
    return found


def _must_exist(path: Path) -> None:
    try:
        if path.is_dir():
            if next(_files(path), None) is None:
                raise CannotOpen(f"В папке {path} нет ни одного файла.", f"The folder {path} holds no file.")
        else:
            path.open("rb").close()
    except OSError as error:
        raise _cannot_open(path, error) from error


def _cannot_open(path: Path, error: OSError) -> CannotOpen:
    why = error.strerror or str(error)
    return CannotOpen(f"Не открывается {path}: {why}.", f"Cannot open {path}: {why}.")


def _each(paths: list[Path], reader: _Reader) -> Iterator[SourceFile]:
    for path in paths:
        if not path.is_dir():
            yield from reader.file(path)
            continue
        root = path.resolve()
        for file in _files(path):
            if file.is_symlink() and not file.resolve().is_relative_to(root):
                yield reader.refused(str(file), file.name, reject("unsafe_path", Place(str(file), 1), name=file.name))
            elif not file.is_dir():
                yield from reader.file(file)


def _files(folder: Path) -> Iterator[Path]:
    """Files, and links that are to be judged, without hidden ones and what spreadsheets and archivers leave lying about."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _passed_over(name))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in sorted([*names, *links]):
            if not _passed_over(name):
                yield Path(parent, name)


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Opens files with one choice of format."""

    wanted: Format | None
    mapping: Columns | None
    limits: Limits

    def file(self, path: Path) -> Iterator[SourceFile]:
        """One file of the disk, or the files of an archive."""
        try:
            with path.open("rb", buffering=1024 * 1024) as file:
                yield from self.stream(file, str(path), path.name, 0)
        except OSError as error:
            yield self.refused(str(path), path.name, reject("unreadable_file", Place(str(path), 1), detail=error.strerror or str(error)))

    def stream(self, stream: BinaryIO, shown: str, name: str, depth: int, cut: Callable[[], bool] | None = None) -> Iterator[SourceFile]:
        """One stream: a file, or an archive of files. `cut` tells, after it was read, whether it ended too early."""
        try:
            head = _head(stream)
        except BadValue as error:
            yield self.refused(shown, name, reject_value(error, Place(shown, 1)))
            return
        whole = _rejoined(head, stream)
        archive = is_gzip(head) or (is_zip(head) and not is_workbook(head, name))
        if archive and depth >= ARCHIVES:
            yield self.refused(shown, name, reject("nested_archive", Place(shown, 1)))
        elif is_gzip(head):
            inner, unpacked = gunzip(whole, self.limits)
            yield from self.stream(inner, shown, name.removesuffix(".gz"), depth + 1, lambda: unpacked.cut)
        elif archive:
            yield from self._zip(stream, whole, shown, depth)
        else:
            yield self._source(head, whole, shown, name, cut)

    def refused(self, shown: str, name: str, why: Reject) -> SourceFile:
        """A file that nobody reads."""
        return SourceFile(shown, PurePosixPath(name).stem, None, lambda: iter([why]))

    def _zip(self, stream: BinaryIO, whole: BinaryIO, shown: str, depth: int) -> Iterator[SourceFile]:
        found = False
        try:
            with _seekable(stream, whole) as source:
                for member in members(source, self.limits):
                    found = True
                    yield from self._member(member, f"{shown}!{member.name}", depth)
        except BadValue as error:
            yield self.refused(shown, PurePosixPath(shown).name, reject_value(error, Place(shown, 1)))
            return
        if not found:
            code, detail = ("empty_file", "") if _head_of_empty(whole) else ("truncated_file", "zip")
            yield self.refused(shown, PurePosixPath(shown).name, reject(code, Place(shown, 1), detail=detail))

    def _member(self, member: Member, shown: str, depth: int) -> Iterator[SourceFile]:
        name = PurePosixPath(member.name).name
        if member.refused is not None:
            yield self.refused(shown, name, reject_value(member.refused, Place(shown, 1)))
        elif member.stream is not None and not _passed_over(name) and "__MACOSX/" not in member.name:
            yield from self.stream(member.stream, shown, name, depth + 1, member.is_cut)

    def _source(self, head: bytes, whole: BinaryIO, shown: str, name: str, cut: Callable[[], bool] | None) -> SourceFile:
        stem, at = PurePosixPath(name).stem, Place(shown, 1)
        if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            code = "truncated_file" if cut and cut() else "empty_file"
            return self.refused(shown, name, reject(code, at, detail=_CUT))
        found = self.wanted or (formats()["hr"] if self.mapping is not None else None) or detect(head, name)
        if found is None:
            return self.refused(shown, name, reject("unknown_format", at))
        return SourceFile(shown, stem, found, lambda: _rows(found, whole, shown, self.mapping, cut))


_CUT = ("архив кончается раньше времени", "the archive ends too early")


def _rows(found: Format, stream: BinaryIO, shown: str, mapping: Columns | None, cut: Callable[[], bool] | None) -> Iterator[Row]:
    said_cut = False
    try:
        for row in found.records(stream, shown, mapping):
            said_cut = said_cut or (isinstance(row, Reject) and row.reason == "truncated_file")
            yield row
    except BadValue as error:
        yield reject_value(error, Place(shown, 1))
        return
    except (OSError, EOFError, zlib.error) as error:
        yield reject("damaged_file", Place(shown, 1), detail=str(error))
        return
    if cut is not None and cut() and not said_cut:
        yield reject("truncated_file", Place(shown, 1), detail=_CUT)


def _head(stream: BinaryIO) -> bytes:
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    return head


def _head_of_empty(whole: BinaryIO) -> bool:
    """Whether a zip without members is one that is really empty: its end record is all it has."""
    return whole.read(4) == b"PK\x05\x06"


@contextmanager
def _seekable(stream: BinaryIO, whole: BinaryIO) -> Iterator[BinaryIO]:
    if stream.seekable():
        stream.seek(0)
        yield stream
        return
    copy = spooled(whole)
    try:
        yield copy
    finally:
        copy.close()


class _Rejoined(io.RawIOBase):
    """A stream with its first bytes put back."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = memoryview(head), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size], self._head = self._head[:size], self._head[size:]
            return size
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _rejoined(head: bytes, stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Rejoined(head, stream), 256 * 1024))
