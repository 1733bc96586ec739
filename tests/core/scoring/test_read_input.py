"""What is entered at an item: read whole, or refused in a sentence; stored and read back unchanged."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message
from core.model.item_input import ItemInput
from core.model.scorecard import Indicator
from core.scoring.read_input import as_json, from_json, read_input


def indicator(kind: str, **params: object) -> Indicator:
    return Indicator("X1", "产出", "二级", "指标", Decimal(5), kind, params, "", "", "", "")


LIST = indicator("checklist", points=3)
RATIO = indicator("ratio", numerator="stage_done", denominator="stage_target")
FAULTS = indicator("deduct_per_fault", per_fault=1)
JUDGEMENT = indicator("judgement", bands=[["高", 1, Decimal("0.8")], ["低", Decimal("0.8"), 0]])
SURVEY = indicator(
    "survey", input="satisfaction", unit="%", survey_weights=[1, Decimal("0.5"), 0], bands_min=[[90, 1], [None, 0]]
)


@pytest.mark.parametrize(
    ("at", "raw", "expected"),
    [
        (LIST, {"ticks": [True, None, False]}, ItemInput(ticks=(True, None, False))),
        (FAULTS, {"faults": 0}, ItemInput(faults=0)),
        (SURVEY, {"answers": [5, 2, 0]}, ItemInput(answers=(5, 2, 0))),
        (JUDGEMENT, {"level": "高"}, ItemInput(level="高")),
        (
            RATIO,
            {"figures": {"stage_done": "１,200", "stage_target": "92。5%"}},
            ItemInput(figures={"stage_done": Decimal(1200), "stage_target": Decimal("92.5")}),
        ),
        (RATIO, {"veto": True}, ItemInput(veto=True)),
        (RATIO, {}, ItemInput()),
        (
            LIST,
            {"ticks": [], "faults": 2, "answers": [], "level": None, "figures": {}, "veto": False},
            ItemInput(faults=2),
        ),
    ],
)
def test_what_fits_is_read_and_comes_back_from_the_store(
    at: Indicator, raw: dict[str, object], expected: ItemInput
) -> None:
    read = read_input(at, raw)
    assert read == expected
    assert isinstance(read, ItemInput)
    assert from_json(as_json(read)) == expected


@pytest.mark.parametrize(
    ("at", "raw", "words"),
    [
        (LIST, None, "不完整"),
        (LIST, {"other": 1}, "不完整"),
        (LIST, {"ticks": [1, 0, 1]}, "不完整"),
        (LIST, {"ticks": "YYN"}, "不完整"),
        (FAULTS, {"faults": -1}, "不完整"),
        (FAULTS, {"faults": True}, "不完整"),
        (SURVEY, {"answers": ["5", 2, 0]}, "不完整"),
        (JUDGEMENT, {"level": 1}, "不完整"),
        (RATIO, {"figures": ["stage_done"]}, "不完整"),
        (RATIO, {"veto": "yes"}, "不完整"),
        (LIST, {"ticks": [True]}, "3个要点，收到1个"),
        (RATIO, {"ticks": [True]}, "0个要点，收到1个"),
        (SURVEY, {"answers": [1, 2]}, "3档，收到2档"),
        (JUDGEMENT, {"level": "特高"}, "没有“特高”档"),
        (RATIO, {"figures": {"paid": "1"}}, "不用“paid”"),
        (JUDGEMENT, {"level": "高" * 21}, f"没有“{'高' * 20}”档"),
        (RATIO, {"figures": {"x" * 41: "1"}}, f"不用“{'x' * 40}”"),
        (RATIO, {"figures": {"stage_done": "y" * 41}}, f"“{'y' * 40}”未计入"),
        (RATIO, {"figures": {"stage_done": "待定"}}, "阶段完成量请填不小于0的数字，“待定”未计入"),
        (RATIO, {"figures": {"stage_done": "-1"}}, "“-1”未计入"),
        (RATIO, {"figures": {"stage_done": "NaN"}}, "“NaN”未计入"),
        (RATIO, {"figures": {"stage_done": True}}, "“True”未计入"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(at: Indicator, raw: object, words: str) -> None:
    refusal = read_input(at, raw)
    assert isinstance(refusal, Message)
    assert words in str(refusal)


@given(
    st.builds(
        ItemInput,
        ticks=st.lists(st.sampled_from([True, False, None]), max_size=5).map(tuple),
        faults=st.none() | st.integers(0, 9),
        answers=st.lists(st.integers(0, 99), max_size=5).map(tuple),
        level=st.none() | st.text(max_size=3),
        figures=st.dictionaries(st.text(max_size=5), st.decimals(0, 10**9, places=4), max_size=3),
        veto=st.booleans(),
    )
)
def test_an_entry_survives_the_store(entry: ItemInput) -> None:
    assert from_json(as_json(entry)) == entry


def test_the_same_entry_is_stored_as_the_same_text() -> None:
    one, two = {"paid": Decimal(1), "estimate": Decimal(2)}, {"estimate": Decimal(2), "paid": Decimal(1)}
    assert as_json(ItemInput(figures=one)) == as_json(ItemInput(figures=two))
