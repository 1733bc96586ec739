"""Tables beside each other are two tables or the halves of one list, and each figure keeps its own cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.files.side_by_side import apart
from core.ingest.files.table import Table
from core.ingest.project_tables.headings import ROW_LABELS
from tests.core.ingest.project_tables.test_facts import HOUSES, MONEY, as_csv, as_xlsx, asked, facts, reading, said

D = Decimal
Rows = Sequence[Sequence[object]]
LEFT = [["街镇", "小区数", "栋数", "户数", "面积（万㎡）"], ["甲镇", 2, 10, 400, 3.5], ["乙镇", 3, 20, 500, 4]]
RIGHT = [["街镇", "小区数", "栋数", "户数", "面积（万㎡）"], ["丙镇", 1, 5, 100, 1], ["丁镇", 4, 40, 800, 6]]
TITLE = [["某片区改造"], ["截至2024年12月31日"]]


def beside(*blocks: Rows, between: int = 0) -> list[list[object]]:
    """The blocks in one grid, with so many blank columns between."""
    height = max(len(block) for block in blocks)
    grid: list[list[object]] = [[] for _ in range(height)]
    for at, block in enumerate(blocks):
        for row in range(height):
            cells = block[row] if row < len(block) else []
            grid[row] += [""] * (between if at else 0) + [*cells, *[""] * (len(block[0]) - len(cells))]
    return grid


def homes(rows: Rows) -> dict[str, tuple[int, int, Decimal]]:
    found = facts(reading("a.xlsx", as_xlsx({"一": rows})))
    return {line.place: (line.communities, line.households, line.area) for line in found.renovation}


FOUR = {"甲镇": (2, 400, D("3.5")), "乙镇": (3, 500, D(4)), "丙镇": (1, 100, D(1)), "丁镇": (4, 800, D(6))}


@pytest.mark.parametrize("between", [0, 1, 2])
@pytest.mark.parametrize("turned", [False, True])
def test_money_and_homes_beside_each_other_are_two_tables(between: int, *, turned: bool) -> None:
    blocks = (HOUSES, MONEY) if turned else (MONEY, HOUSES)
    found = facts(reading("a.xlsx", as_xlsx({"一": [*TITLE, *beside(*blocks, between=between)]})))
    assert {line.place: line.paid for line in found.spend} == {"甲镇": 20, "乙镇": 40}
    assert {line.place: line.households for line in found.renovation} == {"甲镇": 400, "乙镇": 500}
    assert {claim.id: claim.value for claim in found.claims if claim.id.startswith("total")} == {
        "total_estimate": 300, "total_invested": 70, "total_paid": 60,
        "total_communities": 5, "total_buildings": 30, "total_households": 900, "total_area": D("7.5"),
    }  # fmt: skip


@pytest.mark.parametrize("between", [0, 1])
def test_halves_of_one_list_are_one_list(between: int) -> None:
    assert homes(beside(LEFT, RIGHT, between=between)) == FOUR
    assert homes(beside(LEFT, RIGHT, [RIGHT[0], ["戊镇", 9, 9, 900, 9]], between=between)) == {
        **FOUR,
        "戊镇": (9, 900, D(9)),
    }


@pytest.mark.parametrize("side", [0, 1])
def test_the_sum_of_all_may_stand_under_either_half(side: int) -> None:
    halves = [LEFT, RIGHT]
    halves[side] = [*halves[side], ["合计", 10, 75, 1800, 14.5]]
    assert homes(beside(*halves)) == FOUR
    wrong = [LEFT, RIGHT]
    wrong[side] = [*wrong[side], ["合计", 10, 75, 1801, 14.5]]
    (sentence,) = said(reading("a.xlsx", as_xlsx({"一": beside(*wrong)})))
    assert sentence == f"《a.xlsx》工作表“一”{'DI'[side]}4（户数）：各行相加是1,800，这里是1,801，两者不一致。"


def test_each_figure_is_told_with_the_cell_where_it_stands() -> None:
    found = reading("a.xlsx", as_xlsx({"一": beside(LEFT, RIGHT, between=1)}))
    cells = {each.meaning: each.cell for each in found.understood}
    assert (cells["户数 · 甲镇"], cells["户数 · 丁镇"]) == ("D2", "J3")
    assert [line.source for line in facts(found).renovation] == ["一 第2行", "一 第3行", "一 第2行", "一 第3行"]
    bad = beside(LEFT, [RIGHT[0], ["丙镇", 1, 5, "一百", 1]], between=1)
    (sentence,) = said(reading("a.xlsx", as_xlsx({"一": bad})))
    assert sentence.startswith("《a.xlsx》工作表“一”J2（户数）：")


def test_a_row_of_units_and_a_serial_before_each_half() -> None:
    def numbered(rows: Rows) -> list[list[object]]:
        return [["序号", *rows[0]], ["", "", "(个)", "(栋)", "(户)", "(万㎡)"], *([1, *row] for row in rows[1:])]

    assert homes(beside(numbered(LEFT), numbered(RIGHT))) == FOUR


def test_a_list_of_communities_in_two_halves() -> None:
    head = ["序号", "街镇", "小区", "户数"]
    left, right = [head, [1, "甲镇", "一村", 10], [2, "甲镇", "二村", 20]], [head, [3, "乙镇", "三村", 30]]
    sheets = {"一": beside(left, right), "受益": [HOUSES[0], ["甲镇", 2, 1, 30, 1], ["乙镇", 1, 1, 30, 1]]}
    found = reading("a.xlsx", as_xlsx(sheets))
    assert asked(found) == []
    assert {(each.place, each.name, each.households) for each in found.communities} == {
        ("甲镇", "一村", 10), ("甲镇", "二村", 20), ("乙镇", "三村", 30),
    }  # fmt: skip


def test_a_table_over_them_and_one_under_them_stay_as_they_are() -> None:
    work = [["街镇", "形象进度", "开工小区数"], ["甲镇", "50%", 1], ["乙镇", "60%", 2]]
    rows = [*work, [], ["明细"], *beside(MONEY, HOUSES, between=1), [], ["里程碑", "计划日期"], ["开工", "2023-06-01"]]
    found = facts(reading("a.csv", as_csv(rows)))
    assert {each.place: each.started for each in found.deliveries} == {"甲镇": 1, "乙镇": 2}
    assert {line.place: line.paid for line in found.spend} == {"甲镇": 20, "乙镇": 40}
    assert {line.place: line.households for line in found.renovation} == {"甲镇": 400, "乙镇": 500}
    assert [each.name for each in found.milestones] == ["开工"]


@pytest.mark.parametrize(
    "heading",
    [
        ["街镇", "户数", "区域", "面积"],  # another word: one table with two columns of places, which is asked about
        ["街镇", "户数", "备注", "备注"],
        ["街镇", "街镇", "户数", "面积"],
        ["街镇", "户数", "街镇"],
    ],
)
def test_one_table_stays_one(heading: list[str]) -> None:
    table = Table("a", "", {1: dict(enumerate(heading, 1)), 2: {1: "甲", 2: "1", 3: "乙", 4: "2"}}, {})
    assert apart(table, ROW_LABELS) == [table]


PLACES = st.lists(st.sampled_from([f"{name}镇" for name in "甲乙丙丁戊己庚辛"]), min_size=2, max_size=8, unique=True)


@given(PLACES, st.data())
def test_a_list_cut_anywhere_reads_as_the_whole(places: list[str], data: st.DataObject) -> None:
    rows = [[place, number + 1, number + 2, 100 * (number + 1), 1] for number, place in enumerate(places)]
    cut = data.draw(st.integers(1, len(rows) - 1))
    between = data.draw(st.integers(0, 2))
    total = [["合计", *(sum(int(row[at]) for row in rows) for at in range(1, 5))]] if data.draw(st.booleans()) else []
    halves = ([LEFT[0], *rows[:cut]], [LEFT[0], *rows[cut:], *total])
    assert homes(beside(*halves, between=between)) == homes([LEFT[0], *rows, *total])


def test_headings_without_rows_of_data_between_them_keep_their_own_rows() -> None:
    """The second one's titles would else begin above the first one, which would have no row left."""
    lines = {1: {1: "序号", 2: "街镇", 3: "街镇", 4: "序号"}, 4: {3: "甲镇", 4: "街镇"}}
    found = apart(Table("a", "", lines, {}), ROW_LABELS)
    assert [(part.rows, sum(map(len, part.lines.values()))) for part in found][-1] == (4, 2)
    assert sum(len(cells) for part in found for cells in part.lines.values()) == 6
