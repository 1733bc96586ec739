"""Settings of a round: what holds now, which changes are allowed, the days to a deadline, two schemes side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from core.errors import Message
from core.model.context import Actor
from core.model.panel_events import RoundKind, RoundSetting, SelfShown, Shown
from core.model.rights import Role, everywhere
from core.model.scorecard import Scheme
from core.scoring.round_settings import (
    FullMarks,
    change_refused,
    closing,
    deadline_words,
    draft,
    free_name,
    full_marks_beside,
)
from core.scoring.workflow import may
from tests.core.scoring.sheets import indicator
from tests.core.scoring.test_workflow import LOCKED, SUBMITTED, WANG, a_round

D = Decimal
SET = RoundSetting(
    "p", "r2", 1, "set", "复评", RoundKind.REEVALUATION, "mean", None, 2, Shown.AFTER_SUBMIT,
    SelfShown.AFTER_SUBMIT, "", "browser-chen",
    "陈主任", datetime(2026, 1, 1, 4),
)  # fmt: skip
CLOSED = replace(SET, revision=2, change="closed", reason="合并到终评", made_at=datetime(2026, 1, 2, 4))
EXPERT = replace(WANG, grants=everywhere(Role.EVALUATOR))


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        (("set",), False),
        (("set", "closed"), True),
        (("set", "closed", "set"), True),
        (("set", "closed", "reopened"), False),
        (("set", "closed", "reopened", "closed"), True),
    ],
)
def test_a_round_is_closed_until_it_is_reopened_also_when_it_is_renamed(changes: tuple[str, ...], held: bool) -> None:
    found = closing([replace(SET, revision=n, change=change) for n, change in enumerate(changes, start=1)])
    assert (found is not None) is held


@pytest.mark.parametrize("action", ["start", "score", "submit", "withdraw", "return", "recuse", "answer", "lock"])
def test_nothing_is_entered_in_a_closed_round_and_it_says_by_whom_and_when(action: str) -> None:
    closed = replace(a_round(SUBMITTED), closed=CLOSED)
    said = str(may(WANG, action, closed, "r1/panel"))  # type: ignore[arg-type]
    assert said.startswith("本轮已由陈主任于2026-01-02 12:00关闭，不能再填写或提交")


def test_a_closed_round_is_still_seen() -> None:
    assert may(WANG, "see", replace(a_round(SUBMITTED), closed=CLOSED), "r1/li") is None


def said(refusal: Message | None) -> str:
    return "" if refusal is None else str(refusal)


def test_a_locked_round_is_not_changed_at_all() -> None:
    for change in ("set", "closed", "deleted"):
        assert "本轮已由王工锁定" in said(change_refused(a_round(LOCKED), SET, draft(SET, change=change)))


def test_a_round_is_closed_once_and_reopened_only_when_closed() -> None:
    opened, closed = a_round(), replace(a_round(), closed=CLOSED)
    assert change_refused(opened, SET, draft(SET, change="closed")) is None
    assert "2026-01-02 12:00关闭" in said(change_refused(closed, CLOSED, draft(CLOSED, change="closed")))
    assert change_refused(closed, CLOSED, draft(CLOSED, change="reopened")) is None
    assert "没有关闭" in said(change_refused(opened, SET, draft(SET, change="reopened")))
    assert change_refused(closed, CLOSED, draft(CLOSED, name="终评")) is None
    assert "已删除" in said(change_refused(replace(opened, deleted=True), SET, draft(SET, name="终评")))


def test_a_round_in_which_somebody_has_a_sheet_does_not_become_a_self_assessment() -> None:
    own = draft(SET, kind=RoundKind.SELF)
    assert "另建一轮" in said(change_refused(a_round(), SET, own))
    assert change_refused(replace(a_round(), owners={}), SET, own) is None
    assert change_refused(a_round(), SET, draft(SET, kind=RoundKind.FINAL)) is None


class TestShownAfterTheLock:
    def test_an_expert_sees_their_own_sheet_only_until_then(self) -> None:
        late = replace(a_round(SUBMITTED), shown=Shown.AFTER_LOCK)
        assert may(EXPERT, "see", late, "r1/wang") is None
        for sheet in ("r1/li", "r1/panel", "r1/working"):
            assert "锁定后才公开得分" in said(may(EXPERT, "see", late, sheet))
        assert may(EXPERT, "see", replace(late, events=LOCKED), "r1/li") is None

    def test_the_chief_sees_what_is_submitted(self) -> None:
        chief = Actor("browser-chen", "陈主任", everywhere(Role.CHIEF))
        assert may(chief, "see", replace(a_round(SUBMITTED), shown=Shown.AFTER_LOCK), "r1/li") is None

    def test_a_sheet_is_not_taken_back_once_another_is_submitted(self) -> None:
        late = replace(a_round(SUBMITTED), shown=Shown.AFTER_LOCK)
        refused = said(may(EXPERT, "withdraw", late, "r1/wang"))
        assert refused == "已有其他人提交评分表，不能再撤回；确需修改，请由他人退回并写明理由。"


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (None, None),
        (date(2026, 12, 5), "截止2026年12月5日，剩5天"),
        (date(2026, 12, 1), "截止2026年12月1日，剩1天"),
        (date(2026, 11, 30), "截止2026年11月30日，今天截止"),
        (date(2026, 11, 29), "截止2026年11月29日，已截止；此后提交的注明“逾期提交”"),
    ],
)
def test_the_days_to_a_deadline(deadline: date | None, words: str | None) -> None:
    found = deadline_words(deadline, date(2026, 11, 30))
    assert (None if found is None else str(found)) == words


def test_two_versions_of_a_scheme_side_by_side_only_where_they_differ() -> None:
    old = Scheme("s", 1, "方案", (indicator("A1", "6"), indicator("A2", "4"), indicator("B1", "5")))
    new = Scheme("s", 2, "方案", (indicator("A1", "5"), indicator("A2", "4"), indicator("C1", "6")))
    assert full_marks_beside(old, new) == (
        FullMarks("A1", "指标A1", D(6), D(5)),
        FullMarks("C1", "指标C1", None, D(6)),
        FullMarks("B1", "指标B1", D(5), None),
    )
    assert full_marks_beside(old, old) == ()
    assert (old.full_marks, new.full_marks) == (15, 15)


def test_a_new_round_is_called_by_its_kind_and_a_number_where_there_is_one() -> None:
    assert free_name("复评", []) == "复评"
    assert free_name("初评", ["初评"]) == "初评2"
    assert free_name("初评", ["初评", "初评2"]) == "初评3"
