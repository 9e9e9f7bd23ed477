"""The driver, without what it would load for nothing.

It imports pandas where that is installed (the forecast's library brings it), only to turn its own results into data frames. Nobody
here asks for those, and every command would wait a second for it.
"""

import sys

_HIDDEN = "pandas" not in sys.modules
if _HIDDEN:
    sys.modules["pandas"] = None  # type: ignore[assignment]  # an import of it fails, which the driver takes for its absence

import neo4j  # noqa: E402
import neo4j.graph  # noqa: E402
import neo4j.time  # noqa: E402
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired  # noqa: E402

if _HIDDEN:
    del sys.modules["pandas"]

__all__ = ["AuthError", "DriverError", "Neo4jError", "ServiceUnavailable", "SessionExpired", "neo4j"]
