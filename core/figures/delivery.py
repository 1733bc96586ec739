"""建设进展: what streets report of their work, as one table, and how far payment is from it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.errors import Message
from core.figures.figure import BarRow, Bars, ChartAmount, Words
from core.figures.measured_table import MeasuredColumn, MeasuredTable, column, laid_out
from core.figures.palette import MONEY, TINT, UNPAID
from core.figures.table import TableCell, TableColumn
from core.model.measure import Measure, Measures
from core.model.project import Facts
from core.text import word
from core.text.numbers import MISSING, count, percent, pp


def work_table(facts: Facts, m: Measures, chosen: str | None = None) -> MeasuredTable | None:
    """Lay out what the streets report of their work; None where nobody reports anything of it."""
    planned = word("个/计划")
    answers = next((x.number for x in m.all if x.id == "surveyed"), None)
    asked = "" if answers is None else Message("有效问卷{answers}份", {"answers": count(answers)})
    found = [
        each
        for each in (
            _reported(m, "start_rate", TableColumn(word("已开工小区"), planned), _of),
            _reported(m, "completion_rate", TableColumn(word("已完工小区"), planned), _of),
            _reported(m, "acceptance_rate", TableColumn(word("已验收小区"), planned), _of),
            _reported(m, "household_completion_rate", TableColumn(word("已完工"), word("户/计划")), _of),
            _reported(m, "physical_progress", TableColumn(word("形象进度"), _weighted(m)), _percent),
            _reported(m, "pass_rate", TableColumn(word("验收合格"), word("合格/已验收")), _of),
            _reported(m, "satisfaction", TableColumn(word("满意度"), asked), _percent),
        )
        if each is not None
    ]
    return laid_out("work", _work_finding(m, chosen), facts, found) if found else None


def delivered(facts: Facts, m: Measures) -> Bars | None:
    """Planned, started and finished communities of each street, to be drawn upon each other; None: nobody says."""
    if not any(x.id in ("communities_started", "communities_finished") for x in m.all):
        return None
    shown = [("communities", UNPAID), ("communities_started", TINT), ("communities_finished", MONEY)]
    rows = tuple(
        BarRow(place, tuple(ChartAmount(_number(m, name, place), "个", colour) for name, colour in shown))
        for place in facts.places
    )
    return Bars(word("建设进展"), rows, series=(word("计划小区"), word("已开工"), word("已完工")), ordered=False)


def delivered_table(facts: Facts, m: Measures) -> tuple[tuple[Words, ...], list[tuple[Words, ...]]]:
    """Headings, and a row a street, then the project: what nobody reports has no column."""
    columns: list[tuple[str, Words, Callable[[Decimal | None], str]]] = [
        ("communities", word("计划小区"), count), ("communities_started", word("已开工"), count),
        ("communities_finished", word("已完工"), count), ("pass_rate", word("验收合格率"), percent),
        ("satisfaction", word("满意度"), percent),
    ]  # fmt: skip
    known = [each for each in columns if any(x.id == each[0] and x.number is not None for x in m.all)]
    rows: list[tuple[Words, ...]] = [
        (place or word("合计"), *(printed(_number(m, name, place)) for name, _, printed in known))
        for place in (*facts.places, None)
    ]
    return (word("街镇"), *(heading for _, heading, _ in known)), rows


def _number(m: Measures, name: str, place: str | None) -> Decimal | None:
    return next((x.number for x in m.all if x.id == name and x.place == place), None)


def physical_and_paid(m: Measures) -> Message | None:
    """Say how far payment is from physical progress; None where either is unknown."""
    done = next((x.number for x in m.all if x.id == "physical_progress" and x.place is None), None)
    paid = m.one("paid_rate", None, "estimate").number
    if done is None or paid is None:
        return None
    params = {"done": percent(done), "paid": percent(paid), "gap": pp(paid - done)}
    return Message("形象进度{done}，支付占概算{paid}，相差{gap}个百分点。", params)


def _weighted(m: Measures) -> str:
    """Whether the project's physical progress rests on an assumption."""
    whole = next((x for x in m.all if x.id == "physical_progress" and x.place is None), None)
    return word("合计为测算值·非批复数") if whole is not None and whole.is_estimate else ""


def _work_finding(m: Measures, place: str | None) -> Message:
    done = next((x for x in m.all if x.id == "communities_finished" and x.place == place), None)
    if done is None or done.number is None:
        return Message("建设进展")
    params = {"place": place or "", "planned": count(m.one("communities", place).number), "done": count(done.number)}
    if place is not None:
        return Message("建设进展：{place}{planned}个计划小区中已完工{done}个", params)
    return Message("建设进展：{planned}个计划小区中已完工{done}个", params)


def _percent(rate: Measure) -> str:
    return percent(rate.number)


def _reported(m: Measures, name: str, heading: TableColumn, printed: Callable[[Measure], str]) -> MeasuredColumn | None:
    """A rate of each street as a bar up to the whole; of the project without one."""
    of_place = {x.place: x for x in m.all if x.id == name}
    found = column(m, name, None, heading, percent)
    if found is None:
        return None

    def cell(place: str | None) -> TableCell:
        rate = of_place.get(place)
        if rate is None or rate.number is None:
            return TableCell(MISSING)
        return TableCell(printed(rate), bar=rate.number if place is not None else None)

    return MeasuredColumn(heading, cell, found.measures)


def _of(rate: Measure) -> str:
    """5/9: the numbers behind a rate, which are few enough to be read."""
    return percent(rate.number) if rate.numerator is None else f"{count(rate.numerator)}/{count(rate.denominator)}"
