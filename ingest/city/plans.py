"""What is planted: conflicts of R-04, R-05 and R-06 in purchases, and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ingest.city.events import FIRST_DAY, Deal, Role
from ingest.city.firms import Firm, Share
from ingest.city.kin import K44
from ingest.city.people import Person
from ingest.city.planting import DAY, Planter, Tie

Plan = Callable[[], None]
SHOP, TENDERS = "e-shop", "tenders"
FOUR = ("contract_manager", "head")
WORDS = {
    ("S", "male"): "муж", ("S", "female"): "жена", ("C", "male"): "сын", ("C", "female"): "дочь",
    ("P", "male"): "отец", ("P", "female"): "мать", ("B", "male"): "брат", ("B", "female"): "сестра",
    ("PP", "male"): "дед", ("PP", "female"): "бабушка", ("CC", "male"): "внук", ("CC", "female"): "внучка",
    ("SC", "male"): "пасынок", ("SC", "female"): "падчерица",
}  # fmt: skip
IN_LAWS = {
    ("SP", "male", "male"): "тесть", ("SP", "male", "female"): "тёща",
    ("SP", "female", "male"): "свёкор", ("SP", "female", "female"): "свекровь",
    ("SB", "male", "male"): "шурин", ("SB", "male", "female"): "свояченица",
    ("SB", "female", "male"): "деверь", ("SB", "female", "female"): "золовка",
    ("CS", "male", "female"): "сноха", ("CS", "female", "female"): "сноха",
}  # fmt: skip


def word_of(tie: Tie) -> str | None:
    """The word by which a questionnaire would name the relative; None where only an ambiguous or foreign one exists."""
    plain = WORDS.get((tie.path, tie.relative.gender))
    return plain or IN_LAWS.get((tie.path, tie.official.gender, tie.relative.gender))


class Purchases:
    """Plants in contracts and tenders."""

    def __init__(self, planter: Planter) -> None:
        self.at, self.events = planter, planter.events

    def plant(self, times: int) -> None:
        """Each plant as often as told, where the city has the family for it."""
        once: tuple[Plan, ...] = (
            self.marriage_undated,
            self.name_only,
            self.item_missing,
            self.own_firm,
            self.through_holding,
            self.exactly_ten,
        )
        once += (self.reverse_tie, self.one_percent, self.below_one_percent, self.noticed, self.recused, self.bought_after)
        once += (self.sold_before, self.married_after, self.role_ended)
        more: list[tuple[Plan, int]] = [
            (self.divorced_before, 2),
            (self.spouse_owns, 3),
            (self.other_list_44, 3),
            (self.in_law_owns, 4),
            (self.in_law_directs, 2),
            (self.namesake, 2),
            (self.unlisted, 2),
            (self.commission_member, 3),
        ]
        plans = [(plan, 1) for plan in once[:3]] + more + [(plan, 1) for plan in once[3:]]
        for plan, count in plans:
            for _ in range(count * times):
                plan()

    # ------------------------------------------------------------------------------------------ parts
    def _deal(self, tie: Tie, firm: Firm, *, role: str = "prepares", item: str | None = None) -> Deal:
        """A small contract that the official prepared or signed; the date is the one the tie was found for."""
        body = self.events.municipality.bodies[tie.job.body]
        on = self._on
        roles = [one for one in self.events.doers(body, on) if one.person != tie.official.id]
        roles.append(Role(tie.official.id, "signs" if tie.job.post == "head" else role))
        deal = self.events.small_deal(body, firm=firm, on=on, roles=roles)
        deal.item = "4" if item is None else item
        return deal

    def _tie(self, posts: tuple[str, ...], paths: tuple[str, ...]) -> Tie | None:
        self._on = self.at.on()
        return self.at.tie(self.at.jobs(posts, self._on), paths, self._on)

    def _firm_of(self, tie: Tie, percent: str = "60", *, director: Person | None = None) -> Firm:
        since = self._on - timedelta(days=self.at.chance.randrange(120, 600))
        owners = [(tie.relative, percent, since)]
        if percent != "100":
            rest = {"60": "40", "10": "90", "1": "99", "0.99": "99.01", "20": "80"}[percent]
            owners.append((self.at.stranger(self.events.municipality.bodies[tie.job.body]), rest, since))
        return self.at.firm(owners, director=director or (tie.relative if percent in ("60", "100") else owners[-1][0]), before=since)

    def _fired(self, rule: str, tie: Tie, firm: Firm, deal: Deal, why: str, *, share: float | None, severity: str = "HIGH") -> None:
        more = {
            "severity": "BLOCK" if rule == "R-05" else severity,
            "kin": tie.path,
            "share": share,
            "modifiers": ["R-23"],
            "status": "NEW",
        }
        self.at.tell(rule, "fired", (SHOP, deal.id), tie.official, firm, why, **more)

    def _silent(self, rules: tuple[str, ...], tie: Tie, firm: Firm, deal: Deal, why: str, reason: str) -> None:
        for rule in rules:
            self.at.tell(rule, "silent", (SHOP, deal.id), tie.official, firm, why, reason=reason, path=tie.path)

    # ------------------------------------------------------------------------------------------
    def spouse_owns(self) -> None:
        """Husband or wife owns most of the only supplier."""
        if tie := self._tie(FOUR, ("S",)):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            self._fired("R-05", tie, firm, deal, "супруг(а) владеет 60 % поставщика; связь через ИНН в анкете", share=0.6)

    def other_list_44(self) -> None:
        """Another relative of the list of 44-ФЗ owns the only supplier."""
        paths = list(K44[:2] + K44[3:])
        self.at.chance.shuffle(paths)
        if tie := self._tie(FOUR, tuple(paths)):
            firm = self._firm_of(tie, "100")
            deal = self._deal(tie, firm, item="5" if self.at.chance.random() < 0.5 else "4")
            self.at.declare(tie, word_of(tie), self._on)
            self._fired("R-05", tie, firm, deal, "близкий родственник — единственный участник поставщика", share=1.0)

    def own_firm(self) -> None:
        """The head of an institution buys from his own firm."""
        self._on = self.at.on()
        for job in self.at.jobs(("head",), self._on):
            official = self.events.people[job.person]
            clean = official.id not in self.at.used and not self.at.owner_names.intersection(official.all_folded)
            if clean and self.at.economy.may_own(official):
                self.at.used.add(official.id)
                tie = Tie(job, official, official, "")
                firm = self._firm_of(tie, "100")
                deal = self._deal(tie, firm)
                more = {"severity": "BLOCK", "share": 1.0, "modifiers": ["R-23"], "status": "NEW"}
                self.at.tell("R-05", "fired", (SHOP, deal.id), official, firm, "собственная фирма руководителя заказчика", **more)
                return

    def through_holding(self) -> None:
        """60 % of a firm that owns 50 % of the supplier: 30 %."""
        if tie := self._tie(FOUR, ("S", "C", "P", "B")):
            parent = self._firm_of(tie)
            body = self.events.municipality.bodies[tie.job.body]
            since = self._on - timedelta(days=100)
            supplier = self.at.firm([(self.at.stranger(body), "50", since)], director=self.at.stranger(body), before=since)
            supplier.shares.append(Share("50", since, firm=parent.id))
            deal = self._deal(tie, supplier)
            self.at.declare(tie, word_of(tie), self._on)
            self._fired("R-05", tie, supplier, deal, "косвенная доля 0.6 · 0.5 = 30 %", share=0.3)

    def exactly_ten(self) -> None:
        """10 % is not more than 10 %: only the wide circle of 273-ФЗ."""
        if tie := self._tie(FOUR, ("S", "C", "P", "B")):
            firm = self._firm_of(tie, "10")
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            self._silent(("R-05",), tie, firm, deal, "ровно 10 %, порог строгий", "share_below_threshold")
            self._fired("R-06", tie, firm, deal, "10 % ≥ 1 %, 273-ФЗ", share=0.1)

    def item_missing(self) -> None:
        """The shop's record does not say by which item of art. 93."""
        if tie := self._tie(FOUR, ("S", "C", "P", "B")):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm, item="")
            self.at.declare(tie, word_of(tie), self._on)
            for rule, optional in (("R-05", False), ("R-04", True)):
                more = {"severity": "BLOCK", "kin": tie.path, "missing": ["Contract.singleSupplierItem"], "optional": optional}
                self.at.tell(rule, "not_computable", (SHOP, deal.id), tie.official, firm, "пункт ст. 93 не указан", **more)
            self._fired("R-06", tie, firm, deal, "пункт ст. 93 не указан, но 273-ФЗ его не спрашивает", share=0.6)

    # ------------------------------------------------------------------------------------------
    def in_law_owns(self) -> None:
        """Kin of the spouse or the child's spouse: 273-ФЗ only."""
        paths = ["SB", "SP", "CS", "SC"]
        self.at.chance.shuffle(paths)
        if tie := self._tie(("contract_manager", "head", "chief_accountant"), tuple(paths)):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm, role="endorses" if tie.job.post == "chief_accountant" else "prepares")
            self.at.declare(tie, word_of(tie), self._on)
            self._fired("R-06", tie, firm, deal, "свойственник владеет 60 % поставщика; в 44-ФЗ не входит", share=0.6)

    def in_law_directs(self) -> None:
        """A relative directs the supplier without a share; the official holds none of the four posts."""
        if tie := self._tie(("chief_accountant",), ("S", "C", "P", "B", "SB", "SP")):
            since = self._on - timedelta(days=300)
            owner = self.at.stranger(self.events.municipality.bodies[tie.job.body])
            firm = self.at.firm([(owner, "100", since)], director=tie.relative, before=since, since=since)
            deal = self._deal(tie, firm, role="endorses")
            self.at.declare(tie, word_of(tie), self._on)
            self._fired("R-06", tie, firm, deal, "родственник — директор поставщика, служащий визировал", share=None)

    def reverse_tie(self) -> None:
        """Spouse of a sibling, or step-parent: counts only from the other end."""
        if tie := self._tie(("contract_manager", "head"), ("BS", "PS")):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            self.at.declare(tie, None, self._on)
            more = {"severity": "LOW", "kin": tie.path, "share": 0.6, "modifiers": ["reverse"], "status": "NEW"}
            self.at.tell("R-06", "fired", (SHOP, deal.id), tie.official, firm, "обратная связь: считается только с другой стороны", **more)

    def one_percent(self) -> None:
        """1 % is enough for 273-ФЗ."""
        if tie := self._tie(FOUR, ("SB", "SP", "CS", "B", "S")):
            firm = self._firm_of(tie, "1")
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            self._fired("R-06", tie, firm, deal, "ровно 1 %", share=0.01)

    def below_one_percent(self) -> None:
        """0.99 % is not."""
        if tie := self._tie(FOUR, ("SB", "SP", "CS", "B", "S")):
            firm = self._firm_of(tie, "0.99")
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            self._silent(("R-06",), tie, firm, deal, "0.99 % < 1 %", "share_below_threshold")

    def noticed(self) -> None:
        """A notice in time: no R-23."""
        if tie := self._tie(FOUR, ("SB", "SP", "CS")):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            self.at.notice(tie.official, self._on - 5 * DAY, (SHOP, deal.id))
            more = {"severity": "HIGH", "kin": tie.path, "share": 0.6, "modifiers": [], "status": "NEW"}
            self.at.tell("R-06", "fired", (SHOP, deal.id), tie.official, firm, "уведомление подано вовремя, меры не приняты", **more)

    def recused(self) -> None:
        """A notice with a recusal before the contract, and the role ended: SETTLED."""
        if tie := self._tie(FOUR, ("SB", "SP", "CS")):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            deal.roles[-1].start, deal.roles[-1].end = self._on - 20 * DAY, self._on - 3 * DAY
            number = self.at.notice(tie.official, self._on - 4 * DAY, (SHOP, deal.id), measure="recusal", measured=self._on - 3 * DAY)
            more = {"severity": "HIGH", "kin": tie.path, "share": 0.6, "modifiers": [], "status": "SETTLED", "settled_by": number}
            self.at.tell("R-06", "fired", (SHOP, deal.id), tie.official, firm, "самоотвод до договора", **more)

    # ------------------------------------------------------------------------------------------ near misses
    def bought_after(self) -> None:
        """The relative bought the share the day after the contract."""
        if tie := self._tie(FOUR, ("S", "C", "B")):
            body = self.events.municipality.bodies[tie.job.body]
            owners = [(self.at.stranger(body), "40", self._on - 300 * DAY), (tie.relative, "60", self._on + DAY)]
            firm = self.at.firm(owners, director=owners[0][0], before=self._on)
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            self._silent(("R-05", "R-06"), tie, firm, deal, "доля куплена на следующий день после договора", "share_below_threshold")

    def sold_before(self) -> None:
        """The relative sold the share the day before the contract."""
        if tie := self._tie(FOUR, ("S", "C", "B")):
            body = self.events.municipality.bodies[tie.job.body]
            buyer = self.at.stranger(body)
            firm = self.at.firm([(buyer, "100", self._on - DAY)], director=buyer, before=self._on - 400 * DAY, since=self._on - 390 * DAY)
            self.at.extras.past_shares.append((firm.id, Share("100", self._on - 390 * DAY, person=tie.relative.id, end=self._on - DAY)))
            deal = self._deal(tie, firm)
            self.at.declare(tie, word_of(tie), self._on)
            self._silent(("R-05", "R-06"), tie, firm, deal, "доля продана за день до договора", "share_below_threshold")

    def divorced_before(self) -> None:
        """Divorced shortly before the contract."""
        self._on = self.at.on()
        for job in self.at.jobs(FOUR, self._on):
            official = self.events.people[job.person]
            for marriage in official.marriages:
                other = self.events.people[marriage.wife if marriage.husband == official.id else marriage.husband]
                if not marriage.divorced or marriage.end is None or not job.start + 200 * DAY < marriage.end < self._on:
                    continue
                if official.spouse_on(marriage.end) == other.id or self.at.kin.paths(official, other.id) != ["S"]:
                    continue
                lonely = self.at.lonely(self.events.municipality.bodies[job.body], official, other)
                if self.at.free(official, other, self._on) and lonely:
                    self.at.used.update((official.id, other.id))
                    tie = Tie(job, official, other, "S")
                    self._on = marriage.end if marriage.end > FIRST_DAY else self._on
                    firm = self._firm_of(tie)
                    deal = self._deal(tie, firm)
                    self.at.declare(tie, None, self._on)
                    self.at.extras.quiet.add(official.id)
                    self._silent(("R-05", "R-06"), tie, firm, deal, "развод до договора", "not_kin_at_date")
                    return

    def married_after(self) -> None:
        """The marriage was registered the day after the contract."""
        if tie := self._tie(FOUR, ("S",)):
            marriage = next(one for one in tie.official.marriages if tie.relative.id in (one.husband, one.wife))
            marriage.start, marriage.end, marriage.divorced = self._on + DAY, None, False
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            self.at.declare(tie, None, self._on)
            self.at.extras.quiet.update((tie.official.id, tie.relative.id))
            self._silent(("R-05", "R-06"), tie, firm, deal, "брак зарегистрирован на следующий день после договора", "not_kin_at_date")

    def role_ended(self) -> None:
        """The official handed the purchase over the day before."""
        if tie := self._tie(("chief_accountant",), ("S", "SB", "SP", "B", "C")):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm, role="endorses")
            deal.roles[-1].start, deal.roles[-1].end = self._on - 30 * DAY, self._on - DAY
            self.at.declare(tie, word_of(tie), self._on)
            self._silent(("R-06",), tie, firm, deal, "роль в закупке окончилась до договора, уведомления нет", "role_ended")

    def namesake(self) -> None:
        """The supplier is a sole trader with the brother's name, another birth date and another ИНН."""
        if tie := self._tie(FOUR, ("B", "S", "C", "P")):
            double = next(self.at.spare)
            double.gender, double.surname, double.first = tie.relative.gender, tie.relative.surname, tie.relative.first
            double.patronymic, double.family_name, double.maiden = tie.relative.patronymic, tie.relative.family_name, None
            trader = self.at.economy.trader(double, self._on - 500 * DAY)
            trader.planted = True
            deal = self._deal(tie, trader)
            self.at.declare(tie, word_of(tie), self._on)
            self._silent(("R-05", "R-06"), tie, trader, deal, "тёзка родственника: другой ИНН и другая дата рождения", "namesake")

    def unlisted(self) -> None:
        """Uncle, nephew or cousin: in no list."""
        if tie := self._tie(FOUR, ("PB", "BC", "PBC")):
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            self.at.declare(tie, None, self._on)
            self._silent(("R-05", "R-06"), tie, firm, deal, "родство вне списков", "not_listed_kin")

    # ------------------------------------------------------------------------------------------ not computable
    def marriage_undated(self) -> None:
        """Only the personnel card knows the spouse, without the day of the marriage."""
        if tie := self._tie(FOUR, ("S",)):
            for marriage in tie.official.marriages:
                marriage.dated = marriage.dated and tie.relative.id not in (marriage.husband, marriage.wife)
            self.at.extras.undated_wife.append((tie.official.id, tie.relative.id))
            self.at.declare(tie, None, self._on)
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            more = {"kin": tie.path, "missing": ["Family.startDate"], "modifiers": ["R-23"]}
            for rule, severity in (("R-05", "BLOCK"), ("R-06", "HIGH")):
                self.at.tell(
                    rule, "not_computable", (SHOP, deal.id), tie.official, firm, "дата брака неизвестна", severity=severity, **more
                )

    def name_only(self) -> None:
        """Nobody tells the relative's ИНН: the owner in ЕГРЮЛ is a namesake at best."""
        if tie := self._tie(FOUR, ("B", "C", "P")):
            self.at.extras.never_bridged.add(tie.relative.id)
            firm = self._firm_of(tie)
            deal = self._deal(tie, firm)
            more = {"kin": tie.path, "missing": ["identity"], "status": "NEED_DATA"}
            for rule, severity in (("R-05", "BLOCK"), ("R-06", "HIGH")):
                self.at.tell(
                    rule, "not_computable", (SHOP, deal.id), tie.official, firm, "совпадает только ФИО (S6)", severity=severity, **more
                )

    # ------------------------------------------------------------------------------------------
    def commission_member(self) -> None:
        """A relative of a commission member owns a bidder of the auction."""
        on = self.at.on()
        seated = {seat.person for seat in self.events.municipality.seats if seat.start < on - 200 * DAY}
        jobs = [job for job in self.at.jobs(("other", "specialist", "deputy_head"), on) if job.person in seated]
        tie = self.at.tie(jobs, ("CC", "S", "C", "P", "B"), on)
        if tie is None:
            return
        self._on = on
        firm = self._firm_of(tie)
        body = self.events.municipality.bodies[tie.job.body]
        wins = len(self.at.extras.truth) % 3 == 0
        tender = self.events.auction(body, extra=[firm], winner=firm if wins else None, deadline=on)
        tender.bidders = [(number, "" if number == firm.id else status) for number, status in tender.bidders]
        self.at.declare(tie, word_of(tie), on)
        more = {"severity": "BLOCK", "kin": tie.path, "share": 0.6, "modifiers": ["R-23"], "status": "NEW"}
        self.at.tell(
            "R-04", "fired", (TENDERS, f"t-{tender.id}"), tie.official, firm, "родственник члена комиссии — участник аукциона", **more
        )
        if wins:
            contract = self.events.deals[-1]
            more = {"severity": "HIGH", "kin": tie.path, "optional": True}
            why = "тот же аукцион: R-06 молчит, потому что сработало R-04; дата договора в реестре не указана"
            self.at.tell("R-06", "silent", ("contracts44fz", contract.id), tie.official, firm, why, **more)
