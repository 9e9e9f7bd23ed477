"""What every router shares: the pages of the application, forms with a change token, errors as pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute

from app.web.page import Pages, viewer_of
from domain.errors import AccessError, NotSignedIn, SverkaError, UsageError


class BadToken(AccessError):
    """A form without the change token of this session: sent by another site, or from before a new sign-in."""

    code = "bad_token"


class PageRoute(APIRoute):
    """A route whose SverkaErrors become pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with the pages around it."""
        handle = super().get_route_handler()

        async def handle_as_page(request: Request) -> Response:
            pages: Pages = request.app.state.pages
            try:
                return await handle(request)
            except SverkaError as error:
                problem: SverkaError = error
            except RequestValidationError:
                problem = UsageError(
                    "В адресе или форме есть значение, которого не бывает.", "The address or form has an impossible value."
                )
            return await run_in_threadpool(pages.problem, request, problem)  # it reads the graph for the number beside «Сигналы»

        return handle_as_page


def pages_of(request: Request) -> Pages:
    """The pages of this application."""
    pages: Pages = request.app.state.pages
    return pages


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; of a field sent twice the last counts."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def checked_form(request: Request) -> dict[str, str]:
    """The fields of a form that carries the session's change token, as the field `csrf` or the header X-CSRF-Token."""
    viewer = viewer_of(request)
    if viewer is None:
        raise NotSignedIn("Войдите, чтобы продолжить.", "Sign in to continue.")
    form = await form_of(request)
    token = form.get("csrf") or request.headers.get("x-csrf-token") or ""
    if not secrets.compare_digest(token.encode(), viewer.csrf.encode()):
        await request.close()  # what was uploaded with it
        raise BadToken("Страница устарела: откройте её заново и повторите.", "The page is out of date: open it again and repeat.")
    return form


PagesIn = Annotated[Pages, Depends(pages_of)]
Form = Annotated[dict[str, str], Depends(checked_form)]
OpenForm = Annotated[dict[str, str], Depends(form_of)]
