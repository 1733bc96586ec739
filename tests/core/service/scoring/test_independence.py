"""Independent scoring: what an expert of the round is not shown, who goes on record as having seen, and who says yes.

No wrong number, D26.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.rights import OPERATOR, Grant, Role, everywhere
from core.service.base import open_store
from core.service.evidence import alarms
from core.service.manage import scorecard_files
from core.service.progress import first_sight, overview
from core.service.scoring import (
    history,
    independence,
    item_records,
    meeting,
    minutes,
    opened_files,
    opening,
    rounds,
    score_panels,
    scorecards,
    taking_over,
)
from core.service.scoring import item_records as item_records_service
from core.service.scoring import meeting as meeting_service
from core.service.scoring import steps as steps_service
from core.store import logs
from tests.core.service.people import LI, NOBODY, PANEL, PROJECT, QIAN, WANG, ZHAO, has_submitted, score_all

pytestmark = pytest.mark.usefixtures("store_path")

CHEN = Context(Actor("browser-chen", "陈主任"))
EXPERT = Context(Actor("user:expert", "孙工", everywhere(Role.EVALUATOR)))
CHIEF = Context(Actor("user:chief", "周主任", everywhere(Role.CHIEF)))
LEADER = Context(Actor("user:leader", "吴局", everywhere(Role.LEADER)))

Look = Callable[[Context, str], Any]
LOOKS: dict[str, Look] = {
    "another's sheet": lambda ctx, other: scorecards.scorecard(ctx, PROJECT, other),
    "the panel's sheet": lambda ctx, _: scorecards.scorecard(ctx, PROJECT, PANEL),
    "two of them": lambda ctx, other: scorecards.compare(ctx, PROJECT, other, PANEL),
    "the board": lambda ctx, _: meeting_service.meeting(ctx, PROJECT, "r1"),
    "how far they are": lambda ctx, _: meeting.distances(ctx, PROJECT, "r1"),
    "whether the grade holds": lambda ctx, _: meeting_service.sensitivity(ctx, PROJECT, "r1"),
    "saved minutes": lambda ctx, _: minutes.minutes(ctx, PROJECT, "r1"),
    "drafted minutes": lambda ctx, _: minutes.draft_minutes(ctx, PROJECT, "r1"),
    "evidence": lambda ctx, other: item_records_service.evidence(ctx, PROJECT, other),
    "files to open": lambda ctx, other: opened_files.tokens(ctx, PROJECT, other),
    "inputs": lambda ctx, other: item_records_service.inputs(ctx, PROJECT, other),
    "answers": lambda ctx, _: item_records_service.flag_answers(ctx, PROJECT, PANEL),
    "an item's story": lambda ctx, other: history.item_history(ctx, PROJECT, other, "C12"),
    "a moment": lambda ctx, other: history.at(ctx, PROJECT, other, datetime(2099, 1, 1)),
    "a file": lambda ctx, other: scorecard_files.export_scorecard(ctx, PROJECT, other, "csv"),
    "charts": lambda ctx, other: score_panels.figures(ctx, PROJECT, other),
    "what is wanted": lambda ctx, other: item_records_service.missing_inputs(ctx, PROJECT, other),
    "a trial": lambda ctx, _: taking_over.try_out(ctx, PROJECT, PANEL, {}),
}
"""The ways to others' scores; each raises where they are not to be seen."""
TOLD: dict[str, Look] = {
    "the whole story": lambda ctx, _: history.timeline(ctx, PROJECT, "r1"),
    "alarms": lambda ctx, _: alarms.alarms(ctx, PROJECT),
    "what holds the lock up": lambda ctx, _: steps_service.lock_problems(ctx, PROJECT, "r1"),
}
"""The same where the rest is shown without them."""


@pytest.fixture
def other() -> str:
    """王工 and 李工 have submitted, 陈主任 has taken the mean over: 王工's sheet."""
    sheet = has_submitted(WANG, {"C12": "2"}, "密语甲乙丙")
    has_submitted(LI, {"A11": "2", "C12": "6", "D41": "7"}, "密语甲乙丙")
    taking_over.take_over(CHEN, PROJECT, "r1")
    item_records.add_evidence(WANG, PROJECT, PANEL, "C12", "正式资料", "密语甲乙丙.pdf", b"%PDF-1.7 1")
    minutes.save_minutes(CHEN, PROJECT, "r1", "密语甲乙丙")
    return sheet.id


def parts(kind: str | None = None) -> list[tuple[str, str, str]]:
    """(kind, whom it is about, who did it) of what is on record of the round."""
    steps = logs.events(open_store.store(), logs.ROUND_STEPS, PROJECT, "r1")
    return [(step.kind, step.person_name, step.actor_name) for step in steps if kind in (None, step.kind)]


def started(ctx: Context) -> Context:
    opening.my_sheet(ctx, PROJECT, "r1")
    return ctx


