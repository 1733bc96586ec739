"""Where points come from: the sheet and its round; a reconstruction is named as one (No wrong number, B9)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.model.scorecard import Sheet
from core.scoring.sheet_source import sheet_source
from tests.core.scoring.sheets import MOF, SCHEME

NAMES = st.text("初评终复工作表甲乙", min_size=1, max_size=12)


@given(NAMES, NAMES, st.booleans())
def test_round_and_sheet_are_said_and_what_a_reconstruction_is(name: str, round_name: str, rebuilt: bool) -> None:
    said = str(sheet_source(Sheet("p", "r1/x", name, SCHEME, MOF, rebuilt), round_name))
    assert said.startswith(f"{round_name}“{name}”")
    assert ("还原稿·非原表" in said) == rebuilt
    assert "报告" not in said
