"""What is to be told: each alarm once while it stands, again when it has ended and comes back; due dates; no names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core.model.project import Facts
from core.model.rectification import FindingPoint, Proof, Rectification, State, Step
from core.model.reference import Limits
from core.model.reporting import Report, ReportingPeriod, ReportStep
from core.notices import found
from core.notices.found import alarm_notices, rectification_notices, reporting_notices
from core.text import render
from tests.core.lingang import FACTS
from tests.core.quarters import march

P = "lingang-2023"
MARCH = replace(march(FACTS), deliveries=())
REPORTING = ReportingPeriod(
    P,
    "2025-03-31",
    date(2025, 3, 31),
    date(2025, 4, 10),
    ("甲", "乙"),
    ("paid",),
    "zhou",
    "周会计",
    datetime(2025, 4, 1),
)
JUNE = replace(MARCH, as_of=date(2025, 6, 30), batch="june")


def paid_up(facts: Facts) -> Facts:
    """Nearly all is paid: the project's own rate is no longer low."""
    return replace(facts, spend=tuple(replace(line, paid=line.paid * 3 / 2) for line in facts.spend))


def keys(*series: Facts, told: Any = ()) -> list[str]:
    return [each.key for each in alarm_notices(P, series, Limits(), told)]


def test_the_alarms_of_the_first_snapshot_are_told_with_where_they_are_seen() -> None:
    made = alarm_notices(P, [FACTS], Limits(), ())
    assert len(made) == 5
    first = made[0]
    assert str(first.text) == "预警：累计支付占概算为53.33%，低于80%（工期已过61.38%）"
    assert (first.key, first.link) == (f"alarm/{P}/rate_low/estimate//2024-12-31", f"alarms?project={P}")
    # Four rest on an assumption.
    assert sum("测算值·非批复数" in str(each.text) for each in made) == 4
    assert render(first.text, "en").startswith("Alarm: ")


def test_what_stands_on_is_not_told_again() -> None:
    told = keys(FACTS)
    own = f"alarm/{P}/rate_low/estimate//2024-12-31"
    assert own in told
    assert [key for key in keys(FACTS, MARCH, told=told) if "/estimate/" in key] == []
    # A figure of another kind put right makes a new batch of the same day: no news.
    assert keys(replace(FACTS, batch="corrected"), told=told) == []


