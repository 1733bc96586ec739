"""大事记: put down, taken back, refused in a sentence, and on the axes of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context, Version
from core.model.rights import Role, everywhere
from core.service.base import open_store
from core.service.progress import dated_notes, first_sight, funds
from core.store import dated_notes as stored

PROJECT = "lingang-2023"
WANG, LI = Context(Actor("browser-wang", "王工")), Context(Actor("browser-li1", "李工"))
JULY = date(2025, 7, 1)

pytestmark = pytest.mark.usefixtures("store_path")


def known(ctx: Context = WANG) -> list[tuple[date, str, str]]:
    return [(each.day, each.name, each.actor_name) for each in dated_notes.dated_notes(ctx, PROJECT)]


def test_notes_stand_in_the_order_of_time_with_who_put_them_down() -> None:
    dated_notes.add(WANG, PROJECT, JULY, " 汛期\n停工 ")
    dated_notes.add(LI, PROJECT, date(2024, 10, 8), "设计变更")
    dated_notes.add(LI, PROJECT, JULY, "汛期停工")  # said with a space before: another name
    dated_notes.add(LI, PROJECT, JULY, "汛期停工")
    assert known(LI) == [
        (date(2024, 10, 8), "设计变更", "李工"),
        (JULY, "汛期 停工", "王工"),
        (JULY, "汛期停工", "李工"),
    ]


def test_a_note_that_is_taken_back_stays_in_the_record() -> None:
    dated_notes.add(WANG, PROJECT, JULY, "汛期停工")
    dated_notes.add(WANG, PROJECT, JULY, "台风")
    flood, _ = dated_notes.dated_notes(WANG, PROJECT)
    dated_notes.take_back(LI, PROJECT, flood.id)
    assert known() == [(JULY, "台风", "王工")]
    row = stored.dated_notes(open_store.store(), PROJECT)[flood.id]
    assert (row.seq, row.day, row.name, row.actor_name) == (2, JULY, "", "李工")
    for gone in (flood.id, "none"):
        with pytest.raises(UnknownName, match="没有这条大事"):
            dated_notes.take_back(WANG, PROJECT, gone)
    # As it was before it was taken back.
    then = Context(WANG.actor, version=Version(moment=row.made_at - timedelta(microseconds=1)))
    assert [name for _, name, _ in known(then)] == ["汛期停工", "台风"]


@pytest.mark.parametrize(
    ("day", "name", "why"),
    [
        (JULY, "  ", "请填写大事的名称"),
        (JULY, "长" * 31, "最多30字，现有31字"),
        (None, "汛期停工", "请填写日期，如2025-07-01"),
        (date(205, 7, 1), "汛期停工", "日期须在1990年到2100年之间"),
        (date(2101, 1, 1), "汛期停工", "您填的是2101年1月1日"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(day: date | None, name: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        dated_notes.add(WANG, PROJECT, day, name)
    assert known() == []


def test_thirty_characters_are_kept_and_a_hundred_notes() -> None:
    dated_notes.add(WANG, PROJECT, JULY, "长" * 30)
    for n in range(99):
        dated_notes.add(WANG, PROJECT, JULY, f"第{n}次")
    with pytest.raises(NotAllowed, match="最多100条大事"):
        dated_notes.add(WANG, PROJECT, JULY, "又一次")
    assert len(known()) == 100


def test_a_note_needs_a_person_who_may_and_a_project() -> None:
    with pytest.raises(NameNeeded):
        dated_notes.add(Context(Actor("anonymous")), PROJECT, JULY, "汛期停工")
    with pytest.raises(NotAllowed):
        dated_notes.add(Context(Actor("leader", "领导", everywhere(Role.LEADER))), PROJECT, JULY, "汛期停工")
    with pytest.raises(UnknownName):
        dated_notes.add(WANG, "none", JULY, "汛期停工")
    past = Context(WANG.actor, version=Version(moment=datetime(2025, 1, 1)))
    with pytest.raises(NotAllowed, match="不能修改"):
        dated_notes.add(past, PROJECT, JULY, "汛期停工")


def test_the_chart_of_payments_and_its_table_have_it_at_once() -> None:
    before = funds.funds(WANG, PROJECT).over_time
    assert before is not None
    assert "汛期停工" not in before.alt
    dated_notes.add(WANG, PROJECT, JULY, "汛期停工")
    needed = funds.funds(WANG, PROJECT).over_time
    assert needed is not None
    assert ("汛期停工", "2025年7月1日") in needed.rows
    assert "汛期停工：2025年7月1日" in needed.alt
    dated_notes.take_back(WANG, PROJECT, dated_notes.dated_notes(WANG, PROJECT)[0].id)
    after = funds.funds(WANG, PROJECT).over_time
    assert after is not None
    assert after.alt == before.alt


def test_the_chart_of_the_overview_has_no_room_for_marks() -> None:
    dated_notes.add(WANG, PROJECT, JULY, "汛期停工")
    (pace,) = first_sight.first_sight(WANG, PROJECT).panels
    assert "汛期停工" not in pace.alt
