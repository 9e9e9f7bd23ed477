"""From any error to one shape: problem documents of RFC 9457, in the reader's language."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import structlog
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.access.credentials import language_of
from app.access.doors import PasswordChangeRequired
from app.access.headers import SECURITY_HEADERS
from app.access.signin import Wait
from domain.errors import NotFound, SverkaError, UsageError
from domain.yaml_text import load_yaml

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)


class FieldProblem(BaseModel):
    """One field of the request that is wrong; its value is not repeated, since it may be personal."""

    where: str
    code: str
    message: str


class Problem(BaseModel):
    """A problem document."""

    type: str = Field(description="urn:sverka:problem:CODE")
    title: str
    status: int
    detail: str
    code: str
    hint: str = ""
    instance: str = Field("", description="number of the error, for the administrator; only for internal errors")
    errors: list[FieldProblem] = []


@cache
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = load_yaml(Path(__file__).with_name("problems.yaml").read_text(encoding="utf-8"))
    return texts


def problem(code: str, status: int, detail: str, language: str, *, hint: str = "", instance: str = "") -> Problem:
    """A document with the title, and the hint where none is given, of problems.yaml."""
    known = _texts()["codes"].get(code, {})
    title = known.get("title") or _texts()["statuses"].get(status) or {"en": HTTPStatus(status).phrase, "ru": HTTPStatus(status).phrase}
    hint = hint or known.get("hint", {}).get(language, "")
    kind = f"urn:sverka:problem:{code}"
    return Problem(type=kind, title=title[language], status=status, detail=detail, code=code, hint=hint, instance=instance)


def of_error(error: SverkaError, language: str) -> Problem:
    """The document of an error of the tree. What is our own fault (500) says nothing of its inside."""
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return internal(error, language)
    detail = error.message_en if language == "en" else error.message_ru
    return problem(error.code, error.status, detail, language, hint=error.hint)


def internal(error: Exception, language: str) -> Problem:
    """An error that nobody expected: logged under a number, and only the number is shown."""
    number = secrets.token_hex(4)
    log.error("unexpected error", number=number, exc_info=error)
    said = {"ru": f"Ошибка № {number}. Она записана в журнал сервера.", "en": f"Error no. {number}. It stands in the server's log."}
    return problem("internal", 500, said[language], language, instance=f"urn:sverka:error:{number}")


def of_http(error: HTTPException, language: str) -> Problem:
    """The framework's own refusals: 404, 405 and their like."""
    codes = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    texts = _texts()["statuses"].get(error.status_code, {})
    detail = {404: {"ru": "По этому адресу ничего нет.", "en": "There is nothing at this address."}}.get(error.status_code, texts)
    code = codes.get(error.status_code, f"http_{error.status_code}")
    return problem(code, error.status_code, detail.get(language, str(error.detail)), language)


def of_validation(errors: Sequence[Any], language: str) -> Problem:
    """A request whose parameters or body do not have the declared form."""
    fields = [FieldProblem(where=".".join(map(str, one["loc"])), code=str(one["type"]), message=str(one["msg"])) for one in errors]
    names = ", ".join(field.where for field in fields)
    said = {"ru": f"Не подходят поля: {names}.", "en": f"These fields are wrong: {names}."}
    return problem("invalid_request", 422, said[language], language).model_copy(update={"errors": fields})


def respond(found: Problem, error: Exception | None = None) -> Response:
    """The document as a response, with the headers its status asks for."""
    headers = dict(SECURITY_HEADERS) | {"Cache-Control": "no-store"}
    if found.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="sverka", ApiKey realm="sverka"'
    if isinstance(error, Wait):
        headers["Retry-After"] = str(error.seconds)
    if isinstance(error, HTTPException) and error.headers:
        headers |= dict(error.headers)
    return JSONResponse(found.model_dump(exclude_defaults=True), found.status, headers, MEDIA_TYPE)


def answer(request: HTTPConnection, error: Exception, default: str = "ru") -> Response:
    """Any exception as a response: a page for a browser where there are pages, else a problem document."""
    language = language_of(request, getattr(getattr(request.state, "viewer", None), "language", default))
    pages = getattr(request.app.state, "pages", None)
    if pages is not None and wants_page(request):
        if isinstance(error, PasswordChangeRequired) and request.scope["method"] == "GET":
            return RedirectResponse("/password", HTTPStatus.SEE_OTHER)
        shown: Response = pages.problem(request, _for_page(error))
        return shown
    if isinstance(error, SverkaError):
        return respond(of_error(error, language), error)
    if isinstance(error, RequestValidationError):
        return respond(of_validation(error.errors(), language), error)
    if isinstance(error, HTTPException):
        return respond(of_http(error, language), error)
    return respond(internal(error, language), error)


def handle(request: Request, error: Exception) -> Response:
    """The exception handler of the application; not async, since a page for an error reads the graph."""
    return answer(request, error)


def wants_page(request: HTTPConnection) -> bool:
    """Whether a browser asks for a page or a fragment of one, not a program for data."""
    if request.url.path.startswith(("/api/", "/metrics", "/health/")):
        return False
    return "text/html" in request.headers.get("accept", "") or request.headers.get("hx-request") == "true"


def _for_page(error: Exception) -> SverkaError:
    """The error as one of the tree, which is what pages know how to show."""
    if isinstance(error, SverkaError):
        return error
    if isinstance(error, RequestValidationError):
        found = [of_validation(error.errors(), language) for language in ("ru", "en")]
        return UsageError(found[0].detail, found[1].detail)
    if isinstance(error, HTTPException):
        found = [of_http(error, language) for language in ("ru", "en")]
        kind = NotFound if error.status_code == HTTPStatus.NOT_FOUND else UsageError
        return kind(found[0].detail, found[1].detail)
    said = internal(error, "ru")
    return SverkaError(said.detail, f"Error no. {said.instance.rpartition(':')[2]}. It stands in the server's log.")
