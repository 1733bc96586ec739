"""Projects with holes in their data: what cannot be said is left out, and a line says what is missing."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import SYSTEM
from core.model.project import Facts
from core.service.base import open_store
from core.service.manage import project_particulars
from core.service.manage.project_particulars import Particulars
from core.store import read, snapshots
from tests.core.service.people import WANG
from tests.pages.opening import opened

PROJECT = "holes"


def _without_payments(facts: Facts) -> Facts:
    return replace(facts, spend=tuple(replace(line, paid=None) for line in facts.spend))


def _without_area(facts: Facts) -> Facts:
    return replace(facts, renovation=tuple(replace(line, area=None) for line in facts.renovation))


def _with_a_silent_street(facts: Facts) -> Facts:
    first = facts.places[0]
    return replace(
        facts,
        spend=tuple(replace(x, paid=None, invested=None) if x.place == first else x for x in facts.spend),
        renovation=tuple(x for x in facts.renovation if x.place != first),
    )


HOLES: Mapping[str, Callable[[Facts], Facts]] = {
    "no_sources": lambda facts: replace(facts, funding=()),
    "no_payments": _without_payments,
    "no_spend": lambda facts: replace(facts, spend=(), budget_groups=()),
    "no_households": lambda facts: replace(facts, renovation=()),
    "no_area": _without_area,
    "no_planned_time": lambda facts: replace(facts, baselines=()),
    "no_score": lambda facts: replace(facts, claims=()),
    "a_silent_street": _with_a_silent_street,
    "no_estimate": lambda facts: replace(facts, budget_groups=()),
    "no_estimate_no_time": lambda facts: replace(facts, budget_groups=(), baselines=()),
    "no_approval": lambda facts: replace(facts, project=replace(facts.project, approval="", approved_on=None)),
    "money_alone": lambda facts: replace(facts, renovation=(), funding=(), baselines=(), claims=()),
    "homes_alone": lambda facts: replace(facts, spend=(), budget_groups=(), funding=(), baselines=(), claims=()),
}
NAME_ALONE = "nothing_but_a_name"
SAID: Mapping[str, tuple[str, str]] = {
    "no_sources": ("budget", "缺资金计划"),
    "no_spend": ("overview", "缺资金明细表"),
    "no_households": ("overview", "缺受益明细表"),
    "no_planned_time": ("budget", "缺计划工期"),
    "no_estimate": ("budget", "概算未填报"),
}
"""Where a page says what is missing."""
FIRST = ("progress/overview",)
OTHERS = (
    "scoring/scorecard", "scoring/schemes", "evidence/checks", "evidence/alarms", "evidence/findings",
    "evidence/standards", "briefing/frames", "manage/importing", "manage/portfolio",
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def holed(store_path: object) -> Callable[[str], None]:
    """Put a project with that hole into the store, beside the shipped one."""

    def make(hole: str) -> None:
        if hole == NAME_ALONE:
            project_particulars.add(WANG, PROJECT, Particulars("只有名称的项目"))
            return
        facts = read.facts(open_store.store(), "lingang-2023")
        made = replace(facts, project=replace(facts.project, id=PROJECT, name="缺数据的项目"), batch=f"{PROJECT}@x")
        snapshots.add(open_store.store(), HOLES[hole](made), SYSTEM)

    return make


def sentences(at: AppTest) -> list[str]:
    """All that a page says in sentences: headlines, cards, lines; tables are none."""
    said = [each.value for each in (*at.markdown, *at.caption, *at.info, *at.warning, *at.error)]
    said += [part for metric in at.metric for part in (metric.label, metric.value)]
    for chart in _specs(at):
        said += [note["text"] for note in chart["layout"].get("annotations", ())]
    return [re.sub(r"\\(.)", r"\1", each) for each in said]


def _specs(at: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


_GAP = re.compile(r"(?<![\d月日期 “])—|—(?![\d —”])|\bNone\b|\bnan\b|\bNaN\b")
"""A dash that stands for a figure (one between two days is none), or Python's own word for nothing."""


def gaps(at: AppTest) -> list[str]:
    """Sentences with a hole in them. A figure that is — alone is said to be unknown beside it."""
    return [each for each in sentences(at) if each.strip("* ") != "—" and _GAP.search(each)]


def empty_charts(at: AppTest) -> list[str]:
    """Charts without any mark."""
    return [
        str(chart["layout"].get("annotations", [{}])[0].get("text"))
        for chart in _specs(at)
        if not any(map(_marks, chart["data"]))
    ]


def _marks(trace: Mapping[str, Any]) -> bool:
    values = trace.get("x") if trace.get("type") == "bar" else trace.get("y")
    if isinstance(values, dict):  # packed
        return True
    return any(value is not None and not (isinstance(value, float) and math.isnan(value)) for value in values or ())


def _looks_whole(page: str) -> None:
    at = opened(page, project=PROJECT)
    assert not at.exception
    assert gaps(at) == []
    assert empty_charts(at) == []


@pytest.mark.parametrize("page", FIRST)
@pytest.mark.parametrize("hole", [*HOLES, NAME_ALONE])
def test_what_cannot_be_said_is_left_out(holed: Callable[[str], None], hole: str, page: str) -> None:
    holed(hole)
    _looks_whole(page)


@pytest.mark.full
@pytest.mark.parametrize("page", OTHERS)
@pytest.mark.parametrize("hole", [*HOLES, NAME_ALONE])
def test_no_other_page_has_a_hole(holed: Callable[[str], None], hole: str, page: str) -> None:
    holed(hole)
    _looks_whole(page)


@pytest.mark.parametrize(("hole", "page", "line"), [(hole, *said) for hole, said in SAID.items()])
def test_a_line_says_what_is_missing(holed: Callable[[str], None], hole: str, page: str, line: str) -> None:
    holed(hole)
    at = opened(f"progress/{page}", project=PROJECT)
    assert [each for each in sentences(at) if line in each]


@pytest.mark.parametrize("hole", ["no_planned_time", "no_spend", NAME_ALONE])
def test_it_leads_to_where_it_is_entered(holed: Callable[[str], None], hole: str) -> None:
    holed(hole)
    at = opened("progress/overview", project=PROJECT)
    assert [each for each in at.button if each.label in ("补填", "导入文件")]


def test_where_no_chart_can_be_drawn_it_is_said_what_it_waits_for(holed: Callable[[str], None]) -> None:
    holed("no_planned_time")
    at = opened("progress/overview", project=PROJECT)
    assert not at.get("plotly_chart")
    assert [each.value for each in at.caption if "示例，不是本项目的数" in each.value]
    # What it waits for stands on its card, and is not said again.
    assert len([each for each in sentences(at) if "缺计划工期" in each]) == 1
    assert [each.label for each in at.button if each.label in ("补填", "导入文件")]
