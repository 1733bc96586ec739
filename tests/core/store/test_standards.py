"""Standards and their checks on a real file: what was put down comes back, earlier moments stay as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.errors import StoreError
from core.model.context import Actor, Version
from core.model.goal import Goal
from core.model.rectification import Proof
from core.model.standard import CheckedArea, Standard, StandardCheck, StandardPoint
from core.store import clock, goals, imports, redaction, standards
from core.store.database import Store
from tests.core.store.conftest import PROJECT

WANG = Actor("browser-wang", "王工")
NOON = datetime(2025, 1, 10, 4, 0)
KEY = ("renovation-12", 1)
AREA = CheckedArea("申港街道")
CHECK = StandardCheck(
    AREA, "1.1", 1, "met", date(2025, 1, 9), "李工", "已拆", Proof("照片.png", "ab" * 32), WANG.id, "王工", NOON
)


def test_the_shipped_standards_are_those_of_facts_7(store: Store) -> None:
    contents, renovation = standards.standards(store)
    assert [point.code for point in renovation.points] == [
        "1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "4.4",
    ]  # fmt: skip
    assert list(dict.fromkeys(point.group for point in renovation.points)) == [
        "违法建筑", "房屋维修", "配套设施", "安全封闭",
    ]  # fmt: skip
    assert (renovation.contents, len(contents.contents), len(contents.points)) == ((), 11, 11)
    assert {point.section for point in contents.points} == {"报告 一（一）2"}


def test_a_new_standard_stands_beside_them_as_it_was_given(store: Store) -> None:
    points = (StandardPoint("1", "", "门禁", "", "standard"), StandardPoint("2", "丙", "路灯", "文件2号", "content"))
    new = Standard("own", 1, "本区标准", points)
    imports.add_standard(store, new, "标准.csv", WANG)
    assert standards.standards(store)[1] == new
    with pytest.raises(StoreError):
        imports.add_standard(store, new, "标准.csv", WANG)
    assert len(standards.standards(store)) == 3


def test_checks_come_back_by_standard_and_the_newest_counts(store: Store) -> None:
    later = replace(CHECK, seq=2, result="not_met", made_at=NOON + timedelta(days=1))
    other = replace(CHECK, area=CheckedArea("申港街道", "甲苑"))
    standards.add_checks(store, PROJECT, KEY, lambda known: (CHECK, other))
    standards.add_checks(store, PROJECT, KEY, lambda known: (later,))
    assert standards.checked(store, PROJECT) == {KEY: {(AREA, "1.1"): later, (other.area, "1.1"): other}}
    assert standards.history(store, PROJECT, KEY, AREA, "1.1") == (CHECK, later)
    then = Version(moment=NOON + timedelta(hours=1))
    assert standards.checked(store, PROJECT, then)[KEY][AREA, "1.1"] == CHECK
    assert standards.history(store, PROJECT, KEY, AREA, "1.1", then) == (CHECK,)
    assert standards.checked(store, PROJECT, Version(moment=NOON - timedelta(days=1))) == {}


def test_a_clock_set_back_does_not_reorder_them(store: Store) -> None:
    standards.add_checks(store, PROJECT, KEY, lambda known: (CHECK,))
    back = replace(CHECK, seq=2, result="not_met", made_at=NOON - timedelta(minutes=5))
    standards.add_checks(store, PROJECT, KEY, lambda known: (back,))
    newest = standards.checked(store, PROJECT)[KEY][AREA, "1.1"]
    assert (newest.result, newest.made_at) == ("not_met", NOON + timedelta(microseconds=1))


def test_of_two_at_once_the_second_is_refused_in_words(store: Store) -> None:
    standards.add_checks(store, PROJECT, KEY, lambda known: (CHECK,))
    with pytest.raises(StoreError, match="同时填写了这张检查表"):
        standards.add_checks(store, PROJECT, KEY, lambda known: (replace(CHECK, result="not_met"),))
    assert standards.checked(store, PROJECT)[KEY][AREA, "1.1"].result == "met"


def test_a_picture_is_kept_and_can_be_taken_out(store: Store) -> None:
    content, name = b"\x89PNG\r\n\x1a\nx", "cd" * 32
    check = replace(CHECK, picture=Proof("照片.png", name))
    standards.add_checks(store, PROJECT, KEY, lambda known: (check,), (name, content))
    with store.reading() as session:
        assert bytes(session.run("evidence_bytes", digest=name)[0][0]) == content
    assert redaction.redact(store, PROJECT, name, "误传", WANG)
    with store.reading() as session:
        assert session.run("evidence_bytes", digest=name) == []
    assert not redaction.redact(store, "another", "ef" * 32, "误传", WANG)


def test_goals_are_events_and_keep_their_order(store: Store) -> None:
    def put(goal: Goal) -> None:
        goals.add_goal(store, PROJECT, lambda known: goal)

    shipped = list(goals.goals(store, PROJECT))
    assert shipped == ["g1", "g2", "g3", "g4", "g5", "g6"]
    put(Goal("x", 1, "stage", "改造12个小区", "文件3号", WANG.id, "王工", clock.now()))
    first = goals.goals(store, PROJECT)["g1"]
    put(replace(first, seq=2, text="", made_at=clock.now()))
    now = goals.goals(store, PROJECT)
    assert (list(now), now["g1"].text, now["x"].text) == ([*shipped, "x"], "", "改造12个小区")
    assert goals.goals(store, PROJECT, Version(moment=first.made_at))["g1"].text