def test_what_was_never_told_is_told_with_the_newest_day_and_earlier_snapshots_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A first run over a long series costs what one snapshot costs."""
    looked: list[str] = []
    of_snapshot = found.of_snapshot
    monkeypatch.setattr(
        found, "of_snapshot", lambda facts, limits: looked.append(facts.batch) or of_snapshot(facts, limits)
    )
    first = keys(FACTS, MARCH, JUNE)
    assert looked == ["june"]
    assert f"alarm/{P}/rate_low/estimate//2025-06-30" in first
    # Once told, the snapshots before that day are not looked at either.
    assert keys(FACTS, MARCH, JUNE, told=first) == []
    assert looked == ["june", "june"]


def test_what_was_told_of_a_snapshot_that_was_withdrawn_is_no_news_before_it() -> None:
    assert not [key for key in keys(FACTS, told=keys(FACTS, MARCH)) if "/estimate/" in key]


def test_what_ended_unseen_and_came_back_is_told_anew() -> None:
    """Two snapshots came in between two runs: in the first it had ended."""
    told = keys(FACTS)
    again = [key for key in keys(FACTS, paid_up(MARCH), JUNE, told=told) if "rate_low/estimate" in key]
    assert again == [f"alarm/{P}/rate_low/estimate//2025-06-30"]
    assert not [key for key in keys(FACTS, MARCH, JUNE, told=told) if "rate_low/estimate" in key]


def test_what_ended_and_comes_back_has_another_key() -> None:
    told = keys(FACTS)
    ended = paid_up(MARCH)
    assert not [key for key in keys(FACTS, ended, told=told) if "rate_low/estimate" in key]
    back = [key for key in keys(FACTS, ended, JUNE, told=told) if "rate_low/estimate" in key]
    assert back == [f"alarm/{P}/rate_low/estimate//2025-06-30"]


def test_an_older_snapshot_that_comes_in_later_makes_no_news() -> None:
    told = keys(MARCH)
    assert not [key for key in keys(FACTS, MARCH, told=told) if "rate_low/estimate" in key]


def test_a_project_without_snapshots_has_none() -> None:
    assert keys() == []


NOON = datetime(2025, 1, 10, 4)
DUE = date(2025, 3, 31)


def finding(state: State = "working", due: date | None = DUE) -> Rectification:
    point = FindingPoint(P, "f1", "problem", "李工未付款", "报告 五", "wang", "王工", NOON)
    return Rectification(point, (Step(state, "李工", due, Proof(""), "李工", "wang", "王工", NOON),))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-8, None),
        (-7, "问题整改：有一个问题的整改期限是2025年3月31日，还有7天。"),
        (-1, "问题整改：有一个问题的整改期限是2025年3月31日，还有1天。"),
        (0, "问题整改：有一个问题的整改期限是今天（2025年3月31日）。"),
        (1, "问题整改：有一个问题的整改期限已过（2025年3月31日），还未整改。"),
    ],
)
def test_a_day_that_is_near_or_past_is_told_without_names(days: int, said: str | None) -> None:
    found = rectification_notices(P, [finding()], DUE + timedelta(days=days), ())
    assert [str(each.text) for each in found] == ([said] if said else [])
    assert "李工" not in repr(found)
    assert "王工" not in repr(found)


def test_near_and_past_are_two_and_each_is_told_once() -> None:
    near = rectification_notices(P, [finding()], DUE - timedelta(days=3), ())
    told = {each.key for each in near}
    assert rectification_notices(P, [finding()], DUE, told) == ()
    (past,) = rectification_notices(P, [finding()], DUE + timedelta(days=1), told)
    assert past.key not in told
    assert rectification_notices(P, [finding()], DUE + timedelta(days=9), told | {past.key}) == ()


@pytest.mark.parametrize(
    ("today", "when", "said"),
    [
        (date(2025, 4, 1), "opened", "街镇填报：截至2025年3月31日的数请在2025年4月10日前报。"),
        (date(2025, 4, 7), "near", "街镇填报：截至2025年3月31日的数，乙还未报，2025年4月10日前报。"),
        (date(2025, 4, 10), "near", "街镇填报：截至2025年3月31日的数，乙还未报，2025年4月10日前报。"),
        (date(2025, 4, 11), "past", "街镇填报：截至2025年3月31日的数，乙还未报，期限已过（2025年4月10日）。"),
    ],
)
def test_a_reporting_period_is_told_while_places_have_not_reported(today: date, when: str, said: str) -> None:
    submitted = ReportStep(P, "2025-03-31", "甲", 1, "submitted", "", "", "a", "李工", datetime(2025, 4, 2))
    report = Report(REPORTING, steps=(submitted,))
    (one,) = reporting_notices(P, [report], today, ())
    assert (str(one.text), one.key) == (said, f"reporting/{P}/2025-03-31/{when}")
    assert one.link == f"reporting?project={P}&period=2025-03-31"
    assert "李工" not in repr(one)
    assert reporting_notices(P, [report], today, {one.key}) == ()
    both = Report(REPORTING, steps=(submitted, replace(submitted, place="乙")))
    assert reporting_notices(P, [both], today, ()) == ()


def test_another_day_is_told_again_and_what_is_done_or_has_no_day_is_not() -> None:
    (one,) = rectification_notices(P, [finding()], DUE, ())
    (other,) = rectification_notices(P, [finding(due=DUE + timedelta(days=2))], DUE, {one.key})
    assert other.key != one.key
    for each in (finding("done"), finding("reviewed"), finding(due=None)):
        assert rectification_notices(P, [each], DUE, ()) == ()
