"""Derived edges: rebuilt from facts, never patched; they name the facts they came from."""

from graph_models.model import SPAN, EdgeType, NodeType, Prop

_VIA = {
    "id": Prop("text", "stable within the pair"),
    "via": Prop("list of text", "ids of the facts"),
    "missing": Prop("list of text", "fields whose absence makes it uncertain"),
    **SPAN,
}
CONTRADICTION = NodeType(
    "Contradiction",
    "Records that cannot all be true: a finding about data, never about a person.",
    "id",
    {
        "id": Prop("text", "hash of kind, people, firms and facts"),
        "kind": Prop("text", "two_spouses, young_parent, ancestry_cycle, sex, impossible_birth, over_100, shared_number"),
        "message_ru": Prop("text", "a sentence", personal=True),
        "message_en": Prop("text", "a sentence", personal=True),
        "facts": Prop("list of text", "ids of the facts, or keys of the records"),
        "day": Prop("day", "first day of it"),
    },
)
CONCERNS = EdgeType("CONCERNS", "The contradiction is about.", ("Contradiction",), ("Person", "Organization"), derived=True)
KIN = EdgeType(
    "KIN",
    "The end is a relative of the start, who is read as the official.",
    ("Person",),
    ("Person",),
    {
        "path": Prop("text", "letters P, C, S, B read from the start; empty for a declared tie outside the lists"),
        "term": Prop("text", "the Russian word for it"),
        "lists": Prop("list of text", "laws in whose list it counts from the start's side"),
        "reverse": Prop("boolean", "counts under 273-ФЗ only from the other side"),
        "declared": Prop("boolean", "by a word, the person in between unknown"),
        "ambiguous": Prop("boolean", "the word has several meanings"),
        "grade": Prop("text", "certain, or weak where the end is only a namesake so far"),
        "full": Prop("text", "full or half, for siblings"),
        **_VIA,
    },
    derived=True,
)
SELF = EdgeType(
    "SELF",
    "The official himself; stands where a relative could.",
    ("Person",),
    ("Person",),
    {
        "grade": Prop("text", "certain, or weak for a namesake"),
        **_VIA,
    },
    derived=True,
)
REQUISITE = NodeType(
    "Requisite",
    "A phone, mailbox, address or account of officials, their kin or firms.",
    "id",
    {
        "id": Prop("text", "kind and folded value", personal=True),
        "kind": Prop("text", "phone, email, address, account"),
        "firms": Prop("integer", "organizations that use it; from five on it says nothing"),
    },
)
USES = EdgeType(
    "USES",
    "Has this requisite, by a record.",
    ("Person", "Organization"),
    ("Requisite",),
    {"id": Prop("text", "the requisite"), "record": Prop("text", "key of a record that says it"), "source": Prop("text", "its source")},
    derived=True,
)
STAKE = EdgeType(
    "STAKE",
    "Owns, directly or through firms, a share within bounds on each day of the span.",
    ("Person", "Organization"),
    ("Organization",),
    {
        "share_lo": Prop("number", "at least this share of 1, ten decimals"),
        "share_hi": Prop("number", "at most this share of 1"),
        "direct": Prop("boolean", "no firm in between"),
        "links": Prop("JSON", "the strongest path, link by link"),
        **_VIA,
    },
    derived=True,
)
