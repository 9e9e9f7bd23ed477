"""Facts about people, bodies, firms and events: dated edges that name their source."""

from graph_models.model import EdgeType, Prop

_WHO = ("Person", "Organization")
EMPLOYED_BY = EdgeType(
    "EMPLOYED_BY",
    "Holds a post at.",
    ("Person",),
    ("Organization",),
    {
        "role": Prop("text", "the post as written"),
        "service": Prop("text", "municipal_servant, municipal_post, employee; absent = unknown"),
        "kind": Prop("text", "main, part_time, combined, civil_contract"),
        "post": Prop("text", "head, deputy_head, chief_accountant, hr_head, contract_service_head, contract_manager, specialist, other"),
        "department": Prop("text", "department"),
        "listed": Prop("boolean", "on the list of art. 12 273-ФЗ; absent = unknown"),
        "rate": Prop("number", "rate"),
        "hours": Prop("number", "hours a week"),
        "works_from": Prop("list of integer", "timetable: minutes of the week at which work begins"),
        "works_to": Prop("list of integer", "timetable: minutes of the week at which it ends"),
        "day_minutes": Prop("integer", "the longest working day in minutes"),
        "pay": Prop("number", "pay a month, roubles", personal=True),
        "bonus": Prop("number", "bonus a month, roubles", personal=True),
        "base_pay": Prop("number", "salary without additions, roubles", personal=True),
        "staff_pay": Prop("number", "salary by the staffing table, roubles"),
        "pay_group": Prop("text", "group of posts that are paid alike"),
        "pay_period": Prop("text", "the period that the pay is of"),
        "hired_by": Prop("list of text", "keys of the records of those who hired"),
        "pay_signed_by": Prop("list of text", "keys of the records of those who signed the pay order"),
        "consent_lo": Prop("day", "the founder's consent: first possible day"),
        "consent_hi": Prop("day", "the founder's consent: last possible day"),
    },
    schemata=("Employment",),
    fact=True,
)
SUBORDINATE_TO = EdgeType(
    "SUBORDINATE_TO",
    "Is below: subordinate to superior.",
    _WHO,
    _WHO,
    {
        "kind": Prop("text", "reports_to, controls, pays"),
    },
    schemata=("Subordination",),
    fact=True,
)
PARENT_OF = EdgeType(
    "PARENT_OF",
    "Is a parent of.",
    ("Person",),
    ("Person",),
    {
        "adoptive": Prop("boolean", "by adoption"),
        "dated": Prop("boolean", "the record itself has dates"),
    },
    schemata=("Family",),
    fact=True,
)
SPOUSE_OF = EdgeType("SPOUSE_OF", "Is married to; stored once.", ("Person",), ("Person",), schemata=("Family",), fact=True)
SIBLING_OF = EdgeType("SIBLING_OF", "Is a brother or sister of; stored once.", ("Person",), ("Person",), schemata=("Family",), fact=True)
DECLARED_KIN = EdgeType(
    "DECLARED_KIN",
    "Names a relative by a word, the person in between unknown.",
    ("Person",),
    ("Person",),
    {
        "word": Prop("text", "the word: relative is the WORD of the person"),
    },
    schemata=("Family",),
    fact=True,
)
GUARDIAN_OF = EdgeType("GUARDIAN_OF", "Is guardian of.", ("Person",), ("Person",), schemata=("Family",), fact=True)
ASSOCIATED_WITH = EdgeType(
    "ASSOCIATED_WITH",
    "Another declared tie: the end is the RELATIONSHIP of the start.",
    ("Person",),
    ("Person",),
    {
        "relationship": Prop(
            "text", "former_spouse, cohabitant, co_parent, godparent, friend, co_owner, landlord, tenant, common_property, other"
        ),
    },
    schemata=("Associate",),
    fact=True,
)
OWNS = EdgeType(
    "OWNS",
    "Owns a share of.",
    _WHO,
    ("Organization", "Thing"),
    {
        "share": Prop("text", "exact share of 1 as a fraction; absent = unknown"),
        "basis": Prop("text", "trust_management"),
    },
    schemata=("Ownership",),
    fact=True,
)
DIRECTS = EdgeType(
    "DIRECTS",
    "Manages.",
    _WHO,
    ("Organization",),
    {
        "role": Prop("text", "sole_executive, collegial_executive, board, unitary_founder, or other text"),
        "basis": Prop("text", "on_behalf_of_municipality, employer_permission"),
    },
    schemata=("Directorship",),
    fact=True,
)
MEMBER_OF = EdgeType(
    "MEMBER_OF",
    "Is a member of a commission or other body.",
    _WHO,
    ("Organization",),
    {
        "role": Prop("text", "chair, deputy_chair, secretary, member"),
        "basis": Prop("text", "on_behalf_of_municipality, employer_permission"),
    },
    schemata=("Membership",),
    fact=True,
)
REPRESENTS = EdgeType("REPRESENTS", "Acts for.", _WHO, _WHO, {"role": Prop("text", "role")}, schemata=("Representation",), fact=True)
PART_OF = EdgeType(
    "PART_OF", "Has as founder or superior body.", ("Organization",), ("Organization",), schemata=("Organization",), fact=True
)
FOR_AUTHORITY = EdgeType("FOR_AUTHORITY", "Is an event of this body.", ("Event",), ("Organization",), fact=True)
SUPPLIES = EdgeType(
    "SUPPLIES",
    "Is the supplier, bidder or subcontractor in.",
    _WHO,
    ("Event",),
    {
        "role": Prop("text", "supplier, bidder, subcontractor"),
        "status": Prop("text", "rejected, withdrawn"),
        "amount": Prop("number", "roubles"),
    },
    schemata=("ContractAward",),
    fact=True,
)
APPLIES = EdgeType("APPLIES", "Is the applicant of.", _WHO, ("Event",), fact=True)
REPRESENTS_IN = EdgeType("REPRESENTS_IN", "Represents the applicant in.", _WHO, ("Event",), fact=True)
PARTICIPATES = EdgeType(
    "PARTICIPATES",
    "Uses a power in the event.",
    ("Person",),
    ("Event",),
    {
        "role": Prop("text", "decides, prepares, signs, endorses, accepts, controls, handles, votes, commission_member, inspects, expert"),
    },
    schemata=("Participation",),
    fact=True,
)
RUN_BY = EdgeType("RUN_BY", "Is run by this commission.", ("Event",), ("Organization",), fact=True)
UNDER_TENDER = EdgeType("UNDER_TENDER", "The contract came from this tender.", ("Event",), ("Event",), fact=True)
OWES = EdgeType("OWES", "Owes to.", _WHO, _WHO, {"amount": Prop("number", "roubles")}, schemata=("Debt",), fact=True)
LETS_TO = EdgeType("LETS_TO", "Lets to.", _WHO, _WHO, {"amount": Prop("number", "roubles")}, schemata=("Lease",), fact=True)
PAID = EdgeType(
    "PAID",
    "Paid to; counts on its day.",
    _WHO,
    _WHO,
    {
        "amount": Prop("number", "roubles"),
        "kind": Prop("text", "gift, fee, salary, dividend, loan"),
        "purpose": Prop("text", "purpose"),
    },
    schemata=("Payment",),
    fact=True,
)
_DATE = {"date_lo": Prop("day", "first possible day"), "date_hi": Prop("day", "last possible day")}
HAS_DECISION = EdgeType(
    "HAS_DECISION",
    "A commission decided about the person's work at.",
    ("Person",),
    ("Organization",),
    {"category": Prop("text", "INC, POST, SPOUSE …"), "decision": Prop("text", "POST_CONSENT, POST_REFUSE …"), **_DATE},
    schemata=("CommissionDecision",),
    fact=True,
)
DECLARES = EdgeType(
    "DECLARES",
    "Names in a declaration of income.",
    ("Person",),
    _WHO,
    {"what": Prop("text", "spouse, child, organization"), "year": Prop("integer", "the year declared"), **_DATE},
    schemata=("IncomeDeclaration",),
    fact=True,
)
FILED = EdgeType(
    "FILED",
    "Filed the declaration of income.",
    ("Person",),
    ("Thing",),
    {
        "year": Prop("integer", "the year declared"),
        "spouse_told": Prop("boolean", "says something of a spouse, by name or not"),
        "child_told": Prop("boolean", "says something of a child, by name or not"),
        **_DATE,
    },
    schemata=("IncomeDeclaration",),
    fact=True,
)
GAVE = EdgeType("GAVE", "Gave the notice.", ("Person",), ("Notification",), schemata=("Notification",), fact=True)
ABOUT = EdgeType("ABOUT", "The notice is about.", ("Notification",), ("*",), schemata=("Notification",), fact=True)
