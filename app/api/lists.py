"""Screening of an uploaded table over HTTP: a workbook or csv file in, the same rows with the best matches out."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.access.guard import Reading, ReadsPerson
from app.api.reading import wiring_of
from app.lists.reading import ListTable, columns_by_header, read_list
from app.lists.served import MOST_ROWS, XLSX, serve
from app.screener import Screener
from domain.errors import UsageError

router = APIRouter(prefix="/api/v1", tags=["screening"])
Screening = Annotated[Reading, Depends(ReadsPerson("match.run", together=True))]
_FILE = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FILE}}}}
ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}


@router.post("/match/list", summary="Screen a list", response_class=Response, responses=ANSWER, openapi_extra=BODY)
async def screen_list(
    request: Request,
    reading: Screening,
    column: Annotated[list[str] | None, Query(max_length=200, description="HEADER=field, where a header does not tell")] = None,
) -> Response:
    """A table of people or organizations (xlsx, xls, csv) in; an xlsx of the same rows with match, probability, grade and reasons out."""
    content, name = await _file(request)
    made = await run_in_threadpool(_screened, request, reading, content, name, column or [])
    shown = quote(f"{name.rpartition('.')[0] or 'list'}-sverka.xlsx")
    return Response(made, media_type=XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{shown}"})


async def _file(request: Request) -> tuple[bytes, str]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UsageError("Файл посылается формой multipart/form-data.", "Send the file as multipart/form-data.", hint="file=@list.xlsx")
    async with request.form(max_files=1, max_fields=10) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise UsageError("В запросе нет файла.", "There is no file in the request.", hint="file=@list.xlsx")
        return await part.read(), part.filename or "list"


def _screened(request: Request, reading: Reading, content: bytes, name: str, columns: list[str]) -> bytes:
    wiring, screener = wiring_of(request), Screener(reading)
    site = wiring.settings.public_url or str(request.base_url)
    return serve(wiring.graph, screener, _table(content, name, columns)).workbook(screener, site)


def _table(content: bytes, name: str, columns: list[str]) -> ListTable:
    chosen = [one.rpartition("=") for one in columns]
    if not all(header and field for header, _, field in chosen):
        raise UsageError("column: нужно ЗАГОЛОВОК=поле.", "column: HEADER=field is wanted.")
    table = read_list(content, name, MOST_ROWS, certain_header=[header for header, _, _ in chosen])
    return table.with_fields(columns_by_header(table, {header: field for header, _, field in chosen}))
