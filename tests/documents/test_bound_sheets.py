"""评分表汇编 as LibreOffice computes and prints it: points changed on an expert's own table move what follows."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.service.base import open_store
from core.service.briefing import bound_sheets
from tests.core.briefing.bound import four
from tests.core.service.people import PROJECT, WANG
from tests.documents.conftest import store
from tests.documents.pages import convert, lost, outside, overlapping, sheets, unreadable

pytestmark = [pytest.mark.full, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("bound") / "store.duckdb"
    open_store.build_at(path)
    with store(path):
        four()
        return bound_sheets.bound_sheets(WANG, PROJECT, "r1").content


def rows(sheet: Any) -> dict[Any, list[Any]]:
    """The rows by their first cells, or second where the first is a number."""
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    return {row[1] if isinstance(row[0], int | float) else row[0]: row for row in found}


def test_what_follows_moves_with_the_experts_own_points(content: bytes, profile: Path, tmp_path: Path) -> None:
    """李工 C12 3 for 4, 赵工 A11 2 for 1.50: 84 of 87 and 12 of 12; together A11 2.00, C12 4.66 (13.99 ÷ 3), 98.16."""
    book = load_workbook(io.BytesIO(content))
    for name, code, points in (("李工", "C12", 3), ("赵工", "A11", 2)):
        at = next(row[0].row for row in book[name].iter_rows(min_col=3) if row[0].value == code)
        book[name].cell(at, 6).value = points
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    now = load_workbook(convert(profile, [changed], "xlsx", tmp_path / "again")[0], data_only=True)
    signed = rows(now["签字表"])
    assert signed["李工"][4:8] == ["31/31", 87, 84, pytest.approx(96.55)]
    assert signed["赵工"][4:8] == ["4/4", 12, 12, 100]
    assert signed["王工"][4:8] == ["32/32", 100, pytest.approx(98.49), "—"]
    together = rows(now["专家打分"])
    assert together["C12"][2:8] == [6, pytest.approx(4.99), 3, 6, pytest.approx(4.66), 3]
    assert together["A11"][2:7] == [2, 2, 2, 2, 2]
    assert together["合计"][6] == pytest.approx(98.16)
    assert together["折算得分"][3:6] == ["—", pytest.approx(96.55), 100]
    # What the panel has decided is the panel's: it does not move by itself.
    assert rows(now["评审组评分表"])["合计"][5] == pytest.approx(98.33)
    # Nothing moves where nothing is changed.
    unchanged = tmp_path / "unchanged.xlsx"
    load_workbook(io.BytesIO(content)).save(unchanged)
    same = load_workbook(convert(profile, [unchanged], "xlsx", tmp_path / "same")[0], data_only=True)
    stored = load_workbook(io.BytesIO(content), data_only=True)
    for sheet in stored:
        for row in sheet:
            for cell in row:
                value = same[sheet.title][cell.coordinate].value
                if isinstance(cell.value, float):
                    assert value == pytest.approx(cell.value, abs=1e-9), (sheet.title, cell.coordinate)
                else:
                    assert (value or "") == (cell.value or ""), (sheet.title, cell.coordinate)


def test_it_prints_on_a4_sideways_with_everybody_s_line_to_sign(content: bytes, profile: Path, tmp_path: Path) -> None:
    file = tmp_path / "bound.xlsx"
    file.write_bytes(content)
    pages = sheets(convert(profile, [file], "pdf", tmp_path / "pdf")[0])
    for page in pages:
        assert (round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)) == (297, 210)
        assert not unreadable(page)
        assert not outside(page)
        assert not overlapping(page)
    first = pages[0].text
    assert not lost(("绩效评价签字表", "王工", "李工", "赵工", "钱工", "评审组（主评人签字）", "97.70", "95.83"), first)
    signed = [page.text for page in pages if "合计得分折算得分签字日期" in page.text]
    assert [[name for name in ("王工", "李工", "赵工") if f"初评{name}" in text] for text in signed] == [
        ["王工"], ["李工"], ["赵工"],
    ]  # fmt: skip
