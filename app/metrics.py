"""Counters of the running application for Prometheus: requests by route, sign-ins, and time spent."""

from __future__ import annotations

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """One registry for each application, so that two of them in a test do not meet."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    sign_ins: Counter = field(init=False)

    def __post_init__(self) -> None:
        labels = ["method", "route", "status"]
        requests = Counter("sverka_requests_total", "Requests by route template.", labels, registry=self.registry)
        seconds = Histogram("sverka_request_seconds", "Time to answer.", ["route"], buckets=SECONDS, registry=self.registry)
        sign_ins = Counter("sverka_sign_ins_total", "Sign-in attempts by result.", ["result"], registry=self.registry)
        object.__setattr__(self, "requests", requests)
        object.__setattr__(self, "seconds", seconds)
        object.__setattr__(self, "sign_ins", sign_ins)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request; `route` is the template, never the path, which holds ids."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All of it in the exposition format."""
        return generate_latest(self.registry)
