"""The map of the streets: steps of one round width, each street on its own, and what a pointer meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures.areas import Area, Areas
from core.figures.figure import Figure, FigureLook
from core.figures.palette import shades
from core.figures.street_map import MOST_STEPS, scope, steps_of, street_map, without_outline
from core.ingest.boundaries.geojson import read_boundaries
from core.model.boundaries import Boundaries, Ring
from core.model.measure import Measures
from core.progress import measures
from core.render import plotly
from tests.core.ingest.boundaries.four import NAMES, four, text
from tests.core.lingang import FACTS

COSTS = {"璜土镇": "4787.61", "夏港街道": "3127.38", "申港街道": "2904.31", "利港街道": "1911.51"}


def outlines() -> Boundaries:
    found, _ = read_boundaries("x", text(four()), NAMES)
    return Boundaries(1, "四街镇.geojson", "x", found, "w", "王工", datetime(2026, 12, 2))


@pytest.fixture(scope="module")
def figure() -> Figure:
    return street_map(FACTS, Measures(measures(FACTS)), outlines())


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        ((), "6,848户 · 5个小区"), (("households",), "5个小区"), (("communities",), "6,848户"),
        (("households", "communities"), ""),
    ],
)  # fmt: skip
def test_of_a_street_is_said_what_is_known(unknown: Sequence[str], said: str) -> None:
    known = measures(FACTS)
    m = Measures(tuple(replace(each, value=None) if each.id in unknown else each for each in known))
    assert str(scope(m, "利港街道")) == said


def test_steps_are_of_one_round_width() -> None:
    steps, at = steps_of([Decimal(COSTS[name]) for name in NAMES])  # 申港 夏港 利港 璜土
    assert [str(each) for each in steps] == ["1,000～2,000", "2,000～3,000", "3,000～4,000", "4,000～5,000"]
    assert at == (1, 2, 0, 3)


def test_a_value_between_two_steps_lies_on_the_upper_one_and_the_unknown_on_none() -> None:
    steps, at = steps_of([Decimal(10), None, Decimal(20), Decimal(50)])
    assert [str(each) for each in steps] == ["10～20", "20～30", "30～40", "40～50", "50～60"]
    assert at == (0, None, 1, 4)
    assert steps_of([None, None]) == ((), (None, None))
    assert len(steps_of([Decimal(7), Decimal(7)])[0]) == 1


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=30))
def test_there_are_at_most_five_steps_and_each_value_lies_within_its_own(values: list[Decimal]) -> None:
    steps, at = steps_of(values)
    assert 1 <= len(steps) <= MOST_STEPS
    for value, step in zip(values, at, strict=True):
        assert step is not None
        low, high = (Decimal(str(steps[step].params[end]).replace(",", "")) for end in ("low", "high"))
        assert low <= value < high


def test_shades_end_in_the_full_colour() -> None:
    assert shades(1) == ("#12436D",)
    assert shades(4)[-1] == "#12436D"
    assert len(set(shades(5))) == 5


def test_the_figure_says_where_its_outlines_come_from(figure: Figure) -> None:
    assert str(figure.basis) == "累计支付÷户数，分4档；街镇边界按导入的文件“四街镇.geojson”绘制"
    assert isinstance(figure.marks, Areas)
    assert {area.name: area.step for area in figure.marks.areas} == {
        "璜土镇": 3, "夏港街道": 2, "申港街道": 1, "利港街道": 0,
    }  # fmt: skip
    huangtu = next(area for area in figure.marks.areas if area.name == "璜土镇")
    assert [str(each) for each in huangtu.said] == ["4,520户 · 5个小区", "4,788元/户"]


def test_a_street_without_outline_is_named() -> None:
    found = outlines()
    fewer = Boundaries(**vars(found) | {"outlines": {NAMES[0]: found.outlines[NAMES[0]]}})
    assert set(without_outline(FACTS, fewer)) == set(NAMES[1:])
    assert without_outline(FACTS, found) == ()


def test_a_pointer_meets_each_street_within_its_outline(figure: Figure) -> None:
    drawn = plotly.draw(figure, FigureLook("zh_CN"))
    met = [trace for trace in drawn.data if trace.customdata is not None]
    assert {trace.customdata[0] for trace in met} == set(NAMES)
    assert all(trace.type == "scatter" for trace in drawn.data)  # a map of Plotly's own would ask the network
    for trace in met:
        assert len(trace.x) >= 16 * 16  # a square is half of the map, of 40 rows: its corners are no exception
        assert set(trace.customdata) == {trace.customdata[0]}
    huangtu = next(trace for trace in met if trace.customdata[0] == "璜土镇")
    assert min(huangtu.y) >= 0.1 - 1e-9  # the upper row
    assert huangtu.hovertext == "璜土镇：4,520户 · 5个小区 4,788元/户"


def drawn_names(rings: tuple[Ring, ...]) -> list[str]:
    other = Area("甲街道", (((120.0, 31.0), (121.0, 31.0), (121.0, 32.0)),), 0, ())
    marks = Areas((other, Area("乙街道", rings, None, ())), ("1～2",))
    figure = Figure("m", "图", "图", "", "", "", datetime(2026, 1, 1), marks, (), ())
    return [note.text for note in plotly.draw(figure, FigureLook("zh_CN")).layout.annotations]


def test_a_street_through_which_no_row_runs_is_met_and_named_too() -> None:
    apart = (
        ((120.5, 31.501), (120.501, 31.501), (120.501, 31.502)),
        ((120.5, 31.511), (120.501, 31.511), (120.501, 31.512)),
    )
    assert any("街道" in text or "乙" in text for text in drawn_names(apart))


def test_what_is_not_reported_has_its_own_key() -> None:
    said = drawn_names((((120.0, 31.0), (121.0, 32.0), (120.0, 32.0)),))
    assert any("未填报" in text and "1～2" in text for text in said)
