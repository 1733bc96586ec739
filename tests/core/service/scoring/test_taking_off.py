"""An evaluator is taken off a round; a submission after the deadline is marked; a deleted round is told of."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.errors import NotAllowed
from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.scoring import Refused
from core.service.base.moments import local
from core.service.scoring import (
    assignments,
    history,
    meeting,
    minutes,
    opening,
    progress,
    rounds,
    scorecards,
    setting_up,
    steps,
    taking_over,
)
from core.store import clock
from tests.core.service.people import LI, PANEL, PROJECT, WANG, ZHAO, edit, has_submitted, save

CHEN = Context(Actor("browser-chen", "陈主任"))
D = Decimal

pytestmark = pytest.mark.usefixtures("store_path")


def take_off(who: Context, reason: str = "调离本单位") -> None:
    opening.take_off(CHEN, PROJECT, "r1", who.actor.id, reason)


def said() -> list[str]:
    return [str(each.message).partition("陈主任")[2] for each in history.timeline(CHEN, PROJECT, "r1")]


def names() -> list[str]:
    return [each.owner_name for each in rounds.round_of(CHEN, PROJECT, "r1").sheets if each.owner_name]


def test_a_sheet_that_is_begun_counts_nowhere_any_longer_and_stays_on_record() -> None:
    has_submitted(LI, {"C12": "2"})
    begun = opening.my_sheet(WANG, PROJECT, "r1")
    save(WANG, begun.id, edit("A11", 0, "1", reason="缺批复"))
    assignments.assign(CHEN, PROJECT, "r1", WANG.actor.id, ("A11",))
    take_off(WANG)
    assert names() == ["李工"]
    assert [each.name for each in progress.progress(CHEN, PROJECT, "r1").rows] == ["李工"]
    assert "把王工移出本轮评分，理由：调离本单位；其评分表不计入结果" in said()
    why = "王工已由陈主任移出本轮评分，理由：调离本单位。其评分表不计入结果，内容留在记录里"
    for call in (
        lambda: opening.my_sheet(WANG, PROJECT, "r1"),
        lambda: scorecards.scorecard(WANG, PROJECT, begun.id),
        lambda: scorecards.scorecard(CHEN, PROJECT, begun.id),
    ):
        with pytest.raises(NotAllowed, match=why):
            call()
    (answer,) = save(WANG, begun.id, edit("A12", 0, "2"))
    assert isinstance(answer, Refused), "a page that was left open writes nothing on it"
    view = rounds.round_of(WANG, PROJECT, "r1")
    assert (view.off, view.mine, view.start_refused is None) == (True, None, False)


def test_the_result_is_over_those_who_are_left() -> None:
    # C12 is of 6 points: 4.00 of 李工 alone.
    has_submitted(LI, {"C12": "2"})
    opening.my_sheet(WANG, PROJECT, "r1")
    take_off(WANG)
    taking_over.take_over(CHEN, PROJECT, "r1")
    c12 = next(item for item in scorecards.scorecard(CHEN, PROJECT, PANEL).items if item.indicator.code == "C12")
    assert c12.points == D("4.00")
    assert not any("王工" in str(each) for each in steps.lock_problems(CHEN, PROJECT, "r1"))
    assert meeting.meeting(CHEN, PROJECT, "r1") is not None
    assert "把王工移出本轮评分，理由：调离本单位" in minutes.draft_minutes(CHEN, PROJECT, "r1")


def test_a_submitted_sheet_that_counts_is_returned_first() -> None:
    sheet = has_submitted(LI, {})
    with pytest.raises(NotAllowed, match="李工的评分表已提交，计入本轮结果，不能移出；确需移出，请先退回评分表。"):
        take_off(LI)
    steps.return_sheet(CHEN, PROJECT, sheet.id, "调离")
    take_off(LI)
    assert names() == []


def test_a_chief_adds_them_again_and_their_sheet_is_as_it_was() -> None:
    begun = opening.my_sheet(WANG, PROJECT, "r1")
    save(WANG, begun.id, edit("A11", 0, "1", reason="缺批复"))
    take_off(WANG)
    opening.add_experts(CHEN, PROJECT, "r1", [WANG.actor.id])
    assert names() == ["王工"]
    assert "把王工重新加入本轮评分" in said()
    item = next(i for i in scorecards.scorecard(WANG, PROJECT, begun.id).items if i.indicator.code == "A11")
    assert item.points == D("1.00")
    take_off(WANG, "再次调离")
    assert names() == []


def test_what_cannot_be_taken_off_is_a_sentence() -> None:
    opening.my_sheet(WANG, PROJECT, "r1")
    with pytest.raises(NotAllowed, match="请写明移出的理由"):
        take_off(WANG, " ")
    with pytest.raises(NotAllowed, match="没有这位评价人"):
        take_off(ZHAO)
    expert = Context(Actor("user:zhang", "张工", everywhere(Role.EVALUATOR)))
    with pytest.raises(NotAllowed, match="只限主评人"):
        opening.take_off(expert, PROJECT, "r1", WANG.actor.id, "理由")
    take_off(WANG)
    with pytest.raises(NotAllowed, match="没有这位评价人"):
        take_off(WANG)


def test_who_was_taken_off_does_not_see_the_others_and_cannot_ask_to_score() -> None:
    has_submitted(LI, {})
    expert = Context(Actor("browser-wang", "王工", everywhere(Role.EVALUATOR)))
    opening.my_sheet(expert, PROJECT, "r1")
    take_off(WANG)
    with pytest.raises(NotAllowed, match="您已被移出本轮评分；本轮锁定后才能看到评分表。"):
        scorecards.scorecard(expert, PROJECT, opening.my_sheet(LI, PROJECT, "r1").id)
    with pytest.raises(NotAllowed, match="已由陈主任移出"):
        opening.my_sheet(expert, PROJECT, "r1")
    assert rounds.round_of(CHEN, PROJECT, "r1").asking == ()


def set_deadline(day: date | None) -> None:
    now = rounds.round_of(CHEN, PROJECT, "r1").round
    kept = {name: getattr(now, name) for name in ("name", "kind", "rule", "least_scorers", "shown", "self_shown")}
    setting_up.change_round(CHEN, PROJECT, "r1", **kept, deadline=day)


def test_a_submission_after_the_deadline_counts_and_is_marked_until_the_deadline_is_put_off() -> None:
    today = local(clock.now()).date()
    set_deadline(today - timedelta(days=1))
    has_submitted(LI, {})
    has_submitted(WANG, {})

    def states() -> list[str]:
        return [str(row.state) for row in progress.progress(CHEN, PROJECT, "r1").rows]

    def told() -> int:
        return minutes.draft_minutes(CHEN, PROJECT, "r1").count(f"；逾期提交（截止{local_day(today)}）")

    assert states() == ["已提交（逾期提交）", "已提交（逾期提交）"]
    assert told() == 2
    set_deadline(today)  # the last day counts
    assert states() == ["已提交", "已提交"]
    assert "逾期提交" not in minutes.draft_minutes(CHEN, PROJECT, "r1")
    set_deadline(None)
    assert states() == ["已提交", "已提交"]


def local_day(today: date) -> str:
    """The day before, as sentences print it."""
    day = today - timedelta(days=1)
    return f"{day.year}年{day.month}月{day.day}日"


def test_that_an_empty_round_was_deleted_is_told_in_the_record_of_the_others() -> None:
    opening.open_round(CHEN, PROJECT, "复评", "reevaluation", "mean")
    assert not any("删除" in each for each in said())
    setting_up.delete_round(CHEN, PROJECT, "r2")
    assert said()[-1] == "删除了空的轮次“复评”"
    assert "删除了空的轮次" not in minutes.draft_minutes(CHEN, PROJECT, "r1")
