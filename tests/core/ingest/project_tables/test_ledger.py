"""A list of communities as offices keep it: about, months, words, groups of rows, one amount for several, gaps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from core.ingest.files.document import read_document
from core.ingest.project_tables.as_typed import last_day, without_about
from core.ingest.project_tables.facts import Background, FactsReading, read_facts
from core.ingest.project_tables.values import Reader, Unit
from tests.core.ingest.project_tables.test_facts import NEW

D = Decimal

Row = Sequence[object]
HEADING = ("序号", "街道", "小区名称", "户数（户）", "建筑面积(㎡)", "已投资（万元）", "累计支付（万元）")


def ledger(rows: Sequence[Row], merged: Sequence[str] = ()) -> FactsReading:
    """The rows of a sheet, as they are read for a project that is new."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    content = BytesIO()
    book.save(content)
    return read_facts(
        read_document("台账.xlsx", content.getvalue()),
        Background("p", "b", date(2024, 12, 31), date(2025, 6, 30), None, {}, NEW, ()),
    )


def said(reading: FactsReading) -> list[str]:
    assert not reading.problems, [str(each.message) for each in reading.problems]
    return [str(each.message) for each in reading.questions]


def homes(reading: FactsReading) -> dict[str, tuple[Any, ...]]:
    assert reading.facts is not None, [str(each.message) for each in reading.problems]
    return {
        line.place: (line.communities, line.buildings, line.households, line.area) for line in reading.facts.renovation
    }


def money(reading: FactsReading) -> dict[str, tuple[D | None, D | None]]:
    assert reading.facts is not None, [str(each.message) for each in reading.problems]
    return {line.place: (line.invested, line.paid) for line in reading.facts.spend}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023.6", date(2023, 6, 30)), ("2023.2", date(2023, 2, 28)), ("2024年2月", date(2024, 2, 29)),
        ("2023-06", date(2023, 6, 30)), ("2023年6月底", date(2023, 6, 30)), ("2023年6月末", date(2023, 6, 30)),
        ("2022年4月上旬", date(2022, 4, 10)), ("2022年4月中旬", date(2022, 4, 20)),
        ("2022年4月下旬", date(2022, 4, 30)), ("2022年", date(2022, 12, 31)), ("2022", date(2022, 12, 31)),
        ("2022年底", date(2022, 12, 31)), ("2022.13", None), ("2022.0", None), ("6月", None), ("0000.1", None),
    ],
)  # fmt: skip
def test_a_day_known_to_the_month_is_its_last_one(cell: str, day: date | None) -> None:
    assert last_day(cell) == day


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("约5000", "5000"), ("约5000㎡", "5000㎡"), ("大约5000", "5000"), ("近5000", "5000"), ("5000左右", "5000"),
        ("约5000左右", "5000"), ("5000余㎡", "5000㎡"), ("5,000多", "5,000"), ("5000", None), ("多少", None),
    ],
)  # fmt: skip
def test_about_is_taken_off_a_figure(cell: str, figure: str | None) -> None:
    assert without_about(cell) == figure


def test_about_is_a_figure_in_a_list_of_communities_only() -> None:
    """A street's amount is a number or a problem; a rate may be words anywhere."""
    unit = Unit(D("0.0001"), stated=True)
    listed = Reader("area", unit, listed=True)["约5000"]
    assert (getattr(listed, "value", None), getattr(listed, "why", None)) == (D("0.5"), "about")
    assert str(Reader("area", unit)["约5000"]).startswith("应为面积")
    assert str(Reader("paid", Unit(D(1), stated=True))["约2164"]).startswith("应为金额")
    words = Reader("physical", None)["全部开工"]
    assert (getattr(words, "value", ""), getattr(words, "why", None)) == (None, "words")
    share = Reader("physical", None)["约60%"]
    assert (getattr(share, "value", None), getattr(share, "why", None)) == (D("0.6"), "about")
    for wrong in ("120%", "1期已完", "#REF!"):
        assert not hasattr(Reader("physical", None)[wrong], "why"), wrong
    for wrong in ("2024-02-30", "#N/A"):
        assert not hasattr(Reader("begun_on", None, listed=True)[wrong], "why"), wrong


