"""Archives read as streams: limits against bombs, names that stay inside, and what can be saved of one that is cut off."""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from domain.errors import BadValue
from ingest.reasons import bad_value

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_SIGNATURE = b"PK\x03\x04"
_GZIP_BITS = 31
_SPOOL = 8 * 1024**2
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How far an archive may unpack. The ratio counts only beyond `free` bytes, for small files may well be all zeros."""

    ratio: int = 200
    free: int = 16 * 1024**2
    total: int = 64 * 1024**3
    members: int = 100_000

    def refuse(self, unpacked: int, packed: int) -> None:
        """Raise BadValue (`zip_bomb`) for what unpacks too far."""
        if unpacked > self.total or (unpacked > self.free and unpacked > self.ratio * max(packed, 1)):
            raise bad_value("zip_bomb", detail=f"{unpacked} / {packed} B")


class Unpacked(io.RawIOBase):
    """A compressed stream unpacked as it is read; it ends early, with `cut` set, where the archive is cut off.

    Reading raises BadValue: `damaged_file`, `zip_bomb`.
    """

    def __init__(self, source: IO[bytes], limits: Limits, *, raw: bool = False) -> None:
        self.cut = False
        self.rest = b""
        """What follows the stream in the source, for the next member of a zip."""
        self._source, self._limits, self._raw = source, limits, raw
        self._inflate = self._fresh()
        self._ready = b""
        self._pending = b""
        self._packed = self._unpacked = 0
        self._done = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with unpacked bytes."""
        while not self._ready and not self._done:
            self._step()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _fresh(self) -> zlib._Decompress:
        return zlib.decompressobj(-zlib.MAX_WBITS if self._raw else _GZIP_BITS)

    def _step(self) -> None:
        data = self._pending or self._source.read(_CHUNK)
        self._pending = b""
        if not data:
            self._done = self.cut = True
            return
        self._packed += len(data)
        try:
            self._ready = self._inflate.decompress(data, _CHUNK * 4)
        except zlib.error as error:
            raise bad_value("damaged_file", detail=str(error)) from error
        self._pending = self._inflate.unconsumed_tail
        self._packed -= len(self._pending)
        self._unpacked += len(self._ready)
        self._limits.refuse(self._unpacked, self._packed)
        if self._inflate.eof:
            self._next_stream(self._inflate.unused_data)

    def _next_stream(self, after: bytes) -> None:
        """A gzip file may hold several streams one after another; zeros or anything else after them is padding."""
        if self._raw:
            self._done, self.rest = True, after
            return
        self._packed -= len(after)
        after = after or self._source.read(_CHUNK)
        if after.startswith(b"\x1f\x8b"):
            self._pending, self._inflate = after, self._fresh()
        else:
            self._done = True


class Counted(io.RawIOBase):
    """A member of a sound zip, with the limits watched and zipfile's errors told as BadValue (`damaged_file`)."""

    def __init__(self, source: IO[bytes], packed: int, limits: Limits) -> None:
        self._source, self._packed, self._limits, self._unpacked = source, packed, limits, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with unpacked bytes."""
        try:
            data = self._source.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise bad_value("damaged_file", detail=str(error)) from error
        self._unpacked += len(data)
        self._limits.refuse(self._unpacked, self._packed)
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: a stream, or why it cannot be read."""

    name: str
    stream: BinaryIO | None = None
    refused: BadValue | None = None
    unpacked: Unpacked | None = None

    def is_cut(self) -> bool:
        """Whether the stream, read to its end, ended too early."""
        return self.unpacked is not None and self.unpacked.cut


def gunzip(source: IO[bytes], limits: Limits) -> tuple[BinaryIO, Unpacked]:
    """The stream in a gzip file, and the part of it that knows whether it was cut off."""
    unpacked = Unpacked(source, limits)
    return cast("BinaryIO", io.BufferedReader(unpacked, _CHUNK)), unpacked


