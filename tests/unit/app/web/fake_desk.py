"""A desk over invented people and firms, for the tests of the pages and for looking at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from app.web.drafts import DocumentDraft, FactDraft, KinDraft
from app.web.ports import (
    Caller,
    CardTest,
    Comparison,
    DecisionDraft,
    EntityPage,
    FactReceipt,
    FactRow,
    FactSection,
    FindingCard,
    FoundPath,
    HandFact,
    HistoryLine,
    IdentityMatch,
    Inbox,
    InboxQuery,
    InboxRow,
    LawRef,
    LinkCount,
    LinkCounts,
    Progress,
    RecordRef,
    SearchHit,
    SearchResults,
    SourceRecord,
    SourceRow,
    Tab,
    Undo,
    When,
)
from domain.clock import Clock
from domain.dates import FOREVER, NEVER
from domain.errors import ConcurrentChange, GraphUnavailable, NoPurpose, NoRight, NotFound, StateError
from domain.spans import ALWAYS, UNKNOWN_START, Span
from visualizations.chain import ChainNode, SourceLink
from visualizations.scene import Bundle, SceneEdge, SceneNode, Subgraph

from tests.unit.app.web.fake_identity import FakeIdentity
from tests.unit.app.web.fake_lists import FakeLists
from tests.unit.app.web.fake_rules import FakeRules
from tests.unit.app.web.invented import (
    CHAINS,
    EGRUL,
    FORM,
    HELD,
    MASKED,
    MOVES,
    NODES,
    NOW,
    ORDER,
    ROWS,
    SENTENCE,
    SHOP,
    ZAGS,
    F,
    dated,
    details,
    mask,
    schema_of,
)


@dataclass
class FakeDesk(FakeIdentity, FakeLists, FakeRules):
    """Answers as the real desk would, from a handful of invented facts."""

    clock: Clock = field(kw_only=True)
    statuses: dict[str, str] = field(default_factory=dict)
    decided: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)
    added: list[FactDraft] = field(default_factory=list)
    down: bool = False

    def waiting(self, caller: Caller) -> int:
        if self.down:
            raise GraphUnavailable("Нет связи с графом.", "There is no connection to the graph.")
        return 37

    def inbox(self, caller: Caller, query: InboxQuery) -> Inbox:
        self.waiting(caller)
        rows = [self._row(r) for r in ROWS]
        piles = {
            Tab.MINE: [r for r in rows if r.status not in {"CLOSED", "NEED_DATA"}],
            Tab.UNIT: rows,
            Tab.CLARIFY: [r for r in rows if r.status == "NEED_DATA"],
            Tab.SETTLED: [],
        }
        pile = piles[query.tab]
        shown = [r for r in pile if query.rule in (None, r.rule) and query.severity in (None, r.severity)]
        cut = shown[6:] if query.cursor else shown[:6]
        if caller.purpose is None:
            cut = [replace(r, lead=mask(r.lead)) for r in cut]
        counts = {Tab.MINE: 12, Tab.UNIT: 37, Tab.CLARIFY: len(piles[Tab.CLARIFY]), Tab.SETTLED: 0}
        rules = tuple((rule, sum(r.rule == rule for r in pile)) for rule in sorted({r.rule for r in pile}))
        severities = tuple((s, sum(r.severity == s for r in pile)) for s in ("BLOCK", "HIGH", "MEDIUM", "LOW", "INFO"))
        return Inbox(
            rows=tuple(cut),
            counts=counts,
            rules=rules,
            severities=tuple((s, n) for s, n in severities if n),
            progress=Progress(5, 12, 7, 12) if query.tab is Tab.MINE else None,
            scope="Управление образования",
            bodies=214,
            checked_at=datetime(2026, 11, 24, 6, 40, tzinfo=UTC),
            sources=3,
            next_cursor="2" if len(shown) > 6 and not query.cursor else None,
            masked=caller.purpose is None,
        )

    def finding(self, caller: Caller, finding: str) -> FindingCard:
        if caller.purpose is None:
            raise NoPurpose("Укажите дело.", "State the case.")
        found = next((self._row(r) for r in ROWS if r.id == finding), None)
        if found is None:
            raise NotFound("Такого сигнала нет.", "There is no such finding.")
        if finding == "fd-0377":
            raise NoRight("Сигнал другого подразделения.", "A finding of another unit.")
        chain = CHAINS.get(finding, HELD)
        unsure = finding == "fd-0420"
        decision = self.decided.get(finding)
        undo = Undo(decision[0], decision[1], decision[2] + timedelta(seconds=10)) if decision else None
        return FindingCard(
            row=found,
            sentence=SENTENCE if finding != "fd-0411" else f"Возможный конфликт интересов: {found.lead}{found.text}.",
            outcome="not_computable" if unsure else "fired",
            rule_version="2025.1",
            rule_title="Широкий круг родственников в закупке",
            missing=("Family.startDate",) if unsure else (),
            chain=chain,
            event_date="2025-05-12",
            law=(
                LawRef(
                    "273-ФЗ",
                    "ст. 10",
                    date(2009, 1, 10),
                    "Личная заинтересованность есть и тогда, когда выгоду может получить брат супруга.",
                ),
                LawRef(
                    "44-ФЗ", "ст. 38", date(2014, 1, 1), "Контрактный управляющий отвечает за закупку и не должен иметь в ней интереса."
                ),
            ),
            tests=(
                CardTest(
                    "scope",
                    "passed",
                    "договор подписан, правило действует с 2022 года",
                    "the contract is signed, the rule is in force since 2022",
                ),
                CardTest("role", "passed", "подготовил и подписал", "prepared and signed"),
                CardTest("identity", "passed", "имя и дата рождения совпали (S2)", "name and date of birth agree (S2)"),
                CardTest("kin", "passed", "шурин: брат жены", "wife's brother"),
                CardTest(
                    "date", "unknown" if unsure else "passed", "брак с 07.08.2004 не расторгнут", "married since 07.08.2004, not divorced"
                ),
                CardTest("tie", "passed", "60 % и директор", "60 % and director"),
                CardTest("share", "passed", "60 % не меньше 1 %", "60 % is not below 1 %"),
                CardTest("exclusion", "not_applied", "не монополия, не публичный договор", "no monopoly, no public contract"),
            ),
            excluded=(
                CardTest(
                    "namesake",
                    "passed",
                    "дата рождения совпадает, имя и отчество раскрыты",
                    "the date of birth agrees, initials are spelled out",
                ),
                CardTest("ended", "passed", "брак не расторгнут, доля не продана", "no divorce, the share is not sold"),
                CardTest(
                    "other_rule",
                    "not_applied",
                    "44-ФЗ ст. 31 (R-05): брат жены не входит в перечень 44-ФЗ",
                    "44-FZ art. 31 (R-05): a wife's brother is not on its list",
                ),
                CardTest("took_no_part", "passed", "подготовил 05.05, подписал 12.05", "prepared on 05.05, signed on 12.05"),
            ),
            identities=(
                IdentityMatch(
                    "Сафин Т. М.",
                    replace(FORM, label="анкета"),
                    "Сафин Тимур Маратович",
                    replace(EGRUL, label="ЕГРЮЛ"),
                    "certain",
                    0.997,
                    "S2",
                    None,
                    (
                        Comparison("given", "Т. М.", "Тимур Маратович", "partial", 4.6),
                        Comparison("birth", "02.11.1984", "02.11.1984", "agree", 9.2),
                        Comparison("surname", "Сафин", "Сафин", "agree", 1.8),
                        Comparison("phone", "•••• 12-34", "•••• 56-78", "differ", -0.7),
                        Comparison("address", "", "Казань, ул. Тестовая", "absent", 0.0),
                    ),
                ),
            ),
            ownership=("80 % × 15 % = 12 % через «Кояш Тест»", "12 % больше порога 10 %") if finding == "fd-0411" else (),
            share="60 %",
            notice="Уведомления о личной заинтересованности не было." if not unsure else None,
            settles="уведомление до 12.05 или отвод",
            settled_by=None,
            prior=(ROWS[3], ROWS[7]) if finding == "fd-0418" else (),
            prior_amount=1_100_000.0,
            moves=() if found.status == "CLOSED" else MOVES,
            history=(
                HistoryLine(datetime(2026, 11, 24, 6, 40, tzinfo=UTC), "found", ""),
                HistoryLine(
                    datetime(2026, 11, 24, 6, 55, tzinfo=UTC), "decided", "Гарипова А. Р.", "NEW", "IN_CHECK", note="Беру в работу."
                ),
            ),
            undo=undo,
            evidence_sha256="9f2c6a7d51e0b8b4d1f5a1f6c0de7e6d8a3f1b2c4d5e6f708192a3b4c5d6e7f8",
            checked_at=datetime(2026, 11, 24, 6, 40, tzinfo=UTC),
            not_mine=finding == "fd-0402",
        )

    def decide(self, caller: Caller, finding: str, draft: DecisionDraft) -> str:
        card = self.finding(caller, finding)
        if draft.seen_status != card.row.status or draft.evidence_sha256 != card.evidence_sha256:
            raise ConcurrentChange("Сигнал уже изменил другой пользователь.", "Another user has changed the finding.")
        self.decided[finding] = ("d-1", draft.to, self.clock.now())
        self.statuses[finding] = draft.to
        return "d-1"

    def undo(self, caller: Caller, finding: str, decision: str) -> None:
        made = self.decided.pop(finding, None)
        if made is None or made[0] != decision:
            raise StateError("Отменить уже нельзя.", "It can no longer be undone.")
        self.statuses.pop(finding, None)

    def entity(self, caller: Caller, entity: str) -> EntityPage:
        node = self._node(caller, entity)
        masked = node.family in (F.PERSON, F.OFFICIAL) and not caller.full
        if caller.full and caller.purpose is None:
            raise NoPurpose("Укажите дело.", "State the case.")
        real = NODES[entity]
        kin = (
            FactRow("k1", "жена", self._node(caller, "hr-18"), "2004-08-07", None, ZAGS, 90, lists=("273-fz", "44-fz", "135-fz")),
            FactRow(
                "k2",
                "шурин",
                self._node(caller, "p-19"),
                None,
                None,
                FORM,
                50,
                note="брат жены",
                lists=("273-fz",),
                lifelong=True,
                derived=True,
            ),
            FactRow("k3", "зять", self._node(caller, "p-20"), None, "2020-03", SourceLink("внесено вручную", "hand:1"), 50, by_hand=True),
        )
        sections = {
            F.OFFICIAL: (
                FactSection(
                    "posts",
                    (
                        FactRow("j1", "контрактный управляющий", NODES["b-999"], "2016-09-01", None, ORDER, 70),
                        FactRow("j2", "инженер", NODES["b-999"], "2012", "2016-09-01", ORDER, 70, superseded=True),
                    ),
                    2,
                ),
                FactSection("kin", kin, 6),
                FactSection("events", (FactRow("v1", "подписал", NODES["e-77"], "2025-05-12", "2025-05-13", SHOP, 80),), 148),
                FactSection("notices", (), 0),
            ),
            F.FIRM: (
                FactSection("owners", (FactRow("o1", "60 %", self._node(caller, "p-19"), "2014-03-14", None, EGRUL, 90),), 1),
                FactSection("directors", (FactRow("o2", "директор", self._node(caller, "p-19"), "2016-02", None, EGRUL, 90),), 1),
                FactSection("events", (FactRow("v2", "поставщик", NODES["e-77"], "2025-05-12", "2025-05-13", SHOP, 80),), 14),
            ),
            F.EVENT: (
                FactSection("parties", (FactRow("v2", "поставщик", NODES["f-1"], None, None, SHOP, 80),), 1),
                FactSection("roles", (FactRow("v1", "подписал", self._node(caller, "hr-17"), "2025-05-12", "2025-05-13", SHOP, 80),), 1),
            ),
        }.get(real.family, ())
        return EntityPage(
            node=node if masked else real,
            schema=schema_of(real),
            masked=masked,
            maskable=real.family in (F.PERSON, F.OFFICIAL),
            former=("С…",) if entity == "hr-18" else (),
            details=details(real, masked=masked),
            sections=tuple(s for s in sections if s.rows),
            findings=(ROWS[1], ROWS[6]) if entity == "hr-17" else (),
            records=(RecordRef("hr:17", "hr", "Person", node.name, NOW), RecordRef("shop:sign-5", "shop", "Person", node.name, NOW)),
            editable=True,
        )

    def search(self, caller: Caller, text: str, kind: str | None, cursor: str | None) -> SearchResults:
        kinds = {"people": (F.PERSON, F.OFFICIAL), "organizations": (F.FIRM, F.BODY), "events": (F.EVENT,)}
        found = [n for n in NODES.values() if text.lower()[:4] in n.name.lower() or text in n.note]
        counts = {name: sum(n.family in families for n in found) for name, families in kinds.items()}
        shown = [n for n in found if kind is None or n.family in kinds[kind]]
        hits = tuple(
            SearchHit(self._node(caller, n.id), schema_of(n), "бывшая фамилия" if n.id == "hr-18" else "", 2 if n.id == "hr-17" else 0)
            for n in shown
        )
        return SearchResults(hits, counts)

    def links(self, caller: Caller, entity: str, when: When) -> LinkCounts:
        node = NODES.get(entity) or self._node(caller, entity)
        kinds = {
            F.OFFICIAL: (
                LinkCount("kin", 6),
                LinkCount("kin_firms", 2),
                LinkCount("posts", 2),
                LinkCount("events", 148, hub=True),
                LinkCount("subordinates", 0),
                LinkCount("shared", 1),
            ),
            F.PERSON: (LinkCount("kin", 5), LinkCount("firms", 2)),
            F.FIRM: (
                LinkCount("owners", 2),
                LinkCount("directors", 1),
                LinkCount("events", 14, hub=True),
                LinkCount("shared", 212, hub=True),
            ),
        }.get(node.family, (LinkCount("parties", 1), LinkCount("roles", 1)))
        return LinkCounts(node, schema_of(node), kinds, (ROWS[1],) if entity in {"hr-17", "f-1"} else ())

    def neighbours(self, caller: Caller, entity: str, kinds: Sequence[str], when: When, cursor: str | None) -> Subgraph:
        if entity not in NODES:
            raise NotFound("Такого узла нет.", "There is no such node.")
        scene = self.finding_scene(caller, "fd-0418", when)
        edges = tuple(e for e in scene.edges if entity in (e.source, e.target))
        ids = {entity} | {end for e in edges for end in (e.source, e.target)}
        nodes = tuple(n for n in scene.nodes if n.id in ids)
        bundles = () if "events" in kinds else tuple(b for b in scene.bundles if b.owner == entity)
        more = SceneNode("e-78", "Договор 03.03.2025", F.EVENT, "420 000 ₽")
        if "events" in kinds:
            nodes, edges = (
                (*nodes, more),
                (*edges, SceneEdge("x78", entity, "e-78", "поставщик", dated("2025-03-03", "2025-03-04"), (SHOP,))),
            )
        return Subgraph(nodes, edges, bundles, focus=entity, more="next" if "events" in kinds else None)

    def paths(self, caller: Caller, source: str, target: str, when: When) -> tuple[FoundPath, ...]:
        if target == "f-3":
            return ()
        scene = self.finding_scene(caller, "fd-0418", when)
        other = replace(scene, path=("r5",), nodes=tuple(n for n in scene.nodes if n.id in {"hr-17", "e-77", "f-1"}))
        return (FoundPath(scene, "муж, сестра, 60 %", 0.9), FoundPath(other, "подписал", 0.4))

    def finding_scene(self, caller: Caller, finding: str, when: When) -> Subgraph:
        short = {
            "hr-17": ("Хайруллин А. Р.", "контрактный управляющий"),
            "hr-18": ("Хайруллина Г. М.", ""),
            "p-19": ("Сафин Т. М.", "шурин"),
            "p-1": ("Сафин М. И.", "1955"),
            "p-20": ("Сафин Р. М.", "предположение"),
            "f-1": ("Идел-Строй Тест", "ИНН 0012345673"),
            "e-77": ("Договор 12.05.2025", "598 000 ₽"),
            "b-999": ("Школа № 999", ""),
        }
        nodes = tuple(SceneNode(i, name, NODES[i].family, note, NODES[i].hypothesis) for i, (name, note) in short.items())
        nodes += (SceneNode("f-9", "Кама Инвест Тест", F.FIRM),)
        edges = (
            SceneEdge("r1", "hr-17", "hr-18", "муж с 2004", dated("2004-08-07"), (ZAGS,)),
            SceneEdge("r2", "hr-18", "p-19", "сестра", Span(NEVER, NEVER, FOREVER, FOREVER), (FORM,)),
            SceneEdge("r3", "p-19", "f-1", "60 %, директор", dated("2014-03-14"), (EGRUL,)),
            SceneEdge("r4", "f-1", "e-77", "поставщик", dated("2025-05-12"), (SHOP,)),
            SceneEdge("r5", "hr-17", "e-77", "подписал", dated("2025-05-12"), (SHOP,)),
            SceneEdge("r6", "hr-17", "b-999", "должность", dated("2016-09-01"), (ORDER,)),
            SceneEdge("r7", "e-77", "b-999", "заказчик", dated("2025-05-12"), (SHOP,)),
            SceneEdge("r8", "hr-18", "p-1", "отец", ALWAYS, (FORM,)),
            SceneEdge("r9", "p-19", "p-1", "отец", ALWAYS, (FORM,)),
            SceneEdge("r10", "f-9", "f-1", "40 %", dated("2018-04-02"), (EGRUL,)),
            SceneEdge("r11", "p-19", "p-20", "вероятно, брат", UNKNOWN_START, (), hypothesis=True),
        )
        bundles = (Bundle("f-1", "events", 14, "договоров"), Bundle("f-9", "shared", 212, "по адресу"))
        return Subgraph(nodes, edges, bundles, ("r1", "r2", "r3", "r4"), focus="hr-17")

    def fact(self, caller: Caller, fact: str) -> HandFact:
        draft = KinDraft(
            "hr-17", "зять", None, "Сафин Рамиль Маратович", "", "1986", "", "", "2020-03", DocumentDraft("анкета, лист 4", "2024-02-01")
        )
        return HandFact(fact, draft, "Гарипова А. Р.", NOW, ((NOW - timedelta(days=3), "Гарипова А. Р.", "опечатка в отчестве"),))

    def add_fact(self, caller: Caller, draft: FactDraft) -> FactReceipt:
        self.added.append(draft)
        return FactReceipt("hand-2", draft.person, opened=("fd-0418",))

    def correct_fact(self, caller: Caller, fact: str, draft: FactDraft, reason: str) -> FactReceipt:
        self.added.append(draft)
        return FactReceipt(fact, draft.person)

    def withdraw_fact(self, caller: Caller, fact: str, reason: str) -> FactReceipt:
        return FactReceipt(fact, "hr-17", closed=("fd-0371",))

    def record(self, caller: Caller, key: str) -> SourceRecord:
        if key == "none:1":
            raise NotFound("Такой записи нет.", "There is no such record.")
        return SourceRecord(
            key=key,
            source=key.partition(":")[0],
            source_kind="civil_registry",
            trust=90,
            schema="Family",
            state="live",
            path="zags/2004-08.jsonl",
            line=1182,
            sha256="5d41402abc4b2a76b9719d911017c592ae2f7d1f0a9c3b5d7e9f1a2b3c4d5e6f",
            recorded_at=NOW,
            properties=(("person", ("hr-17",)), ("relative", ("hr-18",)), ("relationship", ("spouse",)), ("startDate", ("2004-08-07",))),
            resolved=NODES["hr-17"],
            versions=((NOW - timedelta(days=40), "startDate: 2004"),),
        )

    def sources(self, caller: Caller) -> tuple[SourceRow, ...]:
        return (
            SourceRow("hr-2026-11", "hr", 70, 18240, 12, NOW),
            SourceRow("egrul-2026-11", "egrul", 90, 100210, 0, NOW),
            SourceRow("shop", "procurement", 80, 4410, 3, NOW - timedelta(days=1)),
        )

    def _row(self, one: InboxRow) -> InboxRow:
        return replace(one, status=self.statuses.get(one.id, one.status))

    def _node(self, caller: Caller, entity: str) -> ChainNode:
        if entity not in NODES:
            raise NotFound("Здесь никого нет или это вне ваших прав.", "There is nobody here, or it is outside your rights.")
        return NODES[entity] if caller.full else replace(NODES[entity], name=MASKED.get(entity, NODES[entity].name))