def test_a_ledger_keeps_what_its_cells_say_and_tells_it() -> None:
    found = ledger(
        [
            ("街道", "小区", "栋数", "户数", "面积(㎡)", "建成年代", "改造类型", "开工时间", "完工时间", "形象进度"),
            ("甲街道", "一村", 2, 48, "约5000", "80年代", "基础类", "2022.4", 44915, "已完工"),
            ("", "二村", 3, 96, 8120, 1985, "提升类", "2022年4月18日", "未完工", "约60%"),
            ("乙街道", "三村", 1, 18, "1500㎡", "", "", 44682, "2022.1", "100%"),
        ]
    )  # fmt: skip
    told = said(found)
    assert "1格写的是约数（约5000），按所写的数读取，保留“约”字。请核对。" in told
    assert "1格写的是约数（约60%），按所写的数读取，保留“约”字。请核对。" in told
    assert "1格写的是文字（已完工），原文保留，不当作数。请核对。" in told
    assert "1格写的是文字（未完工），原文保留，不当作数。请核对。" in told
    assert "1格没有写到日（2022.4），按该月（旬、年）的最后一天读取，原文保留。请核对。" in told
    assert sum("如果是10月，请改正" in each for each in told) == 1
    one, two, three = found.communities
    assert (one.area, one.built, one.renewal) == (D("0.5"), "80年代", "基础类")
    assert (one.begun_on, one.done_on, one.physical) == (date(2022, 4, 30), date(2022, 12, 20), None)
    assert json.loads(one.said or "") == {"area": "约5000", "physical": "已完工", "begun_on": "2022.4"}
    assert (two.begun_on, two.done_on, two.physical, two.built) == (date(2022, 4, 18), None, D("0.6"), "1985")
    assert json.loads(two.said or "") == {"physical": "约60%", "done_on": "未完工"}
    assert (three.begun_on, three.built, three.renewal, three.physical) == (date(2022, 5, 1), None, None, D(1))
    assert homes(found) == {"甲街道": (2, 5, 144, D("1.312")), "乙街道": (1, 1, 18, D("0.15"))}
    assert money(found) == {}


def test_lines_over_groups_of_rows_are_no_rows() -> None:
    """They may stand in the column of numbers or of places; the numbering begins again under each."""
    for column in (0, 1, 2):
        first, second = ([""] * 7 for _ in range(2))
        first[column], second[column] = "一、市级目标小区", "（二）区级目标小区"
        found = ledger(
            [
                HEADING,
                first, (1, "甲街道", "一村", 48, 4000, 40, 30), (2, "甲街道", "二村", 96, 8000, 60, 50),
                second, (1, "乙街道", "三村", 128, 9000, 95, 95), ("合计", "", "", 272, 21000, 195, 175),
            ]
        )  # fmt: skip
        assert homes(found) == {"甲街道": (2, None, 144, D("1.2")), "乙街道": (1, None, 128, D("0.9"))}
        assert money(found) == {"甲街道": (100, 80), "乙街道": (95, 95)}
        assert any("一、市级目标小区" in str(each.message) for each in found.unread)
    bare = ledger([HEADING, ("市级目标", "", "", "", "", "", ""), (1, "甲街道", "一村", 48, 4000, 40, 30)])
    assert homes(bare) == {"甲街道": (1, None, 48, D("0.4"))}
    unnamed = ledger([HEADING, (1, "甲街道", "", 48, 4000, 40, 30)])
    assert [str(each.message) for each in unnamed.problems] == ["没有填写小区名称。"]


