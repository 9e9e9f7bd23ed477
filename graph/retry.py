"""Which failures of the database are tried again, how often, and why that is right."""

from __future__ import annotations

import random
from dataclasses import dataclass

BASE_SECONDS = 0.01
CAP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Again:
    """A failure after which the whole transaction may run again: how many runs at most, and the reason."""

    attempts: int
    reason: str


CONSTRAINT = "Neo.ClientError.Schema.ConstraintValidationFailed"
RETRIED: dict[str, Again] = {
    CONSTRAINT: Again(14, "of several concurrent MERGEs of one unique key all but one lose; on the next run they find the winner's node"),
    "Neo.TransientError.Transaction.DeadlockDetected": Again(
        20, "Neo4j: a deadlock's victim; embedded: a page was changed by a concurrent commit; both were rolled back completely"
    ),
    "Neo.TransientError.Transaction.LockAcquisitionTimeout": Again(8, "waited too long for a lock; rolled back"),
    "Neo.ClientError.Transaction.LockAcquisitionTimeout": Again(8, "the same, as Neo4j 5 names it"),
    "Neo.TransientError.Transaction.LockClientStopped": Again(8, "the server ended the transaction to break a deadlock"),
    "Neo.TransientError.Transaction.Outdated": Again(8, "the schema or the data changed under the transaction; rolled back"),
    "Neo.TransientError.Transaction.BookmarkTimeout": Again(4, "a read replica has not caught up with our last write yet"),
    "Neo.TransientError.Database.DatabaseUnavailable": Again(30, "a database that is starting or a cluster that elects a leader"),
    "Neo.TransientError.General.DatabaseUnavailable": Again(30, "the same, from a whole server"),
    "Neo.TransientError.General.OutOfMemoryError": Again(3, "the server shed load; a smaller neighbour may have finished"),
    "Neo.ClientError.Cluster.NotALeader": Again(30, "the leader moved; the driver routes the next run to the new one"),
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": Again(30, "the same, seen from the former leader"),
}
# A lost connection is tried again only where nothing was committed yet; the client knows where.
LOST_CONNECTION = Again(6, "the engine was restarted or the network broke before the commit was sent")


def pause(attempt: int) -> float:
    """Seconds to wait before run `attempt + 1`: full jitter, so that losers of one race do not meet again."""
    return random.uniform(0, min(CAP_SECONDS, BASE_SECONDS * 2**attempt))  # noqa: S311 - a pause, not a secret
