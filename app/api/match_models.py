"""The shapes of screening: yente's answers, which our explanation rides along with."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.api.models import Growing

EXAMPLE = {
    "queries": {
        "q1": {"schema": "Person", "properties": {"name": ["Хайруллин Айдар Ринатович"], "birthDate": ["1979-03-14"]}},
        "q2": {"schema": "Company", "properties": {"name": ["ООО «Идел-Строй Тест»"]}},
    }
}


class Total(BaseModel):
    """How many results there are above the cutoff; `relation` is always eq."""

    value: int
    relation: str


class QueryOut(BaseModel):
    """The query as it was understood."""

    model_config = ConfigDict(populate_by_name=True)

    id: str | None = None
    schema_: str = Field(alias="schema")
    properties: dict[str, list[str]]


class ScoredOut(Growing):
    """One candidate. `score` is the calibrated probability of one and the same; `explanation` has grade, test, sentence and features."""

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]
    referents: list[str]
    target: bool
    score: float
    match: bool
    features: dict[str, float]
    explanation: dict[str, Any]


class MatchesOut(BaseModel):
    """The answer to one query; `status` 400 and `detail` where it could not be read."""

    status: int
    results: list[ScoredOut]
    total: Total
    query: QueryOut
    detail: str | None = None


class FeatureDoc(BaseModel):
    """What a feature compares."""

    description: str
    coefficient: float
    url: str | None = None


class MatchAnswers(BaseModel):
    """Answers under the names of their queries."""

    responses: dict[str, MatchesOut]
    matcher: dict[str, FeatureDoc]
    limit: int


class Algorithm(BaseModel):
    """A way of judging."""

    name: str
    description: str
    features: dict[str, FeatureDoc]


class AlgorithmList(BaseModel):
    """All of them."""

    algorithms: list[Algorithm]
    default: str
    best: str


class Dataset(BaseModel):
    """What can be screened against."""

    name: str
    title: str
    load: bool
    version: str
    index_current: bool
    children: list[str]


class CatalogOut(BaseModel):
    """All datasets."""

    datasets: list[Dataset]
    current: list[str]
    outdated: list[str]
    index_stale: bool


class Operational(BaseModel):
    """The service answers."""

    status: str
