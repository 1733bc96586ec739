"""No wrong number, C21: what a pasted block is taken for, over many texts, by the grid's own script in a browser."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from pages.shared.browser import script
from tests.browser.running_app import ROOT

SCRIPT = script(ROOT / "pages" / "shared" / "score_grid", "numbers.js", "outbox.js", "clipboard.js", "paste.js")
READ = f"""(() => {{ {SCRIPT}; window.readPaste = (...given) => {{
  const found = readPaste(...given);
  return {{
    direct: found.direct, column: found.column,
    fills: found.fills.map(({{ item, points, reason, line }}) => [item.code, points, reason, line.no]),
    skipped: found.skipped.map(({{ no, why }}) => [no, why]),
    problems: found.problems.map(({{ line, why }}) => [line.no, why]),
    doubts: found.doubts.map(({{ line }}) => line.no),
  }};
}}; }})()"""
Item = dict[str, Any]


def item(n: int, weight: int, l1: str = "甲", l2: str = "一") -> Item:
    return {"code": f"A{n}", "name": f"指标{n}号", "weight": weight, "least": 0, "step": 1, "l1": l1, "l2": l2}


FOUR = [item(1, 1000, "决策"), item(2, 2000, "过程"), item(3, 4000, "产出"), item(4, 3000, "效益")]
POINTS = [800, 1500, 3500, 2500]
FILLS = [[f"A{n}", points, None, n] for n, points in enumerate(POINTS, start=1)]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.evaluate(READ)
    yield page
    page.close()


def read(
    tab: Page, text: str, items: list[Item], start: int = 0, field: str = "points", column: int | None = None
) -> Any:
    return tab.evaluate("given => readPaste(...given)", [text, items, start, field, column])


def shown(hundredths: int) -> str:
    return f"{hundredths / 100:g}"


def test_one_column_as_long_as_the_rows_needs_no_preview(tab: Page) -> None:
    found = read(tab, "8\r\n15\r\n35\r\n25\r\n", FOUR)
    assert (found["direct"], found["fills"], found["skipped"], found["problems"]) == (True, FILLS, [], [])
    later = read(tab, "３５\n25", FOUR, start=2)
    assert (later["direct"], [fill[:2] for fill in later["fills"]]) == (True, [["A3", 3500], ["A4", 2500]])
    taken = read(tab, "2\n5\n5\n5", FOUR, field="deduction")
    assert (taken["direct"], [fill[1] for fill in taken["fills"]]) == (True, POINTS)


def test_numbers_under_a_heading_of_codes_are_codes_in_any_order(tab: Page) -> None:
    """Whoever scores some items only copies theirs: 1, 5 and 6 are no first, second and third row."""
    six = [item(n, 3000) | {"code": str(n)} for n in range(1, 7)]
    found = read(tab, "编号\t得分\t原因\n6\t11.25\t评价低\n1\t8.25\t\n5\t22\t不足\n", six)
    assert found["fills"] == [["6", 1125, "评价低", 2], ["1", 825, None, 3], ["5", 2200, "不足", 4]]
    assert (found["direct"], found["problems"]) == (False, [])
    alone = read(tab, "指标编号\t得分\n5\t22\n", six)
    assert (alone["fills"], alone["direct"]) == ([["5", 2200, None, 2]], False)


@pytest.mark.parametrize("text", ["8\n15", "得分\n8\n15\n35\n25", "8\t原因\n15\n35\n25", "8\n\n35\n25"])
def test_anything_else_is_shown_first(tab: Page, text: str) -> None:
    found = read(tab, text, FOUR)
    assert not found["direct"]
    assert (found["problems"], found["fills"] != []) == ([], True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("8\n15\n35\n25\n9", [[5, "rest"]]),
        ("8\n15\n35\n25\n9\n9", [[5, "rest"]]),
        ("8\n21\n35\n25", [[2, "too_high"]]),
        ("8\n一五\n35\n25", [[2, "not_a_number"]]),
        ("四分半\n15\n35\n25", [[1, "not_a_number"]]),
        ("8\n1.555\n35\n25", [[2, "not_a_number"]]),
        ("8\n-1\n35\n25", [[2, "not_a_number"]]),
        ("A1\t8\nA2\t15\nA9\t35\nA4\t25", [[3, "unknown"]]),
        ("A1\t8\nA2\t15\n\t35\nA4\t25", [[3, "no_key"]]),
        ("A1\t80\nA2\t15\nA3\t35", [[1, "too_high"]]),
    ],
)
def test_it_is_taken_whole_or_not_at_all(tab: Page, text: str, why: list[list[object]]) -> None:
    found = read(tab, text, FOUR)
    assert not found["direct"]
    assert found["problems"] == why


def test_blank_lines_keep_their_place(tab: Page) -> None:
    found = read(tab, "8\n\n—\n25", FOUR)
    assert [fill[:2] for fill in found["fills"]] == [["A1", 800], ["A4", 2500]]
    assert found["skipped"] == [[2, "blank"], [3, "blank"]]


def test_a_line_that_could_be_a_sum_is_named_even_where_it_fits(tab: Page) -> None:
    items = [item(n, 1000) for n in range(1, 5)]
    found = read(tab, "1\n2\n3\n4", items)
    assert (found["direct"], found["doubts"], [fill[1] for fill in found["fills"]]) == (
        False,
        [3],
        [100, 200, 300, 400],
    )


@pytest.mark.parametrize("label", ["小计", "合计", "合 计", "总计", "总分", "Total", "平均"])
def test_a_sum_is_known_by_its_name(tab: Page, label: str) -> None:
    found = read(tab, f"决策\t8\n过程\t15\n{label}\t0\n产出\t35\n效益\t25\n{label}\t1", FOUR)
    assert ([fill[1] for fill in found["fills"]], found["problems"]) == (POINTS, [])
    assert found["skipped"] == [[3, "sum"], [6, "sum"]]


def test_codes_go_to_their_items_wherever_they_were_pasted(tab: Page) -> None:
    found = read(tab, "编号\t得分\t扣分原因\nA4\t25\t差5分\nA1\t8\t\nA3\t35\t晚\n合计\t68", FOUR, start=2)
    assert found["fills"] == [["A4", 2500, "差5分", 2], ["A1", 800, None, 3], ["A3", 3500, "晚", 4]]
    assert found["skipped"] == [[1, "heading"], [5, "sum"]]


def test_several_columns_of_points_are_asked_about(tab: Page) -> None:
    text = "自评得分\t复核得分\n10\t8\n20\t15\n40\t35\n30\t25"
    found = read(tab, text, FOUR)
    assert (found["column"], found["fills"], found["direct"]) == (None, [], False)
    assert [fill[1] for fill in read(tab, text, FOUR, column=1)["fills"]] == POINTS
    assert [fill[1] for fill in read(tab, text, FOUR, column=0)["fills"]] == [1000, 2000, 4000, 3000]


@pytest.mark.parametrize(
    "text",
    [
        "10\t8\n20\t15\n40\t35\n30\t25",  # full marks, points
        "8\t2\n15\t5\n35\t5\n25\t5",  # points, 扣分
        "10\t8\t2\n20\t15\t5\n40\t35\t5\n30\t25\t5",
        "分值\t得分率\t得分\n10\t80%\t8\n20\t75%\t15\n40\t87.5%\t35\n30\t83.33%\t25",
        "满分\t扣分\t得分\n10\t2\t8\n20\t5\t15\n40\t5\t35\n30\t5\t25",
        "决策\t指标\t10\t8\n过程\t指标\t20\t15\n产出\t指标\t40\t35\n效益\t指标\t30\t25",
        "评分表\t\n分值\t得分\n10\t8\n20\t15\n40\t35\n30\t25",
    ],
)
def test_the_points_are_found_beside_full_marks_and_deductions(tab: Page, text: str) -> None:
    found = read(tab, text, FOUR)
    assert ([fill[1] for fill in found["fills"]], found["problems"], found["direct"]) == (POINTS, [], False)


def test_a_cell_with_line_ends_is_one_cell(tab: Page) -> None:
    found = read(tab, '8\t"差\n""两""分"\n15\t\n35\t晚\n25\t', FOUR)
    assert found["fills"][0] == ["A1", 800, '差\n"两"分', 1]
    assert [fill[1] for fill in found["fills"]] == POINTS


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Item], list[int], random.Random]:
    """Groups of items with whole and half points, none without points: as a table is when it has been filled in."""
    items: list[Item] = []
    for group in range(draw(st.integers(2, 5))):
        for part in range(draw(st.integers(1, 3))):
            for _ in range(draw(st.integers(1, 4))):
                items.append(item(len(items) + 1, draw(st.integers(1, 12)) * 100, f"组{group}", f"部分{part}"))
    points = [draw(st.integers(1, each["weight"] // 50)) * 50 for each in items]
    return items, points, draw(st.randoms(use_true_random=False))


KINDS = st.sampled_from(["plain", "heading", "codes", "names", "reasons", "weights"])


def block(
    items: list[Item], points: list[int], kind: str, sums: str, chance: random.Random
) -> tuple[str, list[list[object]]]:
    """A table as text, and what has to be filled in from it: worked out beside it, line by line."""
    lines: list[list[str]] = []
    fills: list[list[object]] = []
    label = {"labelled": "小计", "bare": "", "none": ""}[sums]
    if kind == "heading":
        lines.append(["得分"])
    since = 0
    order = list(range(len(items)))
    if kind == "codes":
        chance.shuffle(order)
    for place, n in enumerate(order):
        one, value = items[n], shown(points[n])
        reason = f"原因{n}" if n % 2 == 0 else ""
        lines.append({
            "codes": [one["code"], value], "names": [one["name"], value], "reasons": [value, reason],
            "weights": [shown(one["weight"]), value],
        }.get(kind, [value]))  # fmt: skip
        fills.append([one["code"], points[n], (reason or None) if kind == "reasons" else None, len(lines)])
        since += points[n]
        last = (
            place == len(items) - 1 or items[n]["l1"] != items[n + 1]["l1"]
            if kind != "codes"
            else place == len(items) - 1
        )
        if last and sums != "none":
            total = shown(since)
            lines.append({
                "codes": [label, total], "names": [label, total], "reasons": [total, label],
                "weights": [label or shown(10 * since), total],
            }.get(kind, [f"{label}{total}"]))  # fmt: skip
            since = 0
    return "\n".join("\t".join(line) for line in lines), fills


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheets(), KINDS, st.sampled_from(["none", "labelled"]))
def test_tables_of_any_items_go_where_they_belong(
    tab: Page, sheet: tuple[list[Item], list[int], random.Random], kind: str, sums: str
) -> None:
    items, points, chance = sheet
    text, fills = block(items, points, kind, sums, chance)
    found = read(tab, text, items)
    assert found["problems"] == []
    assert found["fills"] == fills
    plain = kind == "plain" and sums == "none" and not found["doubts"]
    assert found["direct"] == plain


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheets(), st.sampled_from(["plain", "heading", "reasons"]))
def test_sums_without_a_name_never_shift_the_points(
    tab: Page, sheet: tuple[list[Item], list[int], random.Random], kind: str
) -> None:
    items, points, chance = sheet
    text, fills = block(items, points, kind, "bare", chance)
    found = read(tab, text, items)
    assert not found["direct"]
    if found["problems"]:
        assert (found["fills"], {why for _, why in found["problems"]}) == ([], {"either"})
    else:
        assert [fill[:2] for fill in found["fills"]] == [fill[:2] for fill in fills]


MINUS = [
    *FOUR,
    {"code": "扣-1", "name": "投诉未办结", "weight": 0, "least": -500, "step": 1, "l1": "扣分项", "l2": "信访"},
]


def test_what_a_minus_item_takes_off_is_pasted_with_its_sign_or_as_a_deduction(tab: Page) -> None:
    found = read(tab, "8\n15\n35\n25\n-2", MINUS)
    assert (found["direct"], [fill[:2] for fill in found["fills"]][-1]) == (True, ["扣-1", -200])
    taken = read(tab, "2\n5\n5\n5\n2", MINUS, field="deduction")
    assert (taken["direct"], [fill[1] for fill in taken["fills"]]) == (True, [*POINTS, -200])
    for wrong in ("2", "-5.01"):
        assert read(tab, f"8\n15\n35\n25\n{wrong}", MINUS)["problems"] == [[5, "not_off"]]


def test_what_stands_on_no_step_of_the_scheme_is_told_with_its_line(tab: Page) -> None:
    # In steps of 0.5; full marks of the fourth are 7.25, which may be given, also as nothing taken off.
    halves = [each | {"step": 50} for each in [*FOUR[:3], item(4, 725, "效益")]]
    assert read(tab, "8\n15.5\n35\n7.25", halves)["problems"] == []
    assert read(tab, "8\n15.5\n35\n7.2", halves)["problems"] == [[4, "off_step"]]
    assert read(tab, "2\n4.5\n5\n0", halves, field="deduction")["problems"] == []
    assert read(tab, "2\n4.3\n5\n0", halves, field="deduction")["problems"] == [[2, "off_step"]]