@pytest.mark.parametrize("way", LOOKS)
def test_an_expert_sees_nothing_of_the_others_until_their_own_is_submitted(other: str, way: str) -> None:
    for who in (started(ZHAO), started(QIAN), EXPERT, started(replace(EXPERT, actor=replace(EXPERT.actor, id="u:2")))):
        with pytest.raises(NotAllowed, match="评分表还没有提交"):
            LOOKS[way](who, other)
    assert parts("seen") == [("seen", "陈主任", "陈主任")], "who was refused has seen nothing"
    sheet = opening.my_sheet(EXPERT, PROJECT, "r1")
    score_all(EXPERT, sheet, {})
    steps_service.submit(EXPERT, PROJECT, sheet.id)
    LOOKS[way](EXPERT, other)


@pytest.mark.parametrize("way", TOLD)
def test_what_an_expert_may_open_says_nothing_of_the_others(other: str, way: str) -> None:
    for who in (started(ZHAO), EXPERT):
        assert "密语甲乙丙" not in repr(TOLD[way](who, other))
        assert "李工" not in repr(TOLD[way](who, other))
        assert [sheet.id for sheet in scorecards.sheets(who, PROJECT)] == [
            view.sheet.id for view in rounds.round_of(who, PROJECT, "r1").sheets if view.mine
        ]
    assert "李工" in repr(TOLD[way](CHEN, other)) or way == "what holds the lock up"


@pytest.mark.parametrize("way", [*LOOKS, *TOLD])
def test_who_has_seen_the_others_starts_a_sheet_only_with_another_chiefs_yes(other: str, way: str) -> None:
    (LOOKS | TOLD)[way](ZHAO, other)
    (LOOKS | TOLD)[way](ZHAO, other)
    assert parts("seen")[1:] == [("seen", "赵工", "赵工")], "once"
    for _ in range(2):
        with pytest.raises(NotAllowed, match="已看过本轮他人的得分"):
            opening.my_sheet(ZHAO, PROJECT, "r1")
    assert parts("asked") == [("asked", "赵工", "赵工")]
    assert [each.person for each in rounds.round_of(CHEN, PROJECT, "r1").asking] == [ZHAO.actor.id]
    # 钱工 has seen nothing and needs nobody
    assert opening.my_sheet(QIAN, PROJECT, "r1").name == "钱工的评分表"
    for ctx, person, reason, error, words in (
        (ZHAO, ZHAO.actor.id, "我来", NotAllowed, "须由另一位主评人同意"),
        (replace(ZHAO, actor=replace(ZHAO.actor, id="browser-2")), ZHAO.actor.id, "我来", NotAllowed, "须由另一位"),
        (CHEN, ZHAO.actor.id, " ", NotAllowed, "请写明同意的理由"),
        (CHEN, QIAN.actor.id, "人手不足", UnknownName, "没有待同意的评分申请"),
        (QIAN, ZHAO.actor.id, "人手不足", NotAllowed, "您的评分表还没有提交"),
        (EXPERT, ZHAO.actor.id, "人手不足", NotAllowed, "只限主评人"),
        (NOBODY, ZHAO.actor.id, "人手不足", NameNeeded, "姓名"),
    ):
        with pytest.raises(error, match=words):
            independence.admit(ctx, PROJECT, "r1", person, reason)
    independence.admit(CHEN, PROJECT, "r1", ZHAO.actor.id, "人手不足")
    assert parts("admitted") == [("admitted", "赵工", "陈主任")]
    assert opening.my_sheet(ZHAO, PROJECT, "r1").name == "赵工的评分表"
    said = [str(each.message) for each in history.timeline(CHEN, PROJECT, "r1")]
    for sentence in ("赵工看了本轮他人的得分", "陈主任同意赵工在看过他人的得分后评分，理由：人手不足"):
        assert sum(sentence in each for each in said) == 1
    text = minutes.draft_minutes(CHEN, PROJECT, "r1")
    assert "陈主任同意赵工在看过他人的得分后评分，理由：人手不足" in text
    assert "陈主任看了" not in text, "who only looked on is not in the minutes"


def test_ones_own_chair_does_not_say_yes_to_oneself(other: str) -> None:
    with pytest.raises(NotAllowed, match="已看过本轮他人的得分"):
        opening.my_sheet(CHEN, PROJECT, "r1")
    assert parts("asked") == [("asked", "陈主任", "陈主任")]
    independence.admit(WANG, PROJECT, "r1", CHEN.actor.id, "评审组商定")
    assert opening.my_sheet(CHEN, PROJECT, "r1").name == "陈主任的评分表"


def test_nothing_is_on_record_of_who_cannot_score_has_scored_or_has_seen_nothing_of_others(other: str) -> None:
    before = parts()
    for look in LOOKS.values():
        look(LEADER, other)
        look(WANG, other)
    overview.overview(ZHAO, PROJECT)
    alarms.evaluators_apart(ZHAO, PROJECT)
    first_sight.first_sight(ZHAO, PROJECT)
    scorecards.scorecard(ZHAO, PROJECT, "r1/working")
    rounds.rounds(ZHAO, PROJECT)
    assert parts() == before
    assert opening.my_sheet(ZHAO, PROJECT, "r1")


