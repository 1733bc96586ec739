"""Random projects in the layouts of forms: groups in any order, units, totals first or last, read back as the same."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.files.document import read_document
from core.ingest.project_tables.facts import Background, read_facts
from tests.core.ingest.project_tables.test_facts import NEW, as_csv, as_xlsx, facts, reading

D = Decimal
COUNT = st.integers(1, 5000)
MONEY = st.decimals(1, 10**4, places=2)
UNITS = {"万元": D(1), "元": D(10000)}


@dataclass(frozen=True)
class Street:
    """What a street reports, by hand."""

    place: str
    communities: int
    buildings: int
    households: int
    area: Decimal
    estimate: Decimal
    invested: Decimal
    paid: Decimal


STREETS = st.lists(
    st.builds(
        Street,
        st.text(st.sampled_from("东西南北湖山"), min_size=2, max_size=3).map(lambda name: name + "街道"),
        COUNT, COUNT, st.integers(500, 5000), st.decimals(1, 99, places=2), MONEY, MONEY, MONEY,
    ),
    min_size=2, max_size=5, unique_by=lambda street: street.place,
)  # fmt: skip
PLANS = ["改造任务", "计划", "本年度改造计划", "目标任务"]
NOW = ["本期末累计", "累计完成情况", "截至目前累计"]
BEFORE = ["上期末累计", "上年末累计"]
PERIOD = ["本期", "本月", "本季度"]
WORDS = {
    "communities": ["小区数", "小区数(个)", "小区个数"], "buildings": ["楼栋数", "楼 栋 数（栋）", "幢数"],
    "households": ["户数", "涉及居民户数", "惠及户数（户）"], "area": ["建筑面积（万㎡）", "改造面积（万平方米）"],
    "invested": ["完成投资", "投资完成额"], "paid": ["支付金额", "支付资金"],
    "estimate": ["概算", "批复概算", "总投资"],
}  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> tuple[list[Street], bool, bytes]:
    """A project, whether as a workbook with merges, and its file."""
    streets = draw(STREETS)
    money = draw(st.sampled_from(sorted(UNITS)))
    count = len(streets)
    other = st.lists(st.integers(1, 400), min_size=count, max_size=count)

    def of(field: str) -> list[Decimal]:
        factor = UNITS[money] if field in ("estimate", "invested", "paid") else D(1)
        return [getattr(street, field) * factor for street in streets]

    def cumulative(words: list[str], *, mine: bool) -> list[tuple[str, str, list[Decimal]]]:
        group = draw(st.sampled_from(words))
        return [
            (group, draw(st.sampled_from(WORDS[field])), of(field) if mine else [D(each) for each in draw(other)])
            for field in draw(st.permutations(["invested", "paid"]))
        ]

    plan = draw(st.sampled_from(PLANS))
    scope = draw(st.permutations(["communities", "buildings", "households", "area"]))
    groups = [
        [(plan, draw(st.sampled_from(WORDS[field])), of(field)) for field in scope],
        cumulative(NOW, mine=True),
        *([cumulative(BEFORE, mine=False)] if draw(st.booleans()) else []),
        *([cumulative(PERIOD, mine=False)] if draw(st.booleans()) else []),
        [("", draw(st.sampled_from(WORDS["estimate"])), of("estimate"))],
    ]
    columns = [column for group in draw(st.permutations(groups)) for column in group]
    names = [street.place for street in streets]
    merged = draw(st.booleans())
    return streets, merged, _written(draw, columns, names, money, merged=merged)


def _written(
    draw: st.DrawFn, columns: list[tuple[str, str, list[Decimal]]], names: list[str], money: str, *, merged: bool
) -> bytes:
    """The file: title, unit, a heading of two rows, perhaps the columns' numbers, and the total first or last."""
    place = draw(st.sampled_from(["街镇", "街道（镇）", "县(市、区)", "所属街道"]))
    upper, lower, areas = [place], [""], []
    for group, under in groupby(columns, key=lambda column: column[0]):
        words = [word for _, word, _ in under]
        first = len(upper) + 1
        if group:
            areas.append((first, first + len(words) - 1))
        upper += [group, *[""] * (len(words) - 1)] if group else words
        lower += words if group else [""] * len(words)
    rows: list[list[object]] = [["某区老旧小区改造情况表"], [f"单位：{money}"], list(upper), list(lower)]
    if draw(st.booleans()):
        rows.append(["甲", *(f"{number}栏" for number in range(1, len(columns) + 1))])
    body: list[list[object]] = [
        [name, *(f"{values[at]:f}" for _, _, values in columns)] for at, name in enumerate(names)
    ]
    total: list[object] = [draw(st.sampled_from(["合计", "全区", "总 计"]))]
    total += [f"{sum(values):f}" for _, _, values in columns]
    where = draw(st.sampled_from(["first", "last", "none"]))
    rows += [total, *body] if where == "first" else [*body, total] if where == "last" else body
    spans = [f"{_letter(first)}3:{_letter(last)}3" for first, last in areas if last > first]
    return as_xlsx({"表": rows}, {"表": spans}) if merged else as_csv(rows)


def _letter(column: int) -> str:
    return chr(ord("A") + column - 1)


