"""Screening of a list: the table is read, its columns are shown, and the answer is shown here or taken away as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from app.web.page import HEADERS, Pages
from app.web.routing import Form, PageRoute, PagesIn
from domain.errors import InputError, SverkaError

router = APIRouter(route_class=PageRoute)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMN = "column-"


@router.get("/lists")
def lists(request: Request, pages: PagesIn) -> Response:
    """The form."""
    # Asked for before a file is chosen: a page that asks in between would lose it.
    pages.caller_with_purpose(request)
    return pages.render(request, "lists.html", read=None, answer=None, wrong="")


@router.post("/lists")
async def screen(request: Request, pages: PagesIn, form: Form) -> Response:
    """`act` says what is wanted: how it is read, the answer on this page, or a workbook. Nothing of the table is kept."""
    # Already parsed by `Form`, which keeps only the texts.
    sent = await request.form()
    part = sent.get("file")
    content, name = (await part.read(), part.filename or "") if isinstance(part, UploadFile) else (b"", "")
    await sent.close()
    return await run_in_threadpool(_screened, request, pages, form, content, name)


def _screened(request: Request, pages: Pages, form: Mapping[str, str], content: bytes, name: str) -> Response:
    act, fresh = form.get("act", "read"), form.get("known") != name
    chosen = {} if fresh else _chosen(form)
    try:
        _must_be_there(content)
        if act == "take":
            caller = pages.caller_with_purpose(request)
            made = pages.desk.list_workbook(caller, content, name, chosen, str(request.base_url))
            shown = quote(f"{name.rpartition('.')[0] or 'list'}-sverka.xlsx")
            return Response(made, media_type=XLSX, headers={**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{shown}"})
        read = pages.desk.read_list(pages.caller(request), content, name, chosen)
        answer = pages.desk.screen_list(pages.caller_with_purpose(request), content, name, chosen) if act == "show" else None
    except InputError as error:
        return _page(request, pages, wrong=error)
    template = "lists_read.html" if request.headers.get("hx-request") == "true" else "lists.html"
    return pages.render(request, template, read=read, answer=answer, wrong="", name=name)


def _must_be_there(content: bytes) -> None:
    if not content:
        raise InputError("Выберите файл .xlsx, .xls или .csv.", "Choose a file, .xlsx, .xls or .csv.")


def _page(request: Request, pages: Pages, wrong: SverkaError) -> Response:
    said = wrong.message_en if pages.language(request) == "en" else wrong.message_ru
    fragment = request.headers.get("hx-request") == "true"
    # A script swaps in what it is answered only with 200.
    template, status = ("lists_read.html", 200) if fragment else ("lists.html", 422)
    return pages.render(request, template, status=status, read=None, answer=None, wrong=said, name="")


def _chosen(form: Mapping[str, str]) -> dict[int, str]:
    """`column-3` = birthDate; an empty value: the column is not used."""
    return {
        int(key.removeprefix(COLUMN)): value
        for key, value in form.items()
        if key.removeprefix(COLUMN).isdecimal() and key.startswith(COLUMN)
    }
