"""Random projects, written in ugly ways to each kind of file, read back as the same facts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from core.model.fields import FIELDS
from core.model.project import Facts
from tests.core.ingest.project_tables.test_facts import as_csv, facts, reading
from tests.core.ingest.report_file import Cell, docx, paragraph, table

D = Decimal
FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
FORMS = ("csv", "xlsx", "docx")
MONEY_UNITS = {"万元": D(1), "元": D(10000), "亿元": D("0.0001")}
AREA_UNITS = {"万㎡": D(1), "㎡": D(10000), "万平方米": D(1), "平方米": D(10000)}
NUMBERS = {"communities": ("个", ""), "buildings": ("栋", "幢", ""), "households": ("户", "")}
PLACES = st.text(st.sampled_from("东西南北湖山"), min_size=2, max_size=4).map(lambda name: name + "镇")
MONEY = st.decimals(0, 10**5, places=2)


@dataclass(frozen=True)
class Home:
    """What a place has."""

    communities: int
    second: int | None
    buildings: int
    households: int
    area: Decimal


@dataclass(frozen=True)
class Town:
    """A project by hand."""

    places: tuple[str, ...]
    groups: tuple[tuple[Decimal, int], ...]
    """(approved amount, over how many places that follow)."""
    invested: tuple[Decimal, ...]
    paid: tuple[Decimal, ...]
    homes: tuple[Home, ...]


@st.composite
def towns(draw: st.DrawFn) -> Town:
    places = tuple(draw(st.lists(PLACES, unique=True, min_size=1, max_size=6)))
    sizes: list[int] = []
    while sum(sizes) < len(places):
        sizes.append(draw(st.integers(1, len(places) - sum(sizes))))
    count = len(places)
    counts = st.integers(0, 5000)
    homes = st.builds(Home, counts, st.none() | counts, counts, counts, st.decimals(0, 1000, places=2))
    return Town(
        places,
        tuple((draw(MONEY), size) for size in sizes),
        tuple(draw(MONEY) for _ in range(count)),
        tuple(draw(MONEY) for _ in range(count)),
        tuple(draw(homes) for _ in range(count)),
    )


class Ugly:
    """Writes tables as nobody should."""

    def __init__(self, draw: st.DrawFn, form: str) -> None:
        self.draw, self.form = draw, form

    def heading(self, field: str, unit: str) -> str:
        name = self.draw(st.sampled_from(FIELDS[field].spellings))
        spaced = " ".join(name) if self.draw(st.booleans()) and name.isalpha() else name
        return spaced + self.draw(st.sampled_from(["({})", "（{}）", "/{}", " [{}]"])).format(unit) if unit else spaced

    def number(self, value: Decimal, unit: str) -> str:
        text = f"{value:,f}" if self.draw(st.booleans()) else f"{value:f}"
        text = text.translate(FULL) if self.draw(st.booleans()) else text
        return self.draw(st.sampled_from(["", " "])) + text + unit + self.draw(st.sampled_from(["", " ", "\u3000"]))

    def amounts(self, field: str, units: dict[str, Decimal], values: Sequence[Decimal | None]) -> list[str]:
        """A column: its heading, its cells, its sum last. The unit stands in the heading or in each cell."""
        unit = self.draw(st.sampled_from(sorted(units)))
        above = self.draw(st.booleans())
        behind = "" if above else unit
        whole = sum((value for value in values if value is not None), D(0))
        cells = ["" if each is None else self.number(each * units[unit], behind) for each in [*values, whole]]
        return [self.heading(field, unit if above else ""), *cells]

    def counts(self, field: str, values: Sequence[int]) -> list[str]:
        unit = self.draw(st.sampled_from(NUMBERS[field]))
        return [self.heading(field, ""), *(self.number(D(each), unit) for each in [*values, sum(values)])]

    def pairs(self, homes: Sequence[Home]) -> list[str]:
        unit = self.draw(st.sampled_from(NUMBERS["communities"]))
        cells = [
            f"（总）{home.communities}" + ("" if home.second is None else f"-{home.second}") + unit for home in homes
        ]
        return [self.heading("communities", ""), *cells, f"{sum(home.communities for home in homes)}{unit}"]

    def names(self, places: Sequence[str]) -> list[str]:
        cells = [" ".join(place) if self.draw(st.booleans()) else f"{place} " for place in places]
        return [self.heading("place", ""), *cells, self.draw(st.sampled_from(["合计", "合 计", "总计"]))]

    def table(self, columns: list[list[str]], breaks: Sequence[int]) -> tuple[list[list[str]], list[int]]:
        """Columns in any order, with or without sums; rows of blanks. Gives rows and the row of each line of data."""
        columns = self.draw(st.permutations(columns))
        rows = [list(row) for row in zip(*columns, strict=True)]
        if self.draw(st.booleans()):
            rows = rows[:-1]
        blank = [""] * len(columns)
        at, found = [0], [rows[0]]
        for number, row in enumerate(rows[1:], start=1):
            if self.form != "docx" and number in breaks and self.draw(st.booleans()):
                found.append(blank)
            at.append(len(found))
            found.append(row)
        return found, at


@st.composite
def written(draw: st.DrawFn) -> tuple[Town, str, bytes]:
    town, form = draw(towns()), draw(st.sampled_from(FORMS))
    ugly = Ugly(draw, form)
    estimates: list[Decimal | None] = []
    starts: list[int] = []
    for amount, size in town.groups:
        starts.append(len(estimates) + 1)
        estimates += [amount, *[None] * (size - 1)]
    money = [
        ugly.names(town.places),
        ugly.amounts("estimate", MONEY_UNITS, estimates),
        ugly.amounts("invested", MONEY_UNITS, town.invested),
        ugly.amounts("paid", MONEY_UNITS, town.paid),
    ]
    money.append(["序号", *(str(draw(st.integers(1, 4))) for _ in town.places), ""])
    homes = [
        ugly.names(town.places),
        ugly.pairs(town.homes),
        ugly.counts("buildings", [home.buildings for home in town.homes]),
        ugly.counts("households", [home.households for home in town.homes]),
        ugly.amounts("area", AREA_UNITS, [home.area for home in town.homes]),
    ]
    spans = [(start, size) for start, (_, size) in zip(starts, town.groups, strict=True) if size > 1]
    first, at = ugly.table(money, starts)
    second, _ = ugly.table(homes, range(len(town.places)))
    merge_column = next(column for column, text in enumerate(first[0]) if text == money[1][0])
    merges = [(at[start], at[start + size - 1], merge_column) for start, size in spans]
    if form == "csv":
        return (
            town,
            form,
            as_csv([["资金表"], *first, [], ["受益表"], *second], draw(st.sampled_from(["utf-8", "gb18030"]))),
        )
    if form == "xlsx":
        return town, form, _workbook(first, second, merges, one_sheet=draw(st.booleans()))
    return town, form, docx(paragraph("资金表"), table(_merged(first, merges)), paragraph("受益表"), table(second))


def _workbook(
    first: list[list[str]], second: list[list[str]], merges: list[tuple[int, int, int]], *, one_sheet: bool
) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in [["资金表"], *first]:
        sheet.append([cell or None for cell in row])
    for top, last, column in merges:
        sheet.merge_cells(start_row=top + 2, end_row=last + 2, start_column=column + 1, end_column=column + 1)
    other = sheet if one_sheet else book.create_sheet()
    if one_sheet:
        sheet.append([])
        sheet.append(["受益表"])
    for row in second:
        other.append([cell or None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _merged(rows: list[list[str]], merges: list[tuple[int, int, int]]) -> list[list[Cell | str]]:
    found: list[list[Cell | str]] = [list(row) for row in rows]
    for top, last, column in merges:
        found[top][column] = Cell(rows[top][column], down="restart")
        for row in range(top + 1, last + 1):
            found[row][column] = Cell(down="continue")
    return found


def _read(form: str, content: bytes) -> Facts:
    return facts(reading(f"a.{form}", content))


@given(written())
@settings(max_examples=150, deadline=5000)
def test_what_was_written_is_read(case: tuple[Town, str, bytes]) -> None:
    town, form, content = case
    found = _read(form, content)
    assert found.places == town.places
    assert [(line.invested, line.paid) for line in found.spend] == list(zip(town.invested, town.paid, strict=True))
    expected, start = [], 0
    for amount, size in town.groups:
        expected.append((amount, town.places[start : start + size]))
        start += size
    assert [(group.amount, group.places) for group in found.budget_groups] == expected
    assert [
        Home(line.communities, line.communities_second, line.buildings, line.households, line.area)
        for line in found.renovation
    ] == list(town.homes)
    group_of = {place: group.id for group in found.budget_groups for place in group.places}
    assert [line.budget_group for line in found.spend] == [group_of[place] for place in town.places]
