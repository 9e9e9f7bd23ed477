"""The OpenAPI description: how to sign in, the purpose header where it is asked for, and the refusals of every route."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from app.access.doors import is_open
from app.access.guard import Needs, ReadsPerson
from app.api.problems import MEDIA_TYPE, Problem

PURPOSE = {
    "name": "X-Purpose",
    "in": "header",
    "required": False,
    "description": "Why the person is read: `case NUMBER` or `reason TEXT`; not needed when the key or the session has one.",
    "schema": {"type": "string", "pattern": "^(case|reason) .+"},
    "example": "case 12-2026",
}
SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "sverka_session"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "key": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "ApiKey KEY"},
}
REFUSALS = {401: "Not signed in", 403: "No right", 422: "Fields are wrong", 429: "Too often", 500: "Internal error", 503: "No graph"}


def install(application: FastAPI) -> None:
    """Make `app.openapi()` complete."""

    def described() -> dict[str, Any]:
        if not application.openapi_schema:
            application.openapi_schema = describe(application)
        return application.openapi_schema

    application.openapi = described  # type: ignore[method-assign]  # the framework's own way to extend it


def describe(application: FastAPI) -> dict[str, Any]:
    """The whole document."""
    said = "Possible conflicts of interest of a city."
    document: dict[str, Any] = get_openapi(
        title=application.title, version=application.version, routes=application.routes, description=said
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    document["components"]["securitySchemes"] = SECURITY
    for route in api_routes(application):
        for method in route.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}:
            _complete(document["paths"][route.path][method.lower()], route, method)
    return document


@dataclass(frozen=True, slots=True)
class Described:
    """A route as it is served, whatever router it came from, and what it asks of its viewer at any depth of its dependencies."""

    path: str
    methods: frozenset[str]
    guards: tuple[Needs | ReadsPerson, ...]


def api_routes(application: FastAPI) -> list[Described]:
    """Every route that the document describes."""
    return [
        Described(str(context.path_format), frozenset(context.methods or ()), tuple(_guards(context.dependant)))
        for context in iter_route_contexts(application.routes)
        if isinstance(context.original_route, APIRoute) and context.include_in_schema
    ]


def _guards(dependant: Dependant) -> Iterator[Needs | ReadsPerson]:
    if isinstance(dependant.call, Needs | ReadsPerson):
        yield dependant.call
    for inner in dependant.dependencies:
        yield from _guards(inner)


def _complete(operation: dict[str, Any], route: Described, method: str) -> None:
    refusals = dict(REFUSALS)
    if is_open(method, route.path):
        del refusals[403]
        operation["security"] = []
    else:
        operation["security"] = [{"session": []}, {"bearer": []}, {"key": []}]
        refusals[400] = "The request or its X-Purpose cannot be read"
    if any(isinstance(guard, ReadsPerson) for guard in route.guards):
        refusals[428] = "A purpose is needed"
        operation.setdefault("parameters", []).append(PURPOSE)
    if "{" in route.path:
        refusals[404] = "No such thing"
    if method != "GET":
        refusals |= {409: "Not possible now", 413: "Too large", 400: "The request cannot be read"}
    for status, text in sorted(refusals.items()):
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        operation["responses"][str(status)] = {"description": text, "content": content}