def members(source: BinaryIO, limits: Limits) -> Iterator[Member]:
    """The files of a zip in order; each must be read before the next is asked for.

    Without its directory (a download that was cut off) the members are found by their own headers.
    """
    try:
        archive = zipfile.ZipFile(source, metadata_encoding="cp866")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OverflowError, OSError):
        source.seek(0)
        yield from _salvaged(source, limits)
        return
    with archive:
        infos = archive.infolist()
        if len(infos) > limits.members:
            raise bad_value("zip_bomb", detail=f"{len(infos)} files")
        total = sum(info.file_size for info in infos)
        limits.refuse(total, sum(info.compress_size for info in infos))
        for info in infos:
            if not info.is_dir():
                yield from _member(archive, info, limits)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Iterator[Member]:
    if unsafe(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
        yield Member(info.filename, refused=bad_value("unsafe_path", name=info.filename))
        return
    if info.flag_bits & 1:
        yield Member(info.filename, refused=bad_value("encrypted_file"))
        return
    try:
        limits.refuse(info.file_size, info.compress_size)
        with archive.open(info) as file:
            yield Member(info.filename, cast("BinaryIO", io.BufferedReader(Counted(file, info.compress_size, limits), _CHUNK)))
    except BadValue as error:
        yield Member(info.filename, refused=error)
    except NotImplementedError as error:
        yield Member(info.filename, refused=bad_value("unsupported_archive", detail=str(error)))
    except (zipfile.BadZipFile, RuntimeError, EOFError) as error:
        yield Member(info.filename, refused=bad_value("damaged_file", detail=str(error)))


def _salvaged(source: BinaryIO, limits: Limits) -> Iterator[Member]:
    """Members in the order of their local headers, until one is cut off or no header follows."""
    head = source.read(_LOCAL.size)
    while len(head) == _LOCAL.size and head.startswith(_SIGNATURE):
        _, _, flags, method, _, _, _, packed, _, name_length, extra_length = _LOCAL.unpack(head)
        raw_name = source.read(name_length)
        source.read(extra_length)
        name = raw_name.decode("utf-8" if flags & 0x800 else "cp866", "replace")
        if unsafe(name) or flags & 1 or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            code = "unsafe_path" if unsafe(name) else "encrypted_file" if flags & 1 else "unsupported_archive"
            yield Member(name, refused=bad_value(code, name=name, detail=f"{method}"))
            return
        if method == zipfile.ZIP_STORED:
            data = source.read(min(packed, _SPOOL * 8))
            stored = Unpacked(io.BytesIO(b""), limits, raw=True)
            stored.cut = len(data) < packed
            yield Member(name, cast("BinaryIO", io.BytesIO(data)), unpacked=stored)
            rest = b""
        else:
            unpacked = Unpacked(source, limits, raw=True)
            stream = io.BufferedReader(unpacked, _CHUNK)
            yield Member(name, cast("BinaryIO", stream), unpacked=unpacked)
            while stream.read(_CHUNK):
                pass
            if unpacked.cut:
                return
            rest = unpacked.rest
        source.seek(-len(rest), io.SEEK_CUR)
        head = source.read(_LOCAL.size)
        at = head.find(_SIGNATURE)
        if at > 0:
            source.seek(at - len(head), io.SEEK_CUR)
            head = source.read(_LOCAL.size)


def unsafe(name: str) -> bool:
    """Whether a member's name is absolute or climbs out of the archive, on this system or another."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":") or "\x00" in name


def spooled(stream: BinaryIO) -> BinaryIO:
    """A copy that can be sought in: in memory while small, else in a temporary file that vanishes when closed."""
    copy = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - handed to the caller
    while chunk := stream.read(_CHUNK):
        copy.write(chunk)
    copy.seek(0)
    return cast("BinaryIO", copy)


def is_gzip(head: bytes) -> bool:
    """Whether these are the first bytes of a gzip file."""
    return head.startswith(b"\x1f\x8b\x08")


def is_zip(head: bytes) -> bool:
    """Whether these are the first bytes of a zip, an empty one too."""
    return head.startswith((_SIGNATURE, b"PK\x05\x06"))
