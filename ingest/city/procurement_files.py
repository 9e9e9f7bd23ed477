"""Contracts in the files of the procurement site: 44-ФЗ as monthly CSV (windows-1251), 223-ФЗ as one namespaced XML a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from ingest.city import numbers
from ingest.city.bodies import Body
from ingest.city.events import Deal, Events
from ingest.city.firms import Firm

_COLUMNS = (
    "id", "publishDate", "notificationNumber", "currentContractStage", "customer.name", "customer.inn", "OKPD2.code", "OKPD2.name",
    "OKEI.code", "OKEI.fullName", "quantity", "sumRUR", "supplier.name", "supplier.inn", "supplier.OKTMO.code", "supplier.OKTMO.name",
    "OKEI.name",
)  # fmt: skip
_SITE = "http://zakupki.gov.ru/223fz"


class ProcurementFiles:
    """Writes the contracts that the state's registers hold."""

    def __init__(self, events: Events) -> None:
        self.events = events
        self.bodies, self.firms, self.seed = events.municipality.bodies, events.economy.firms, events.people.seed

    def write_csv(self, folder: Path) -> int:
        """One file a month; the register tells no date of the contract, only that of its publication."""
        folder.mkdir(parents=True, exist_ok=True)
        months: dict[str, list[Deal]] = {}
        deals = sorted((deal for deal in self.events.deals if deal.register == "csv"), key=lambda deal: (deal.on, deal.id))
        for deal in deals:
            months.setdefault(f"{deal.on:%Y%m}", []).append(deal)
        for month, part in months.items():
            following = f"{int(month) + 1}" if not month.endswith("12") else f"{int(month[:4]) + 1}01"
            name = f"contract_Tatarstan_Resp_{month}0100_{following}0100_001.csv"
            with (folder / name).open("w", encoding="windows-1251", errors="replace", newline="\n") as file:
                file.writelines(_rows([_COLUMNS, *(self._cells(deal) for deal in part)]))
        return len(deals)

    def _cells(self, deal: Deal) -> tuple[str | None, ...]:
        body, firm = self.bodies[deal.body], self.firms[deal.firm]
        number = self.events.tenders[deal.tender].number if deal.tender is not None else None
        published = f"{deal.on.isoformat()}T{9 + deal.firm % 9:02d}:{deal.firm % 60:02d}:{deal.body % 60:02d}.{deal.firm % 1000:03d}+03:00"
        what = (deal.okpd2, deal.title, "876", "", "1.0", f"{deal.amount}.00")
        return (
            deal.id, published, number, "E", body.name.upper(), body.inn, *what, _full_name(firm), firm.inn, "92701000", "город Казань",
            "Условная единица",
        )  # fmt: skip

    def write_xml(self, folder: Path) -> int:
        """One contract a file, named as the site names them."""
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for deal in self.events.deals:
            if deal.register == "xml":
                day = f"{deal.on:%Y%m%d}"
                name = f"contract_Tatarstan_Resp_{day}_000000_{day}_235959_daily_{count % 1000:03d}.xml"
                (folder / name).write_text(self._contract(deal, count), encoding="utf-8", newline="\n")
                count += 1
        return count

    def _contract(self, deal: Deal, number: int) -> str:
        body, firm = self.bodies[deal.body], self.firms[deal.firm]
        tender = self.events.tenders[deal.tender] if deal.tender is not None else None
        kind = ("30000", "Закупка у единственного поставщика") if tender is None else ("40000", "Электронный аукцион")
        stamp = f"{deal.on.isoformat()}T12:00:00"
        notice = ""
        if tender is not None:
            notice = (
                "                <ns2:purchaseNoticeInfo>\n"
                f"                    <ns2:guid>{numbers.guid(number, self.seed, 'notice')}</ns2:guid>\n"
                f"                    <ns2:purchaseNoticeNumber>{tender.number}</ns2:purchaseNoticeNumber>\n"
                f"                    <ns2:publicationDateTime>{tender.published}T12:00:00</ns2:publicationDateTime>\n"
                f"                    <ns2:name>{escape(tender.title)}</ns2:name>\n                </ns2:purchaseNoticeInfo>\n"
            )
        return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ns2:contract xmlns="{_SITE}/types/1" xmlns:ns2="{_SITE}/contract/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <header>
        <guid>{numbers.guid(number, self.seed, "header")}</guid>
        <createDateTime>{stamp}</createDateTime>
    </header>
    <ns2:body>
        <ns2:item>
            <guid>{numbers.guid(number, self.seed, "item")}</guid>
            <ns2:contractData>
                <ns2:guid>{numbers.guid(number, self.seed, "contract")}</ns2:guid>
                <ns2:registrationNumber>{deal.id}</ns2:registrationNumber>
                <ns2:createDateTime>{stamp}</ns2:createDateTime>
                <ns2:customer>
{_main_info(body)}                </ns2:customer>
                <ns2:placer>
{_main_info(body)}                </ns2:placer>
                <ns2:publicationDate>{stamp}</ns2:publicationDate>
                <ns2:status>P</ns2:status>
                <ns2:version>1</ns2:version>
                <ns2:contractRegNumber>{deal.id}</ns2:contractRegNumber>
                <ns2:contractDate>{deal.on}</ns2:contractDate>
{notice}                <ns2:subjectContract>{escape(deal.title)}</ns2:subjectContract>
                <ns2:purchaseTypeInfo>
                    <ns2:code>{kind[0]}</ns2:code>
                    <ns2:name>{kind[1]}</ns2:name>
                </ns2:purchaseTypeInfo>
                <ns2:supplierInfo>
                    <ns2:name>{escape(_full_name(firm))}</ns2:name>
                    <ns2:inn>{firm.inn}</ns2:inn>
                    <ns2:type>{"L" if firm.trader is None else "I"}</ns2:type>
                    <ns2:provider>false</ns2:provider>
                    <ns2:subcontractor>false</ns2:subcontractor>
                    <ns2:individual>{"false" if firm.trader is None else "true"}</ns2:individual>
                    <ns2:nonResident>false</ns2:nonResident>
                </ns2:supplierInfo>
                <ns2:hasSubcontractor>false</ns2:hasSubcontractor>
                <ns2:price>{deal.amount}</ns2:price>
                <ns2:currency>
                    <code>RUB</code>
                    <digitalCode>643</digitalCode>
                    <name>Российский рубль</name>
                </ns2:currency>
                <ns2:startExecutionDate>{deal.on}</ns2:startExecutionDate>
                <ns2:endExecutionDate>{deal.on.year}-12-31</ns2:endExecutionDate>
                <ns2:contractPositions>
                    <ns2:contractPosition>
                        <ns2:guid>{numbers.guid(number, self.seed, "position")}</ns2:guid>
                        <ns2:name>{escape(deal.title)}</ns2:name>
                        <ns2:ordinalNumber>1</ns2:ordinalNumber>
                        <ns2:okpd2>
                            <code>{deal.okpd2}</code>
                            <name>{escape(deal.title)}</name>
                        </ns2:okpd2>
                        <ns2:qty>1</ns2:qty>
                    </ns2:contractPosition>
                </ns2:contractPositions>
            </ns2:contractData>
        </ns2:item>
    </ns2:body>