def test_who_has_no_name_cannot_go_on_record_and_is_shown_nothing(other: str) -> None:
    for look in LOOKS.values():
        with pytest.raises(NotAllowed, match="请先填写您的姓名"):
            look(NOBODY, other)
    assert scorecards.scorecard(NOBODY, PROJECT, "r1/working").tally.scored == 32


def test_a_command_is_nobodys_eyes(other: str) -> None:
    """Commands have no name and every role: what they print goes on nobody's record."""
    before = parts()
    for look in (LOOKS | TOLD).values():
        look(Context(Actor("command", grants=OPERATOR)), other)
    assert parts() == before


def test_one_round_is_not_another(other: str) -> None:
    """Two rounds: who has seen the first scores alone in the second, and the other way round."""
    opening.open_round(CHEN, PROJECT, "初评", "initial", "mean")
    scorecards.scorecard(ZHAO, PROJECT, other)
    assert opening.my_sheet(ZHAO, PROJECT, "r2").id.startswith("r2/")
    assert scorecards.scorecard(ZHAO, PROJECT, other).tally.scored == 32, "the first round's stay in sight"
    second = opening.my_sheet(WANG, PROJECT, "r2")
    score_all(WANG, second, {})
    steps_service.submit(WANG, PROJECT, second.id)
    scorecards.scorecard(QIAN, PROJECT, second.id)
    assert opening.my_sheet(QIAN, PROJECT, "r1")
    with pytest.raises(NotAllowed, match="已看过"):
        opening.my_sheet(QIAN, PROJECT, "r2")


def test_a_result_that_was_locked_once_is_known_to_all(other: str) -> None:
    card = scorecards.scorecard(CHEN, PROJECT, PANEL)
    item_records_service.answer_flags(CHEN, PROJECT, PANEL, [(f.code, f.kind) for f in card.open_flags], "已核实")
    steps_service.lock(CHEN, PROJECT, "r1")
    assert scorecards.scorecard(NOBODY, PROJECT, PANEL).tally.scored == 32
    assert scorecards.scorecard(EXPERT, PROJECT, PANEL).tally.scored == 32
    steps_service.unlock(WANG, PROJECT, "r1", "复核")
    with pytest.raises(NotAllowed, match="已看过"):
        opening.my_sheet(QIAN, PROJECT, "r1")
    independence.admit(CHEN, PROJECT, "r1", QIAN.actor.id, "复核须增加一人")
    assert opening.my_sheet(QIAN, PROJECT, "r1")


def test_a_unit_that_scores_itself_hides_nothing_from_the_experts() -> None:
    opening.open_round(CHEN, PROJECT, "自评", "self", "chief")
    unit = opening.my_sheet(WANG, PROJECT, "r2")
    score_all(WANG, unit, {})
    steps_service.submit(WANG, PROJECT, unit.id)
    assert scorecards.scorecard(EXPERT, PROJECT, unit.id).tally.scored == 32


def test_named_is_who_scores_and_does_not_chair_in_that_project(other: str) -> None:
    both = replace(EXPERT, actor=replace(EXPERT.actor, grants=everywhere(Role.EVALUATOR, Role.CHIEF)))
    elsewhere = frozenset({Grant(Role.EVALUATOR, "another"), Grant(Role.LEADER)})
    for ctx in (both, CHIEF, LEADER, replace(EXPERT, actor=replace(EXPERT.actor, grants=elsewhere))):
        assert scorecards.scorecard(ctx, PROJECT, other).tally.scored == 32
    clerk = replace(EXPERT, actor=replace(EXPERT.actor, grants=everywhere(Role.EVALUATOR, Role.CLERK)))
    with pytest.raises(NotAllowed, match="您是本轮的评价人"):
        scorecards.scorecard(clerk, PROJECT, other)


def test_every_way_that_names_a_sheet_or_round_to_look_at_is_tried_here() -> None:
    """A new call that shows a sheet's or round's content has to be tried above, or be known not to need it."""
    modules = (scorecards, history, minutes, meeting, item_records, score_panels, opened_files)
    needs_none = {
        "unrecorded", "how_far", "sheets", "comments", "compare_moments", "moments", "undo_sentence",
        "evidence_content", "small_picture", "scorecard", "missing_inputs", "last_unit",
    }  # fmt: skip
    source = inspect.getsource(inspect.getmodule(test_named_is_who_scores_and_does_not_chair_in_that_project))  # type: ignore[arg-type]
    for module in modules:
        for name, call in vars(module).items():
            deed = getattr(call, "deed", None)
            names = set(inspect.signature(call).parameters) if deed is not None else set()
            if deed is not None and deed.value == "see" and call.__module__ == module.__name__ and {"project"} <= names:
                assert name in needs_none or f".{name}(" in source, name
