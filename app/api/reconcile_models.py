"""The shapes of OpenRefine's Reconciliation API 0.2."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from app.api.models import Growing


class Named(BaseModel):
    """A type or a property."""

    id: str
    name: str


class Template(BaseModel):
    """An address with `{{id}}` in it."""

    url: str


class Service(BaseModel):
    """Where a part of the service is asked."""

    service_url: str
    service_path: str


class Suggests(BaseModel):
    """The three kinds of suggestions."""

    entity: Service
    type: Service
    property: Service


class Extends(BaseModel):
    """How values are brought back into a table."""

    propose_properties: Service
    property_settings: list[Any] = []


class Manifest(BaseModel):
    """What the service can do."""

    versions: list[str]
    name: str
    identifierSpace: str  # noqa: N815 - the protocol's own name
    schemaSpace: str  # noqa: N815
    defaultTypes: list[Named]  # noqa: N815
    view: Template
    suggest: Suggests
    extend: Extends
    batchSize: int  # noqa: N815


class FeatureOut(BaseModel):
    """A feature of the comparison; 1 agrees, 0 differs."""

    id: str
    value: float


class Candidate(Growing):
    """One candidate. `score` is the probability in per cent; `match` is set for one candidate at most."""

    id: str
    name: str
    description: str
    type: list[Named]
    score: float
    match: bool
    features: list[FeatureOut]


class Candidates(BaseModel):
    """The answer to one query; `error` where it could not be read."""

    result: list[Candidate]
    error: str | None = None


class Suggested(Growing):
    """A thing to choose."""

    id: str
    name: str
    description: str = ""


class Suggestions(BaseModel):
    """Things to choose, for what was typed."""

    code: str = "/api/status/ok"
    status: str = "200 OK"
    prefix: str
    result: list[Suggested]


class Proposal(BaseModel):
    """Properties whose values can be brought into a table."""

    type: str
    limit: int
    properties: list[Named]


class Value(BaseModel):
    """One value of a cell."""

    str_: str = Field(alias="str")


class Extended(BaseModel):
    """Values by id and property."""

    meta: list[Named]
    rows: dict[str, dict[str, list[Value]]]
