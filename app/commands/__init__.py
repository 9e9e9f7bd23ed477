"""The commands of `sverka`, a module for each group; a module that holds `cli` is a part of the command line by being there."""

MODULES = {
    "analyse": "analyse",
    "audit": "keeping",
    "backup": "keeping",
    "check": "check",
    "compare": "comparing",
    "demo": "serving",
    "explain": "findings",
    "export": "export",
    "findings": "findings",
    "generate": "city",
    "ingest": "ingest",
    "kin": "findings",
    "match": "matching",
    "quarantine": "ingest",
    "restore": "keeping",
    "screen-list": "screening",
    "serve": "serving",
    "user": "accounts",
}
"""The module of each command, so that a command waits for no other's libraries; a test compares it with the modules."""