@given(forms())
@settings(max_examples=60, deadline=None)
def test_a_form_says_the_same_in_every_layout(form: tuple[list[Street], bool, bytes]) -> None:
    streets, merged, content = form
    found = facts(reading("a.xlsx" if merged else "a.csv", content))
    spend = {line.place: line for line in found.spend}
    homes = {line.place: line for line in found.renovation}
    assert list(spend) == list(homes) == [street.place for street in streets]
    amounts = {place: group.amount for group in found.budget_groups for place in group.places}
    for street in streets:
        line, home = spend[street.place], homes[street.place]
        assert (line.invested, line.paid, amounts[street.place]) == (street.invested, street.paid, street.estimate)
        assert (home.communities, home.buildings, home.households, home.area) == (
            street.communities, street.buildings, street.households, street.area,
        )  # fmt: skip


@dataclass(frozen=True)
class Monthly:
    """A monthly series, by hand."""

    days: tuple[date, ...]
    """The as-of day of each month; the last is the file's."""
    paid: dict[str, list[Decimal]]
    """Place -> cumulative payments, a month each."""
    estimate: dict[str, Decimal]


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@st.composite
def monthly_series(draw: st.DrawFn) -> tuple[Monthly, str, bytes]:
    """A series, the name of its file, and the file: months as columns, or a sheet a month."""
    year = draw(st.sampled_from([2023, 2024]))
    first = draw(st.integers(1, 11))
    months = list(range(first, draw(st.integers(first + 1, 12)) + 1))
    days = [_end_of(year, month) for month in months]
    places = draw(st.lists(st.sampled_from(["东", "西", "南", "北", "湖"]), min_size=1, max_size=4, unique=True))
    steps = st.lists(st.decimals(0, 500, places=2), min_size=len(months), max_size=len(months))
    paid = {f"{name}街道": list(accumulate(draw(steps))) for name in places}
    estimate = {place: draw(MONEY) for place in paid}
    made = Monthly(tuple(days), paid, estimate)
    if draw(st.booleans()):
        return made, "月报.csv", as_csv(_months_as_columns(draw, made))
    return made, "月报.xlsx", as_xlsx(_months_as_sheets(draw, made))


def _months_as_columns(draw: st.DrawFn, made: Monthly) -> list[list[object]]:
    """Columns in any order, with the year or without, and perhaps months that are still to come."""
    spelled = draw(st.sampled_from(["{y}年{m}月", "{m}月", "{y}-{m:02}", "{m}月末", "{y}年{m}月{d}日"]))
    last = made.days[-1]
    later = [_end_of(last.year, month) for month in range(last.month + 1, 13)] if draw(st.booleans()) else []
    order = draw(st.permutations(range(len(made.days) + len(later))))
    days = [*made.days, *later]
    heads = [spelled.format(y=days[at].year, m=days[at].month, d=days[at].day) for at in order]
    rows: list[list[object]] = [
        ["街镇", "概算（万元）", "累计支付（万元）", *[""] * (len(order) - 1)],
        ["", "", *heads],
    ]
    for place, amounts in made.paid.items():
        planned = [amounts[-1] + 1] * len(later)
        cells = [f"{[*amounts, *planned][at]:f}" for at in order]
        rows.append([place, f"{made.estimate[place]:f}", *cells])
    return rows


def _months_as_sheets(draw: st.DrawFn, made: Monthly) -> dict[str, list[list[object]]]:
    """Sheets in any order, named by the month, some with their day in a line of their own."""
    spelled = draw(st.sampled_from(["{m}月", "{y}年{m}月", "{y}.{m:02}"]))
    sheets: dict[str, list[list[object]]] = {}
    for at in draw(st.permutations(range(len(made.days)))):
        day = made.days[at]
        line = [[f"数据截至{day.year}年{day.month}月{day.day}日"]] if draw(st.booleans()) else []
        sheets[spelled.format(y=day.year, m=day.month)] = [
            *line,
            ["街镇", "概算（万元）", "累计支付（万元）"],
            *([place, f"{made.estimate[place]:f}", f"{amounts[at]:f}"] for place, amounts in made.paid.items()),
        ]
    return sheets


@given(monthly_series())
@settings(max_examples=60, deadline=None)
def test_a_monthly_series_says_the_same_as_columns_and_as_sheets(given_series: tuple[Monthly, str, bytes]) -> None:
    made, name, content = given_series
    document = read_document(name, content)
    stated = replace(NEW, as_of=None)
    whole = Background("p", "b", made.days[-1], date(2025, 6, 30), None, {}, stated, ())
    series = read_facts(document, whole).series
    assert series is not None
    assert series.problems == ()
    assert [part.day for part in series.parts] == list(made.days)
    for at, part in enumerate(series.parts):
        found = facts(read_facts(series.document(document, part), replace(whole, as_of=part.day, share=part.share)))
        assert {line.place: line.paid for line in found.spend} == {
            place: amounts[at] for place, amounts in made.paid.items()
        }
        amounts = {place: group.amount for group in found.budget_groups for place in group.places}
        assert (found.as_of, amounts) == (part.day, made.estimate)
