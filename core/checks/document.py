"""Checks of the document's completeness, and of leavings of word processing in it."""

from __future__ import annotations

import re
from decimal import Decimal

from core.checks.claims import given, sources, unsaid, value
from core.checks.finding import Finding
from core.errors import Message
from core.model.project import Facts
from core.progress.facts_by_place import joined, span
from core.text import numbers, word
from core.text.amounts import exact, said

BOND = {
    "bond_interest": word("债券利率"),
    "bond_issued": word("发行日期"),
    "bond_maturity": word("期限"),
    "bond_revenue": word("项目收益与偿债来源"),
}
SIGNED = {
    "evaluator": word("评价人"),
    "evaluated_on": word("评价日期"),
    "signatures": word("签名盖章"),
    "version": word("版本"),
}

_UNIT = re.compile(r"\d\s*[^\d\s.,%）)]+$")
"""A number with its unit behind it: 128栋, 39万平方米."""


def _listed(facts: Facts, wanted: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Each name with the words of the document, — where it has none."""
    found = ((name, given(facts, claim_id)) for claim_id, name in wanted.items())
    return tuple((name, numbers.MISSING if claim is None else claim.text) for name, claim in found)


def bond(facts: Facts) -> Finding | None:
    """23: find the facts that a special bond needs. None when none is planned."""
    funding = next((each for each in facts.funding if each.source == "bond" and each.planned > 0), None)
    if funding is None:
        return None
    missing = unsaid(facts, BOND)
    title = Message("专项债信息")
    figures: tuple[tuple[str, str | Message], ...] = ((funding.name, said(funding.planned)), *_listed(facts, BOND))
    source = joined([funding.section, *sources(given(facts, name) for name in BOND)])
    params = {"name": funding.name, "planned": exact(funding.planned), "missing": missing}
    if missing:
        message = Message("{name}计划{planned}，但没有{missing}。", params)
        return Finding("23", "W", title, message, figures, source)
    message = Message("{name}计划{planned}，债券信息齐全。", params)
    return Finding("23", "P", title, message, figures, source)


def residue(facts: Facts) -> Finding | None:
    """25: leavings of word processing, in the text (claims) and in the cells. None without rows and claims of it."""
    cells: list[str] = []
    for line in facts.spend:
        cells += [line.serial_raw, line.place_raw, line.estimate_raw, line.invested_raw, line.paid_raw]
    for row in facts.renovation:
        cells += [row.serial_raw, row.place_raw, row.communities_raw, row.buildings_raw, row.households_raw]
        cells.append(row.area_raw)
    claims = [given(facts, name) for name in ("residue_words", "residue_bookmarks", "residue_numbering")]
    if not cells and not any(claims):
        return None
    counts: tuple[tuple[str, int | Decimal], ...] = (
        (word("误替换的字词"), value(facts, "residue_words") or 0),
        (word("书签标记"), value(facts, "residue_bookmarks") or 0),
        (word("编号层级错乱"), value(facts, "residue_numbering") or 0),
        (word("单元格首尾空格"), sum(cell != cell.strip() for cell in cells)),
        (word("千分位逗号"), sum(bool(re.search(r"\d,\d{3}", cell)) for cell in cells)),
        (word("单元格内带单位"), sum(bool(_UNIT.search(cell.strip())) for cell in cells)),
        (word("全角括号"), sum("（" in cell or "）" in cell for cell in cells)),
    )
    found = [(name, numbers.count(count)) for name, count in counts if count > 0]
    title = Message("文字和单元格残留")
    rows = [span([line.source for line in facts.spend]), span([row.source for row in facts.renovation])]
    source = joined([*sources(claims), *rows])
    if not found:
        message = Message("表格和文字没有残留痕迹。")
        return Finding("25", "P", title, message, ((word("单元格"), numbers.count(len(cells))),), source)
    items = tuple(Message("{name}{count}处", {"name": name, "count": count}) for name, count in found)
    message = Message("原文有{items}；数值已按含义读入，原样保留在来源中。", {"items": items})
    return Finding("25", "W", title, message, tuple(found), source)


def signed(facts: Facts) -> Finding | None:
    """26: find evaluator, date, signature and version. None without a reported score: it is no evaluation."""
    if given(facts, "reported_score") is None:
        return None
    missing = unsaid(facts, SIGNED)
    title = Message("评价人与签章")
    figures = _listed(facts, SIGNED)
    source = joined(sources(given(facts, name) for name in SIGNED)) or facts.project.source
    if missing:
        return Finding("26", "W", title, Message("报告没有{missing}。", {"missing": missing}), figures, source)
    message = Message("评价人、日期、签章和版本齐全。")
    return Finding("26", "P", title, message, figures, source)
