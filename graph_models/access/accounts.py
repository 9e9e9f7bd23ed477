"""Accounts, their sessions and keys, and what is remembered of failed sign-ins."""

from graph_models.model import NodeType, Prop

USER = NodeType(
    "User",
    "An account.",
    "id",
    {
        "id": Prop("text", "folded sign-in name"),
        "name": Prop("text", "sign-in name as it was given"),
        "roles": Prop("list of text", "names of roles"),
        "units": Prop("list of text", "ids of the bodies whose things the account sees; empty = all that its roles allow"),
        "person": Prop("text", "id of the user's own Person: nobody handles what concerns himself (R-28)", indexed=True),
        "password": Prop("text", "Argon2id hash"),
        "must_change": Prop("boolean", "the password is a one-time one"),
        "password_until": Prop("instant", "a one-time password is refused after this"),
        "changed_at": Prop("instant", "when the password was set"),
        "created_at": Prop("instant", "when"),
        "signed_in_at": Prop("instant", "last sign-in"),
        "disabled_at": Prop("instant", "since when the account is closed; absent = open"),
        "language": Prop("text", "ru or en"),
    },
    seen_by=("access",),
)
SESSION = NodeType(
    "Session",
    "One signed-in browser.",
    "id",
    {
        "id": Prop("text", "SHA-256 of the cookie's token"),
        "user": Prop("text", "id of the account", indexed=True),
        "created_at": Prop("instant", "sign-in"),
        "seen_at": Prop("instant", "last request, to within ten seconds"),
        "ended_at": Prop("instant", "signed out or revoked; absent = open"),
        "ended_by": Prop("text", "who ended it"),
        "purpose": Prop("text", "why people are read in this session: case NUMBER or reason TEXT"),
        "language": Prop("text", "ru or en, where chosen"),
        "address": Prop("text", "where the sign-in came from"),
        "agent": Prop("text", "the browser, shortened"),
    },
    seen_by=("access",),
)
API_KEY = NodeType(
    "ApiKey",
    "A key for another system; never has more rights than its owner.",
    "id",
    {
        "id": Prop("text", "public part of the key"),
        "hash": Prop("text", "SHA-256 of the secret part"),
        "title": Prop("text", "what it is for"),
        "user": Prop("text", "id of the owner's account", indexed=True),
        "scopes": Prop("list of text", "names of scopes"),
        "units": Prop("list of text", "narrower than the owner's; empty = the owner's"),
        "purpose": Prop("text", "purpose fixed when the key was made"),
        "created_at": Prop("instant", "when"),
        "expires_at": Prop("instant", "refused from then on; absent = never"),
        "used_at": Prop("instant", "last use, to within a minute"),
        "ended_at": Prop("instant", "revoked; absent = open"),
        "ended_by": Prop("text", "who revoked it"),
    },
    seen_by=("access",),
)
SIGN_IN_TRIES = NodeType(
    "SignInTries",
    "Failed sign-ins for one name, whether an account has it or not.",
    "id",
    {
        "id": Prop("text", "SHA-256 of the folded name: what was typed may be a password"),
        "failures": Prop("integer", "failures since the last success"),
        "last_at": Prop("instant", "last failure", indexed=True),
        "locked_until": Prop("instant", "no sign-in before"),
        "turn": Prop("text", "written first by each try, so that the second waits or is retried"),
    },
    seen_by=("access",),
)
AUDIT_LINE = NodeType(
    "AuditLine",
    "One act: a read of a person or a change. Lines form a hash chain and are never changed.",
    "n",
    {
        "n": Prop("integer", "number, without gaps, from 1"),
        "at": Prop("instant", "when"),
        "who": Prop("text", "account, key:ID of ACCOUNT, cli:USER or system", indexed=True),
        "role": Prop("text", "roles at that moment"),
        "action": Prop("text", "what was done", indexed=True),
        "object": Prop("text", "to what", indexed=True),
        "purpose": Prop("text", "why"),
        "result": Prop("text", "done, refused:CODE, or a count"),
        "before": Prop("JSON", "what a change replaced", personal=True),
        "after": Prop("JSON", "what a change wrote", personal=True),
        "previous_hash": Prop("text", "hash of line n-1"),
        "hash": Prop("text", "SHA-256 of the canonical JSON of all other properties", indexed=True),
    },
    seen_by=("access",),
)
AUDIT_HEAD = NodeType(
    "AuditHead",
    "The end of the chain: writers take turns on it, and a cut tail shows against it.",
    "id",
    {
        "id": Prop("text", "always `audit`"),
        "n": Prop("integer", "number of the last line"),
        "hash": Prop("text", "its hash"),
        "turn": Prop("text", "written first by each writer, so that the second waits or is retried"),
    },
    seen_by=("access",),
)