def test_a_street_may_stand_in_a_line_over_its_communities() -> None:
    heading = ("序号", "小区名称", "户数", "已投资（万元）")
    for column, lines in ((0, ("一、甲街道", "二、乙镇")), (1, ("甲街道（2个）", "乙镇"))):
        first, second = ([""] * 4 for _ in range(2))
        first[column], second[column] = lines
        found = ledger(
            [
                heading,
                first,
                (1, "一村", 48, 10),
                (2, "二村", 50, 20),
                second,
                (1, "三村", 60, 5),
                ("合计", "", 158, 35),
            ]
        )
        assert homes(found) == {"甲街道": (2, None, 98, None), "乙镇": (1, None, 60, None)}
        assert money(found) == {"甲街道": (30, None), "乙镇": (5, None)}
        assert "表中没有“街镇”这一列，按各组小区上方的一行（甲街道、乙镇）作为街镇读取。请核对。" in said(found)
    none = ledger([heading, (1, "一村", 48, 10)])
    assert [str(each.message) for each in none.problems] == ["表头缺少“街镇”这一列。"]
    above = ledger([heading, (1, "一村", 48, 10), ["二、乙镇", "", "", ""], (1, "三村", 60, 5)])
    assert [str(each.message) for each in above.problems] == ["没有填写街镇。"]


def test_an_amount_over_several_communities_counts_once_for_their_street() -> None:
    rows = [
        HEADING,
        (1, "甲街道", "一村", 48, 4000, 120, 100), (2, "甲街道", "二村", 96, 8000, "", ""),
        (3, "甲街道", "三村", 18, 1500, 30, ""), (4, "乙街道", "四村", 128, 9000, 95, 50),
    ]  # fmt: skip
    found = ledger(rows, ["F2:F3", "G2:G4"])
    assert money(found) == {"甲街道": (150, 100), "乙街道": (95, 50)}
    assert [each.invested for each in found.communities] == [None, None, 30, 95]
    assert [each.paid for each in found.communities] == [None, None, None, 50]
    told = said(found)
    assert "这个数合并了2个小区（一村、二村），是它们共有的：计入甲街道的已投资，没有分到各小区。请核对。" in told
    assert (
        "这个数合并了3个小区（一村、二村、三村），是它们共有的：计入甲街道的累计支付，没有分到各小区。请核对。" in told
    )
    over_two = ledger(rows, ["F4:F5"])
    assert ["是它们共有的，不能算作其中一个" in str(each.message) for each in over_two.problems] == [True]


def test_blanks_under_an_amount_are_none_of_their_own_where_the_printed_total_says_so() -> None:
    rows: list[Row] = [
        HEADING,
        (1, "甲街道", "一村", 48, 4000, 120, 100), (2, "甲街道", "二村", 96, 8000, "", ""),
        (3, "乙街道", "三村", 128, 9000, 95, 50),
    ]  # fmt: skip
    told = ledger([*rows, ("合计", "", "", 272, 21000, 215, 150)])
    assert money(told) == {"甲街道": (120, 100), "乙街道": (95, 50)}
    assert sum("合计行等于已填各行之和" in each for each in said(told)) == 2
    silent = ledger(rows)
    assert money(silent) == {"甲街道": (None, None), "乙街道": (95, 50)}
    assert "甲街道有小区没有填报已投资：这些街镇和全项目的已投资按未填报处理，显示为“—”。请核对。" in said(silent)


def test_what_no_community_reports_is_not_reported() -> None:
    found = ledger([("街道", "小区名称", "户数"), ("甲街道", "一村", 48), ("乙街道", "二村", 60)])
    assert homes(found) == {"甲街道": (1, None, 48, None), "乙街道": (1, None, 60, None)}
    assert money(found) == {}
    assert "小区明细里没有栋数、面积，按未填报处理，显示为“—”。请核对。" in said(found)


