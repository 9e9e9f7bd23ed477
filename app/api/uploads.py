"""A request's body as files on disk: uploaded ones under their own names, feed lines as one file; gone when the request is done."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request

from domain.errors import UsageError
from domain.records import Place, Row
from ingest.open import SourceFile

FILES = 200
"""Files of one request at most."""
NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines")


@asynccontextmanager
async def uploaded(request: Request, name: str) -> AsyncIterator[tuple[Path, list[Path]]]:
    """The folder and the files of the body; `name` is the file that feed lines are read from.

    UsageError for another kind of content. The size of the whole is limited in front of the application.
    """
    folder = Path(await run_in_threadpool(tempfile.mkdtemp, prefix="sverka-upload-"))
    try:
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == "multipart/form-data":
            yield folder, await _files(request, folder)
        elif kind in NDJSON:
            yield folder, [await _lines(request, folder, name)]
        else:
            said = f"multipart/form-data, {NDJSON[0]}"
            raise UsageError(f"Содержимое должно быть одного из видов: {said}.", f"The content must be one of: {said}.")
    finally:
        await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)


async def _lines(request: Request, folder: Path, name: str) -> Path:
    path = folder / _safe(name, 0)
    with path.open("wb") as file:
        async for chunk in request.stream():
            await run_in_threadpool(file.write, chunk)
    return path


async def _files(request: Request, folder: Path) -> list[Path]:
    made: list[Path] = []
    async with request.form(max_files=FILES, max_fields=20) as form:
        for part in (value for _, value in form.multi_items() if isinstance(value, UploadFile)):
            path = folder / str(len(made)) / _safe(part.filename or "", len(made))
            await run_in_threadpool(_copy, part, path)
            made.append(path)
    if not made:
        raise UsageError("В запросе нет ни одного файла.", "There is no file in the request.", hint="files=@export.xml")
    return made


def _copy(part: UploadFile, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        shutil.copyfileobj(part.file, file, 1024 * 1024)


def _safe(name: str, number: int) -> str:
    """The last part of a name, whatever system it comes from: no folders, no control signs, never hidden."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(". ")[-150:]
    return kept or f"file-{number + 1}"


def shown_as_sent(files: Iterable[SourceFile], folder: Path) -> Iterator[SourceFile]:
    """The files with the names that the caller gave them, so that no path of this machine stands on a record."""
    for file in files:
        yield replace(file, path=_name(file.path, folder), rows=_Renamed(file, folder))


class _Renamed:
    """The rows of a file, each with its place renamed."""

    def __init__(self, file: SourceFile, folder: Path) -> None:
        self._file = file
        self._folder = folder

    def __call__(self) -> Iterator[Row]:
        for row in self._file.rows():
            yield replace(row, place=Place(_name(row.place.path, self._folder), row.place.line))


def _name(path: str, folder: Path) -> str:
    inside = path.removeprefix(f"{folder}/")
    number, slash, rest = inside.partition("/")
    return rest if slash and number.isdigit() else inside
