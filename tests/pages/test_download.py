"""Tables that leave the page: no cell of them is a formula anywhere."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures.figure import FigurePanel
from pages.shared import picture_tools
from pages.shared.download import as_csv, no_formulas

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


# No wrong number, D30
@given(st.lists(st.text(st.sampled_from("=+-@\t\r'a1 璜"), max_size=5), min_size=2, max_size=4))
def test_no_cell_begins_a_formula_in_a_file_and_in_the_clipboard(cells: list[str]) -> None:
    guarded = no_formulas(cells)
    assert not any(cell.startswith(FORMULAS) for cell in guarded)
    assert [cell.removeprefix("'") for cell in guarded] == [cell.removeprefix("'") for cell in cells]
    text = as_csv(cells, [cells]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [guarded, guarded]


# No wrong number, D30
def test_a_table_that_is_copied_is_guarded_as_the_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[str, Any] = {}
    monkeypatch.setattr(picture_tools, "_TOOLS", lambda **given: sent.update(given))
    panel = SimpleNamespace(
        id="x", title="甲", picture="x", headings=("街镇", "=1+1"), rows=(("@甲", "1"), ("乙", "-2"))
    )
    picture_tools.tools(cast(FigurePanel, panel), "chart", False)
    assert sent["data"]["table"] == [["街镇", "'=1+1"], ["'@甲", "1"], ["乙", "'-2"]]