NAMES = tuple(f"{name}{n}村" for name in ("幸福", "和平") for n in range(1, 9))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Row], dict[str, Any]]:
    """A ledger in a random layout, and what its rows say: by community, and by street."""
    columns = draw(
        st.permutations(["街道", "小区名称", "户数（户）", "建筑面积(㎡)", "已投资（万元）", "开工时间", "形象进度"])
    )
    numbered, groups, totalled = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    rows: list[Row] = [[*(["序号"] if numbered else []), *columns]]
    expected: dict[str, Any] = {"communities": [], "streets": {}}
    names = iter(draw(st.permutations(NAMES)))
    sums = {"户数（户）": D(0), "建筑面积(㎡)": D(0), "已投资（万元）": D(0)}
    for number, street in enumerate(draw(st.permutations(["甲街道", "乙镇", "丙街道"]))[: draw(st.integers(1, 3))]):
        if groups:
            rows.append([f"{'一二三'[number]}、第{number + 1}批小区", *[""] * (len(rows[0]) - 1)])
        street_sums, complete = {name: D(0) for name in sums}, True
        for at in range(draw(st.integers(1, 4))):
            name = next(names)
            figures = {
                "户数（户）": D(draw(st.integers(1, 999))),
                "建筑面积(㎡)": D(draw(st.integers(100, 99_999))),
                "已投资（万元）": D(draw(st.integers(0, 99_999))) / 100,
            }
            about, blank = draw(st.booleans()), draw(st.integers(0, 9)) == 0
            day = date(draw(st.integers(2019, 2024)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
            begun, as_typed = draw(
                st.sampled_from(
                    [
                        (day, (day - date(1899, 12, 30)).days),
                        (day, f"{day.year}.{day.month}.{day.day}"),
                        (last_day(f"{day.year}.{day.month}"), f"{day.year}年{day.month}月底"),
                        (None, "未开工"),
                    ]
                )
            )
            cells: dict[str, object] = {
                "街道": street if at == 0 or draw(st.booleans()) else "",
                "小区名称": name,
                "户数（户）": int(figures["户数（户）"]),
                "建筑面积(㎡)": f"约{figures['建筑面积(㎡)']}" if about else int(figures["建筑面积(㎡)"]),
                "已投资（万元）": "/" if blank else f"{figures['已投资（万元）']:,.2f}",
                "开工时间": as_typed,
                "形象进度": draw(st.sampled_from(["主体施工", "40%", "0.4", ""])),
            }
            rows.append([*([at + 1] if numbered else []), *(cells[column] for column in columns)])
            invested = None if blank else figures["已投资（万元）"]
            complete &= not blank
            for each, value in figures.items():
                street_sums[each] += D(0) if each == "已投资（万元）" and blank else value
            rate = D("0.4") if cells["形象进度"] in ("40%", "0.4") else None
            expected["communities"].append(
                (street, name, int(figures["户数（户）"]), figures["建筑面积(㎡)"] / 10_000, invested, begun, rate)
            )
        expected["streets"][street] = (
            int(street_sums["户数（户）"]),
            street_sums["建筑面积(㎡)"] / 10_000,
            street_sums["已投资（万元）"] if complete else None,
        )
        sums = {name: value + street_sums[name] for name, value in sums.items()}
    if totalled and all(each[2] is not None for each in expected["streets"].values()):
        total = {name: f"{value:f}" for name, value in sums.items()}
        label = "小区名称" if not numbered else "序号"
        rows.append(["合计" if column == label else total.get(str(column), "") for column in rows[0]])
    return rows, expected


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_a_ledger_in_any_layout_reads_as_what_it_says(case: tuple[list[Row], dict[str, Any]]) -> None:
    rows, expected = case
    found = ledger(rows)
    assert not found.problems, [(each.cell, str(each.message)) for each in found.problems]  # type: ignore[attr-defined]
    assert [
        (each.place, each.name, each.households, each.area, each.invested, each.begun_on, each.physical)
        for each in found.communities
    ] == expected["communities"]
    assert found.facts is not None
    streets = {line.place: (line.households, line.area) for line in found.facts.renovation}
    invested = {line.place: line.invested for line in found.facts.spend}
    assert {place: (*streets[place], invested.get(place)) for place in streets} == expected["streets"]
