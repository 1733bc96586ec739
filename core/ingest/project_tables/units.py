"""Units of a column's figures: the nearest statement around them counts.

Nearest first: the heading, a row of units under it, the heading of its group, lines over the table and the title,
lines under it, the sheet's name. (A unit in the cell itself is nearer still: see `values`.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.values import FACTORS, Unit
from core.model.fields import FIELDS, MEASURED, Kind

_BREAKS = re.compile(r"[()\[\]{}::、,;。/|\s]+")
"""Marks between the parts of 资金明细表(金额单位:人民币万元,面积单位:㎡)."""
_BEFORE = re.compile(r"^(?:(?:计量)?单位|人民币|金额|资金|投资|面积|均|以|按|为|是)+")
_BEHIND = re.compile(r"(?:人民币|为单位|计算|计量|填列|填报|计)+$")
_AFTER_FIGURE = re.compile(r"(?<=\d)[\s(]+")
_LAST = re.compile(r"\([^()]*\)$")
_MOST_LINE = 40
"""Letters; what is longer is a sentence."""
_LINES = 6
"""Rows over a table in which its title and its unit may stand; so many under it."""
_WIDE = 3
"""Filled cells of a row that is one of another table."""
_ANY = frozenset(name for names in FACTORS.values() for name in names)


@dataclass(frozen=True)
class UnitDoubt:
    """A problem or question about the unit of a column."""

    field: str
    message: Message
    wrong: bool
    """A problem; else it is read so, and asked."""


@dataclass(frozen=True)
class _Found:
    """The unit that some text states."""

    name: str
    factor: Decimal
    text: str


def units_of(section: TableSection) -> tuple[Mapping[str, Unit], Sequence[UnitDoubt]]:
    """The unit of each column that has one, and what has to be told about them."""
    lines = list(_lines(section))
    own = {name: _near(section, FIELDS[name].kind, section.columns[name]) for name in section.figures}
    around = {name: list(_of_lines(lines, FIELDS[name].kind)) for name in own}
    units: dict[str, Unit] = {}
    for name in own:
        found = own[name] or next(iter(around[name]), None)
        units[name] = Unit(Decimal(1), not FIELDS[name].measured) if found is None else Unit(found.factor, True)
    by_unit = ([name for name in own if FIELDS[name].unit == unit] for unit in ("万元", "万㎡"))
    return units, [doubt for names in by_unit for doubt in _contradictions(names, own, around)]


def is_unit_row(cells: Mapping[int, str]) -> bool:
    """True when a row holds nothing but units: (万元) (㎡), or 单位:元 alone."""
    texts = [_key(text) for text in cells.values()]
    if not any(any(name in FACTORS[kind] for kind in MEASURED for name in _names(text)) for text in texts):
        return False
    return all(_names(text) and all(name in _ANY or name == "" for name in _names(text)) for text in texts)


def _contradictions(
    fields: Sequence[str], own: Mapping[str, _Found | None], around: Mapping[str, Sequence[_Found]]
) -> Iterator[UnitDoubt]:
    """Two statements that cannot both hold. A heading may differ from a line that other columns follow."""
    if not fields or not (said := around[fields[0]]):
        return
    line, *others = said
    follow = [name for name in fields if own[name] is None]
    differ = [(name, mine) for name in fields if (mine := own[name]) is not None and mine.factor != line.factor]
    if others:
        params = {"one": line.text, "other": others[0].text}
        text = Message("单位不一致：“{one}”和“{other}”。请只保留正确的一个。", params)
        yield from (UnitDoubt(name, text, wrong=True) for name in follow)
    for name, mine in differ:
        params = {"one": mine.text, "other": line.text}
        wrong = len(differ) == len(fields)
        text = Message("表头写“{one}”，表外写“{other}”，按表头的单位读取。", params)
        if wrong:
            text = Message("单位不一致：表头写“{one}”，表外写“{other}”。请改成一致，或删去不对的一个。", params)
        yield UnitDoubt(name, text, wrong)


def _near(section: TableSection, kind: Kind, column: int) -> _Found | None:
    """Find the unit in the heading itself, in the row of units under it, or in the headings over it."""
    table = section.table
    texts = [section.words[column]]
    if is_unit_row(under := table.lines.get(section.row + 1, {})):
        texts.append(under.get(column, ""))
    for row in range(section.row - 1, max(section.top - _LINES, 0), -1):
        cells = table.lines.get(row, {})
        if len(cells) < 2 or (row < section.top and not _is_group(cells)):
            if row < section.top:
                break
            continue
        texts.append(_over(section, row, column))
    return next((found for text in texts if (found := _at_end(text, kind)) is not None), None)


def _is_group(cells: Mapping[int, str]) -> bool:
    """True when a row over the heading heads groups of columns: no line about the whole table, and no data."""
    return is_unit_row(cells) or not any(text[-1:].isdigit() or "单位" in text for text in cells.values())


def _over(section: TableSection, row: int, column: int) -> str:
    """The cell over a column; without merges a heading of a group goes on to the right."""
    table = section.table
    if (text := table.over(row, column)) or any((row, each) in table.merged for each in section.words):
        return text
    cells = table.lines.get(row, {})
    return next((cells[each] for each in range(column, 0, -1) if each in cells), "")


def _lines(section: TableSection) -> Iterator[str]:
    """Lines that speak of the whole table, the nearest first."""
    table = section.table
    for row in range(section.top - 1, max(section.top - 1 - _LINES, 0), -1):
        cells = table.lines.get(row, {})
        if len(cells) >= _WIDE and not any("单位" in text for text in cells.values()):
            if row == section.top - 1 and _is_group(cells):
                continue
            break
        yield from cells.values()
    yield from reversed(table.above)
    for row in range(max(section.last - _LINES, section.row) + 1, section.last + 1):
        cells = table.lines.get(row, {})
        if 0 < len(cells) < _WIDE:
            yield from (text for text in cells.values() if "单位" in text or is_unit_row({1: text}))
    yield from table.below
    yield table.sheet


def _of_lines(lines: Iterable[str], kind: Kind) -> Iterator[_Found]:
    """The statements of lines, each unit once."""
    seen: set[Decimal] = set()
    for text in lines:
        for name in _names(_key(text)):
            factor = FACTORS.get(kind, {}).get(name)
            if factor is not None and factor not in seen:
                seen.add(factor)
                yield _Found(name, factor, text.strip()[:40])


def _names(text: str) -> list[str]:
    """The parts of a line that may name a unit, without 单位, 人民币 and the like around them."""
    said = text
    if len(text) > _MOST_LINE or "。" in text:
        # A sentence: 元 in it is of some figure, unless it says 单位, or ends with it in brackets.
        last = _LAST.search(text)
        said = text[at:] if (at := text.find("单位")) >= 0 else last[0] if last else ""
    parts = [_BEHIND.sub("", _BEFORE.sub("", part)) for part in _BREAKS.split(_AFTER_FIGURE.sub("", said)) if part]
    return [part for part in parts if part] or ([""] if "单位" in text else [])


def _at_end(text: str, kind: Kind) -> _Found | None:
    """The unit of a heading: in brackets or behind a stroke (金额(万元)), or its last letters (累计支付万元)."""
    key = _key(text)
    units = FACTORS.get(kind, {})
    first, *parts = re.split(r"[()\[\]/::]", key)
    for part in (*parts, *_BREAKS.split(key), *(_ends("".join(key.split()), kind) if first else ())):
        name = _BEHIND.sub("", _BEFORE.sub("", part))
        if name in units:
            return _Found(name, units[name], text.strip()[:40])
    return None


def _ends(key: str, kind: Kind) -> Iterator[str]:
    if kind in MEASURED:
        yield from (key[-length:] for length in (4, 3, 2, 1) if length < len(key))


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("㎡", "m2")
