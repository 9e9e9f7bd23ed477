"""The canonical nodes: one per real person, organization, event, notice or other thing."""

from graph_models.model import CANONICAL, EdgeType, NodeType, Prop

PERSON = NodeType(
    "Person",
    "A person.",
    "id",
    {
        **CANONICAL,
        "last": Prop("text", "surname", personal=True),
        "first": Prop("text", "given name", personal=True),
        "patronymic": Prop("text", "patronymic", personal=True),
        "former": Prop("list of text", "former names", personal=True),
        "fold": Prop("text", "folded full name, for search and namesakes", indexed=True, personal=True),
        "facts": Prop("JSON", "what the records say of the person, folded, so that screening need not read them", personal=True),
        "words": Prop("text", "lower-case words of all names, for search", personal=True),
        "birth": Prop("text", "birth date as known", personal=True),
        "birth_lo": Prop("day", "first possible day of birth, 0 = unknown", personal=True),
        "birth_hi": Prop("day", "last possible day of birth", personal=True),
        "death_lo": Prop("day", "first possible day of death, 99999999 = alive"),
        "death_hi": Prop("day", "last possible day of death"),
        "gender": Prop("text", "male, female"),
        "inn": Prop("list of text", "ИНН-12", personal=True),
        "snils": Prop("list of text", "СНИЛС", personal=True),
        "passport": Prop("list of text", "passports", personal=True),
        "phones": Prop("list of text", "phones", personal=True),
        "emails": Prop("list of text", "e-mails", personal=True),
        "addresses": Prop("list of text", "addresses", personal=True),
        "official": Prop("boolean", "holds or held a post, a seat on a commission or a role in an event: may be the official of a finding"),
        "units": Prop("list of text", "bodies where employed: the units that may see the person"),
    },
    schemata=("Person",),
    seen_by=("conflict", "offences", "reporting"),
)
ORGANIZATION = NodeType(
    "Organization",
    "A firm, sole trader, public body, institution or commission.",
    "id",
    {
        **CANONICAL,
        "schema": Prop("text", "Company, PublicBody or Organization"),
        "core": Prop("text", "the distinctive part of the name", indexed=True),
        "words": Prop("text", "lower-case words of all names, for search"),
        "legal_form": Prop("text", "legal form"),
        "inn": Prop("list of text", "ИНН-10 (12 for a sole trader)"),
        "ogrn": Prop("list of text", "ОГРН or ОГРНИП"),
        "kpp": Prop("list of text", "КПП"),
        "addresses": Prop("list of text", "addresses"),
        "body_kind": Prop("text", "administration, department, institution, enterprise, commission, audit_body"),
        "classification": Prop("text", "what a commission does"),
        "natural_monopoly": Prop("boolean", "natural monopoly"),
        "sole_trader": Prop("boolean", "ИП"),
    },
    schemata=("Organization", "Company", "PublicBody", "LegalEntity"),
    seen_by=("conflict", "offences", "reporting"),
)
EVENT = NodeType(
    "Event",
    "A tender, contract, application or offence case: where a power is used.",
    "id",
    {
        **CANONICAL,
        "schema": Prop("text", "Contract, CallForTenders, Application, OffenceCase", indexed=True),
        "title": Prop("text", "what it is about"),
        "date": Prop("text", "the date shown"),
        "window_lo": Prop("day", "first day that counts; 0 = not known"),
        "window_hi": Prop("day", "last day that counts"),
        "window_mode": Prop("text", "all: the date is one of these days; any: a tie on any of these days counts"),
        "missing_date": Prop("text", "the date field that is missing"),
        "amount": Prop("number", "roubles"),
        "law": Prop("text", "44-fz, 223-fz, civil"),
        "item": Prop("text", "item of art. 93 part 1 of 44-ФЗ"),
        "day_number": Prop("integer", "the contract's day counted from the year 1, where it is known to the day"),
        "file_lo": Prop("day", "an offence case: first possible day of its opening"),
        "file_hi": Prop("day", "an offence case: last possible day of its opening"),
        "missing_file": Prop("text", "the date field of the opening that is missing"),
        "okpd2": Prop("text", "ОКПД2"),
        "number": Prop("text", "callId, procedure, registration or case number", indexed=True),
        "procedure": Prop("text", "number of the tender that the contract came from", indexed=True),
        "kind": Prop("text", "kind of application"),
        "regulated_tariff": Prop("boolean", "regulated tariff"),
        "units": Prop("list of text", "authorities: the units that may see it"),
    },
    schemata=("Contract", "CallForTenders", "Application", "OffenceCase"),
    seen_by=("conflict", "reporting"),
)
NOTIFICATION = NodeType(
    "Notification",
    "A notice by an official: personal interest, other paid work, gift.",
    "id",
    {
        **CANONICAL,
        "kind": Prop("text", "personal_interest, other_paid_work, gift, former_official_hired"),
        "number": Prop("text", "number in the register"),
        "date_lo": Prop("day", "first possible day"),
        "date_hi": Prop("day", "last possible day"),
        "measure": Prop("text", "recusal, transfer, reassignment, none"),
        "measure_lo": Prop("day", "day of the measure, 99999999 = none"),
        "measure_hi": Prop("day", "day of the measure"),
    },
    schemata=("Notification",),
)
THING = NodeType(
    "Thing",
    "Any other entity of the feed: shown in the explorer, used by no rule.",
    "id",
    {
        **CANONICAL,
        "schema": Prop("text", "FtM schema"),
    },
    schemata=("*",),
)
PAST = EdgeType(
    "PAST",
    "A fact that is no longer recorded so: what was known before.",
    ("Person", "Organization", "Event"),
    ("Person", "Organization", "Event"),
    {
        "type": Prop("text", "the relationship type it had"),
        "superseded_at": Prop("instant", "until when it was known"),
    },
    fact=True,
)
RELATED = EdgeType(
    "RELATED", "Any other relation of the feed.", ("*",), ("*",), {"schema": Prop("text", "FtM schema")}, schemata=("*",), fact=True
)