</ns2:contract>
"""


def _main_info(body: Body) -> str:
    space = " " * 20
    return (
        f"{space}<mainInfo>\n{space}    <fullName>{escape(body.name.upper())}</fullName>\n"
        f"{space}    <shortName>{escape(body.name)}</shortName>\n"
        f"{space}    <inn>{body.inn}</inn>\n{space}    <kpp>{numbers.kpp(body.inn)}</kpp>\n{space}    <ogrn>{body.ogrn}</ogrn>\n"
        f"{space}    <legalAddress>{escape(body.address)}</legalAddress>\n{space}    <phone>7-000-0000000</phone>\n"
        f"{space}    <email>zakupki{body.id}@gorod.example</email>\n{space}</mainInfo>\n"
    )


def _full_name(firm: Firm) -> str:
    if firm.trader is not None:
        return firm.name.replace("ИП ", "ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ ", 1).upper()
    core = firm.name.removeprefix("ООО «").removesuffix("»")
    return f'Общество с ограниченной ответственностью "{core}"'


def _rows(rows: Iterable[tuple[str | None, ...]]) -> Iterator[str]:
    """Every cell in quotation marks, what is absent as a bare NA, as the real files have it."""
    for row in rows:
        yield ",".join("NA" if cell is None else '"' + cell.replace('"', '""') + '"' for cell in row) + "\n"
