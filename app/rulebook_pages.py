"""Writes docs/rules: an index and a page for each rule, out of the rule files; `make rules` runs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.rulebook import parameters_of, words
from queries.catalog import Law, Rule, load_catalog
from queries.examples import KINDS, parse_examples

FOLDER = Path(__file__).parents[1] / "docs" / "rules"
_KINDS = {"fires": "Срабатывает / fires", "silent": "Рядом, но молчит / near miss", "not_computable": "Не вычислить / not computable"}


def rule_pages() -> Mapping[str, str]:
    """File name → text, for every rule of the package and for the two norms that live elsewhere."""
    rules = load_catalog().rules
    made = {f"{rule.id}.md": "\n".join(_page(rule)) + "\n" for rule in rules.values()}
    made |= {f"{name}.md": "\n".join(_elsewhere(name)) + "\n" for name in words()["elsewhere"]}
    return {"README.md": "\n".join(_index(rules)) + "\n", **made}


def write(folder: Path = FOLDER) -> None:
    """Bring the folder in step; a page whose rule is gone goes too, what is written by hand stays."""
    folder.mkdir(parents=True, exist_ok=True)
    made = rule_pages()
    for old in folder.glob("[RK]*-*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _index(rules: Mapping[str, Rule]) -> Iterator[str]:
    yield "# Правила / Rules\n"
    yield "Written by `make rules` out of `queries/rules`. How to add a rule of your own: [own.md](own.md).\n"
    yield "| Rule | Что находит | What it finds | Severity | Law |"
    yield "|---|---|---|---|---|"
    lines = {rule.id: _line(rule) for rule in rules.values()}
    for name, one in words()["elsewhere"].items():
        lines[name] = f"| [{name}]({name}.md) | {one['title']['ru']} | {one['title']['en']} | — | {one['law']} |"
    for name in sorted(lines):
        yield lines[name]


def _line(rule: Rule) -> str:
    acts = "; ".join(dict.fromkeys(law.act for law in rule.law))
    return f"| [{rule.id}]({rule.id}.md) | {rule.title_ru} | {rule.title_en} | {rule.severity} | {acts} |"


def _page(rule: Rule) -> Iterator[str]:
    said = words()
    yield f"# {rule.id}. {rule.title_ru}\n"
    yield f"{rule.title_en}.\n"
    yield f"Version {rule.version}, {rule.status}. File: `queries/rules/{Path(rule.path).name}`.\n"
    yield f"Про что / about: {_both(said['anchors'][rule.anchor])}. Родство / kin: {_both(said['kin'].get(rule.kin, {}), rule.kin)}.\n"
    yield "## Закон / Law\n"
    yield from (f"- {law.act}, {law.article}: {_span(law)}" for law in rule.law)
    yield "\n## Параметры / Parameters\n"
    yield from _parameters(rule)
    yield "\n## Тяжесть / Severity\n"
    yield f"{rule.severity}. Срок / due: {_both(said['due'][rule.severity])}.\n"
    yield from (f"- {_both(one)}" for one in said["modifiers"])
    if rule.unless:
        yield f"\nНе срабатывает, где сработало / not where there fired: {', '.join(f'[{one}]({one}.md)' for one in rule.unless)}."
    yield "\n## Доказательства / Evidence\n"
    yield f"{_both(said['evidence'])}.\n"
    yield "## Следующий шаг / Next step\n"
    yield f"{rule.next_ru}\n\n{rule.next_en}\n"
    yield "## Примеры / Cases\n"
    yield from _cases(rule)


def _parameters(rule: Rule) -> Iterator[str]:
    if not rule.parameters:
        yield "Нет / none."
        return
    yield "| Parameter | Что это | What it is | Value | Set by |"
    yield "|---|---|---|---|---|"
    for ru, en in zip(parameters_of(rule, "ru"), parameters_of(rule, "en"), strict=True):
        marks = "; ".join(f"{words()['marks'][mark]['ru']}" for mark in ru.marks)
        yield f"| `{ru.name}` | {ru.title} | {en.title} | {ru.value} | {marks} |"


def _cases(rule: Rule) -> Iterator[str]:
    examples = parse_examples(rule.examples.read_text(encoding="utf-8"), rule.examples.name)
    for kind in KINDS:
        yield f"{_KINDS[kind]}:\n"
        for one in examples:
            if one.kind == kind:
                yield f"- {one.title}" + (f" ({', '.join(one.missing)})" if one.missing else "")
        yield ""


def _elsewhere(name: str) -> Iterator[str]:
    one = words()["elsewhere"][name]
    yield f"# {name}. {one['title']['ru']}\n"
    yield f"{one['title']['en']}.\n"
    yield f"Закон / law: {one['law']}. Where it lives: {', '.join(f'`{path}`' for path in one['lives'].split(', '))}.\n"
    yield f"{one['text']['ru']}\n\n{one['text']['en']}"


def _both(words_of: Mapping[str, str], otherwise: str = "") -> str:
    return f"{words_of['ru']} / {words_of['en']}" if words_of else otherwise


def _span(law: Law) -> str:
    since = law.since.strftime("%d.%m.%Y")
    return f"с {since} до {law.until.strftime('%d.%m.%Y')}" if law.until else f"с {since}"


if __name__ == "__main__":
    write()
