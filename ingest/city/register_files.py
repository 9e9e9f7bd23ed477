"""ЕГРЮЛ and ЕГРИП extracts in the tax service's open format 4.07 (windows-1251)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ingest.city import numbers
from ingest.city.bodies import Body, Municipality
from ingest.city.firms import Economy, Firm, Share
from ingest.city.people import TODAY, Person

PER_FILE = 1000
_HEAD = (
    '<?xml version="1.0" encoding="windows-1251"?>\n'
    '<Файл ИдФайл="{id}" ВерсФорм="4.07" ТипИнф="{kind}" ВерсПрог="1.0.0.2" КолДок="{count:>10}">\n'
    '  <ИдОтпр ДолжОтв="Синтетический город" Тлф="+70000000000">\n'
    '    <ФИООтв Фамилия="Тестов" Имя="Тест" Отчество="Тестович" />\n  </ИдОтпр>\n'
)


class RegisterFiles:
    """Writes both registers, a thousand extracts a file."""

    def __init__(self, economy: Economy, municipality: Municipality) -> None:
        self.economy, self.municipality, self.people = economy, municipality, economy.people
        self.seed = economy.seed

    def write(self, out: Path) -> int:
        """Write the files; returns the number of extracts."""
        bodies = [one for one in self.municipality.bodies if one.kind in ("institution", "enterprise")]
        companies = [one for one in self.economy.firms if one.trader is None]
        traders = [one for one in self.economy.firms if one.trader is not None]
        legal: list[Callable[[], str]] = [partial(self.body, one) for one in bodies]
        legal += [partial(self.company, one) for one in companies]
        count = self._files(out / "egrul", "VO_RUGFO", "ЕГРЮЛ_ОТКР_СВЕД", legal)
        return count + self._files(out / "egrip", "VO_RIGFO", "ЕГРИП_ОТКР_СВЕД", [partial(self.sole_trader, one) for one in traders])

    def _files(self, folder: Path, prefix: str, kind: str, extracts: list[Callable[[], str]]) -> int:
        folder.mkdir(parents=True, exist_ok=True)
        every = iter(extracts)
        for number in range(0, len(extracts), PER_FILE):
            part = list(islice(every, PER_FILE))
            name = f"{prefix}_0000_9999_{TODAY:%Y%m%d}_{numbers.guid(number, self.seed, prefix)}"
            with (folder / f"{name}.xml").open("w", encoding="windows-1251", errors="xmlcharrefreplace", newline="\n") as file:
                file.write(_HEAD.format(id=name, kind=kind, count=len(part)))
                for place, make in enumerate(part):
                    file.write(f'  <Документ ИдДок="{numbers.guid(number + place, self.seed, f"{prefix} doc")}">{make()}</Документ>\n')
                file.write("</Файл>\n")
        return len(extracts)

    # ------------------------------------------------------------------------------------------ legal persons
    def company(self, firm: Firm) -> str:
        """The extract of a limited company."""
        core = firm.name.removeprefix("ООО «").removesuffix("»").upper()
        parts = list(self._head(firm.ogrn, firm.inn, firm.founded, "12300", "Общества с ограниченной ответственностью"))
        parts += self._names(f'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "{core}"', f'ООО "{core}"', firm.ogrn, firm.founded)
        parts += self._address(firm.address, firm.ogrn, firm.founded)
        parts.append(f'  <СвУстКап НаимВидКап="УСТАВНЫЙ КАПИТАЛ" СумКап="100000">\n{_grn(firm.ogrn, firm.founded, 4)}  </СвУстКап>\n')
        if firm.director is not None:
            since = firm.director_since or firm.founded
            parts += self._official(self.people[firm.director], "ГЕНЕРАЛЬНЫЙ ДИРЕКТОР", self._entry(firm, since), since)
        parts.append("  <СвУчредит>\n")
        parts += [self._owner(firm, share) for share in firm.shares if share.end is None]
        parts.append("  </СвУчредит>\n")
        parts.append(_okved(firm.okved, firm.ogrn, firm.founded, "ГРНДата", "ГРН"))
        parts.append("</СвЮЛ>")
        return "".join(parts)

    def body(self, body: Body) -> str:
        """The extract of an institution or enterprise with its head and founder."""
        founded = date(2002 + body.id % 18, 9, 2)
        forms = {"75403": "Муниципальные бюджетные учреждения", "75401": "Муниципальные автономные учреждения"}
        form = forms.get(body.okopf, "Муниципальные унитарные предприятия")
        parts = list(self._head(body.ogrn, body.inn, founded, body.okopf, form))
        core = body.name.split("«")[1].removesuffix("»").upper()
        short = body.name.upper().replace("«", '"').replace("»", '"')
        parts += self._names(f'{body.legal_form.upper()} "{core}"', short, body.ogrn, founded)
        parts += self._address(body.address, body.ogrn, founded)
        head = self.municipality.holder(body, TODAY, "head")
        if head is not None:
            parts += self._official(self.people[head.person], "ДИРЕКТОР", body.ogrn, head.start)
        if body.parent is not None:
            founder = self.municipality.bodies[body.parent]
            entry, name = _grn(body.ogrn, founded, 8), quoteattr(founder.name.upper())
            parts.append(
                f"  <СвУчредит>\n    <УчрРФСубМО>\n{_grn(body.ogrn, founded, 6, first=True)}"
                f'      <ВидНаимУчр КодУчрРФСубМО="3" НаимМО="ГОРОД" КодРегион="16" НаимРегион="РЕСПУБЛИКА ТАТАРСТАН" />\n'
                f"      <СвОргОсущПр>\n{_grn(body.ogrn, founded, 8, first=True)}"
                f'        <НаимИННЮЛ ОГРН="{founder.ogrn}" ИНН="{founder.inn}" НаимЮЛПолн={name}>\n{entry}        </НаимИННЮЛ>\n'
                f"      </СвОргОсущПр>\n    </УчрРФСубМО>\n  </СвУчредит>\n"
            )
        parts.append(_okved("84.11", body.ogrn, founded, "ГРНДата", "ГРН"))
        parts.append("</СвЮЛ>")
        return "".join(parts)

    def _head(self, ogrn: str, inn: str, founded: date, okopf: str, form: str) -> Iterator[str]:
        yield (
            f'<СвЮЛ ДатаВып="{TODAY}" ОГРН="{ogrn}" ДатаОГРН="{founded}" ИНН="{inn}" КПП="{numbers.kpp(inn)}" СпрОПФ="ОКОПФ" '
            f"КодОПФ={quoteattr(okopf)} ПолнНаимОПФ={quoteattr(form)}>\n"
        )

    def _names(self, full: str, short: str, ogrn: str, founded: date) -> Iterator[str]:
        entry = _grn(ogrn, founded, 4)
        yield f"  <СвНаимЮЛ НаимЮЛПолн={quoteattr(full)}>\n{entry}"
        yield f"    <СвНаимЮЛСокр НаимСокр={quoteattr(short)}>\n  {entry}    </СвНаимЮЛСокр>\n  </СвНаимЮЛ>\n"

    def _address(self, address: str, ogrn: str, founded: date) -> Iterator[str]:
        street, _, house = address.removeprefix("г. Казань, ул. ").partition(", д. ")
        yield (
            f'  <СвАдресЮЛ>\n    <АдресРФ Индекс="420000" КодРегион="16" КодАдрКладр="160000010000000" Дом={quoteattr(f"Д. {house}")}>\n'
            f'      <Регион НаимРегион="РЕСПУБЛИКА ТАТАРСТАН (ТАТАРСТАН)" />\n      <Город ТипГород="Г." НаимГород="КАЗАНЬ" />\n'
            f'      <Улица ТипУлица="УЛ." НаимУлица={quoteattr(street.upper())} />\n'
            f"{_grn(ogrn, founded, 6)}    </АдресРФ>\n  </СвАдресЮЛ>\n"
        )

    def _official(self, person: Person, title: str, entry: str, since: date) -> Iterator[str]:
        yield (
            f"  <СведДолжнФЛ>\n{_grn(entry, since, 4, first=True)}{self._natural(person, entry, since, 4)}"
            f'    <СвДолжн ВидДолжн="02" НаимВидДолжн="Руководитель юридического лица" НаимДолжн="{title}">\n'
            f"{_grn(entry, since, 6)}    </СвДолжн>\n"
            f"{self._sex(person, entry, since, 4)}  </СведДолжнФЛ>\n"
        )

    def _natural(self, person: Person, entry: str, since: date, indent: int) -> str:
        space = " " * indent
        who = f'Фамилия="{person.surname.upper()}" Имя="{person.first.upper()}" Отчество="{person.patronymic.upper()}"'
        return f'{space}<СвФЛ {who} ИННФЛ="{self.people.inn(person)}">\n{_grn(entry, since, indent + 2)}{space}</СвФЛ>\n'

    def _sex(self, person: Person, entry: str, since: date, indent: int) -> str:
        space = " " * indent
        code = "1" if person.gender == "male" else "2"
        inside = _grn(entry, since, indent + 2)
        return f'{space}<СвПолФЛ Пол="{code}">\n{inside}{space}</СвПолФЛ>\n{space}<СвГраждФЛ КодГражд="1">\n{inside}{space}</СвГраждФЛ>\n'

    def _owner(self, firm: Firm, share: Share) -> str:
        entry = self._entry(firm, share.start)
        value = int(float(share.percent) * 1000)
        size = (
            f'<ДоляУстКап НоминСтоим="{value}">\n        <РазмерДоли>\n'
            f"          <Процент>{share.percent}</Процент>\n        </РазмерДоли>\n"
            f"{_grn(entry, share.start, 8)}      </ДоляУстКап>\n"
        )
        first = _grn(entry, share.start, 6, first=True)
        if share.firm is not None:
            owner = self.economy.firms[share.firm]
            core = owner.name.removeprefix("ООО «").removesuffix("»").upper()
            name = quoteattr(f'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "{core}"')
            inside = _grn(entry, share.start, 8)
            who = f'      <НаимИННЮЛ ОГРН="{owner.ogrn}" ИНН="{owner.inn}" НаимЮЛПолн={name}>\n{inside}      </НаимИННЮЛ>\n'
            return f"    <УчрЮЛРос>\n{first}{who}      {size}    </УчрЮЛРос>\n"
        person = self.people[share.person or 0]
        who = self._natural(person, entry, share.start, 6) + self._sex(person, entry, share.start, 6)
        return f"    <УчрФЛ>\n{first}{who}      {size}    </УчрФЛ>\n"

    def _entry(self, firm: Firm, since: date) -> str:
        """The number of the register's entry of that day: the founding entry itself, or a later one (they begin with 2)."""
        return firm.ogrn if since == firm.founded else "2" + numbers.ogrn(firm.id * 40 + since.month * 3 + 1, since.year, self.seed)[1:]

    # ------------------------------------------------------------------------------------------ sole traders
    def sole_trader(self, firm: Firm) -> str:
        """The extract of a sole trader."""
        person = self.people[firm.trader or 0]
        entry = f'    <ГРНИПДата ГРНИП="{firm.ogrn}" ДатаЗаписи="{firm.founded}" />\n'
        code = "1" if person.gender == "male" else "2"
        who = f'Фамилия="{person.surname.upper()}" Имя="{person.first.upper()}" Отчество="{person.patronymic.upper()}"'
        return (
            f'<СвИП ДатаВып="{TODAY}" ОГРНИП="{firm.ogrn}" ДатаОГРНИП="{firm.founded}" ИННФЛ="{firm.inn}" КодВидИП="1" '
            f'НаимВидИП="Индивидуальный предприниматель">\n'
            f'  <СвФЛ Пол="{code}">\n    <ФИОРус {who} />\n{entry}  </СвФЛ>\n  <СвГражд ВидГражд="1">\n{entry}  </СвГражд>\n'
            f'  <СвРегИП ОГРНИП="{firm.ogrn}" ДатаОГРНИП="{firm.founded}" />\n'
            f'  <СвУчетНО ИННФЛ="{firm.inn}" ДатаПостУч="{firm.founded}">\n{entry}  </СвУчетНО>\n'
            f"{_okved(firm.okved, firm.ogrn, firm.founded, 'ГРНИПДата', 'ГРНИП')}</СвИП>"
        )


def _grn(number: str, on: date, indent: int, *, first: bool = False) -> str:
    return f'{" " * indent}<{"ГРНДатаПерв" if first else "ГРНДата"} ГРН="{number}" ДатаЗаписи="{on}" />\n'


def _okved(code: str, number: str, on: date, tag: str, attribute: str) -> str:
    return (
        f'  <СвОКВЭД>\n    <СвОКВЭДОсн КодОКВЭД="{code}" НаимОКВЭД="Деятельность по коду {code}" ПрВерсОКВЭД="2014">\n'
        f'      <{tag} {attribute}="{number}" ДатаЗаписи="{on}" />\n    </СвОКВЭДОсн>\n  </СвОКВЭД>\n'
    )
