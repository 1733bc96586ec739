"""预警 as pages and the command ask for it: against the snapshot before; evaluators for those who may see them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.context import SYSTEM, Actor, Context
from core.model.measure import Measures
from core.service.base import open_store, project
from core.service.evidence import alarms
from core.service.scoring import opening, steps
from core.store import read, snapshots
from tests.core.quarters import march
from tests.core.service.people import LI, NOBODY, PROJECT, QIAN, WANG, ZHAO, score_all

pytestmark = pytest.mark.usefixtures("store_path")


def states(ctx: Context) -> list[tuple[str, str, str | None]]:
    return [(line.state, line.rule, line.place) for line in alarms.alarms(ctx, PROJECT).lines]


def test_one_snapshot_has_nothing_to_be_compared_with() -> None:
    view = alarms.alarms(NOBODY, PROJECT)
    assert {line.state for line in view.lines} == {"first"}
    assert view.crossed == 5
    assert "只有一期数据" in str(view.compared)
    assert [row[2] for row in view.table.rows] == ["按填报数", *["测算值·非批复数"] * 4]
    assert len(alarms.crossed(Measures(project.measures(NOBODY, PROJECT)))) == 5
    assert alarms.evaluators_apart(NOBODY, PROJECT) == 0


def test_new_ones_come_first_and_ended_ones_do_not_count() -> None:
    december = read.facts(open_store.store(), PROJECT)
    march_ = march(december)
    snapshots.add(open_store.store(), march_, SYSTEM)
    found = states(NOBODY)
    assert [state for state, *_ in found] == ["new"] * 4 + ["standing"] * 5
    assert {rule for state, rule, _ in found if state == "new"} == {"physical"}
    assert "截至2024年12月31日" in str(alarms.alarms(NOBODY, PROJECT).compared)
    paid_up = replace(
        march_,
        batch="paid-up",
        as_of=march_.as_of.replace(month=6, day=30),
        deliveries=(),
        spend=tuple(replace(line, paid=line.paid * 3 / 2) for line in march_.spend),
    )
    snapshots.add(open_store.store(), paid_up, SYSTEM)
    # 14,250 of 15,000 is 95 %.
    later = alarms.alarms(NOBODY, PROJECT)
    assert ("ended", "rate_low", None) in states(NOBODY)
    assert later.crossed == sum(line.state != "ended" for line in later.lines) < len(later.lines)


def test_an_evaluator_far_from_the_panel_is_named_to_whoever_may_see_the_sheets() -> None:
    """FACTS 4: three items over 20 % of full marks off. Of three, the mean is 1/3 off the two, 2/3 off the one."""
    sheets = {ctx.actor.id: opening.my_sheet(ctx, PROJECT, "r1") for ctx in (WANG, LI, ZHAO, QIAN)}
    scheme = sheets[WANG.actor.id].scheme
    lost = {i.code: str(i.weight) for i in scheme.indicators[:3]}
    for ctx in (WANG, LI, ZHAO):
        score_all(ctx, sheets[ctx.actor.id], lost if ctx is WANG else {})
        assert not [line for line in states(ctx) if line[1] == "evaluator"]  # alone, from a blank sheet
        steps.submit(ctx, PROJECT, sheets[ctx.actor.id].id)
    # Who looks on goes on record by name: without one nothing is told of the evaluators (No wrong number, D26).
    assert not [line for line in states(NOBODY) if line[1] == "evaluator"]
    sun = Context(Actor("browser-sun0", "孙工"))
    said = [str(line.message) for line in alarms.alarms(sun, PROJECT).lines if line.rule == "evaluator"]
    assert said == [f"{name}有3项与专家组相差超过满分的20%或2σ。" for name in ("王工", "李工", "赵工")]
    assert ("round", "evaluator", None) in states(LI)
    # Who has yet to submit learns nothing of it.
    assert not [line for line in states(QIAN) if line[1] == "evaluator"]
