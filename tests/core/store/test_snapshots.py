"""Snapshots on a real file: what is added counts, what is withdrawn does not, and earlier views stay as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from core.errors import Message, StoreError
from core.model.context import Actor, Version
from core.model.detail import ATTRIBUTES, in_columns
from core.model.project import Arrival, Community, CommunitySums, Delivery, Facts, Milestone
from core.store import read, snapshots
from core.store.database import Session, Store

WANG = Actor("browser-w", "王工")
PROJECT = "lingang-2023"


def _later(facts: Facts) -> Facts:
    """A quarter later 璜土 has paid 200万元 more."""
    first, *others = facts.spend
    return replace(
        facts,
        batch=f"{PROJECT}@2025-03-31",
        as_of=date(2025, 3, 31),
        spend=(replace(first, paid=first.paid + 200, paid_raw="2364"), *others),
        deliveries=(Delivery("璜土镇", "表3 第2行", physical=Decimal("0.6"), started=5, finished=2),),
        arrivals=(Arrival("bond", date(2025, 1, 15), Decimal(9000), "到位表 第2行"),),
        milestones=(
            Milestone("开工", date(2023, 6, 1), None, "报告 二(一)"),
            Milestone("竣工", None, None, "表", "璜土镇"),
        ),
    )


def test_a_snapshot_comes_back_as_it_was_given(store: Store) -> None:
    later = _later(read.facts(store, PROJECT))
    snapshots.add(store, later, WANG, file=("季报.xlsx", "ab12"))
    assert read.facts(store, PROJECT) == later
    newest, shipped = snapshots.snapshots(store, PROJECT)
    assert (newest.batch, newest.file, newest.digest, newest.by, newest.state) == (
        later.batch,
        "季报.xlsx",
        "ab12",
        "王工",
        "released",
    )
    assert shipped.file == ""


def test_withdrawing_brings_back_the_one_before_and_an_earlier_view_stays(store: Store) -> None:
    first = read.facts(store, PROJECT)
    later = _later(first)
    snapshots.add(store, later, WANG)
    assert [each.as_of for each in read.series(store, PROJECT)] == [date(2024, 12, 31), date(2025, 3, 31)]
    snapshots.note(store, PROJECT, [later.batch], "withdrawn", "填错表", WANG)
    assert read.facts(store, PROJECT) == first
    assert [each.batch for each in read.series(store, PROJECT)] == [first.batch]
    assert read.facts(store, PROJECT, Version(batch=later.batch)) == later
    assert snapshots.snapshots(store, PROJECT)[0].reason == "填错表"


def test_a_held_import_counts_once_it_is_released(store: Store) -> None:
    first = read.facts(store, PROJECT)
    later = _later(first)
    snapshots.add(store, later, WANG, held=True)
    assert read.facts(store, PROJECT) == first
    snapshots.note(store, PROJECT, [later.batch], "released", "", Actor("browser-l", "李工"))
    assert read.facts(store, PROJECT) == later


def test_a_taken_id_writes_nothing(store: Store) -> None:
    first = read.facts(store, PROJECT)
    with pytest.raises(StoreError, match="未导入"):
        snapshots.add(store, replace(_later(first), batch=first.batch), WANG)
    assert read.facts(store, PROJECT) == first
    assert len(snapshots.snapshots(store, PROJECT)) == 1


def test_detail_is_read_by_the_page_and_added_up(store: Store) -> None:
    later = _later(read.facts(store, PROJECT))
    detail = [
        Community("璜土镇", "一村", "明细 第2行", 2, 100, Decimal("1.5"), Decimal(30), Decimal(20)),
        Community("璜土镇", "二村", "明细 第3行", 3, 200, None, Decimal(40), Decimal(10)),
        Community("利港街道", "三村", "明细 第4行", 1, 50, Decimal(1), None, None),
    ]
    snapshots.add(store, later, WANG, communities=detail)
    assert read.communities(store, later, None, 1, 2) == tuple(detail[1:])
    assert read.communities(store, later, "利港街道", 0, 10) == (detail[2],)
    assert read.community_sums(store, later) == (
        CommunitySums("璜土镇", 2, 5, 300, None, Decimal(70), Decimal(30)),
        CommunitySums("利港街道", 1, 1, 50, Decimal(1), None, None),
    )


def test_detail_in_many_statements_stays_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "_AT_ONCE", 2)
    later = _later(read.facts(store, PROJECT))
    detail = tuple(
        Community("璜土镇", f"={n}村\n'", f"明细 第{n}行", paid=Decimal(n) / 10**6, raw='{"小区": "甲"}')
        for n in range(5)
    )
    snapshots.add(store, later, WANG, communities=iter(detail))
    assert read.communities(store, later, None, 0, 10) == detail


def test_columns_are_written_in_stretches_that_are_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "_AT_ONCE", 2)
    later = _later(read.facts(store, PROJECT))
    detail = tuple(Community("璜土镇", f"{n}村", f"明细 第{n}行") for n in range(5))
    columns = in_columns([[getattr(each, name) for name in ATTRIBUTES] for each in detail])
    told: list[tuple[int, float]] = []
    snapshots.add(store, later, WANG, communities=columns, progress=lambda rows, share: told.append((rows, share)))
    assert told == [(2, 0.4), (4, 0.8), (5, 1.0)]
    assert read.communities(store, later, None, 0, 10) == detail


def test_what_is_ended_while_it_is_written_leaves_nothing(store: Store) -> None:
    class Enough(BaseException):
        """As Streamlit ends a run."""

    def end(rows: int, share: float) -> None:
        raise Enough

    later = _later(read.facts(store, PROJECT))
    detail = (Community("璜土镇", "一村", "明细 第2行", 2),)
    with pytest.raises(Enough):
        snapshots.add(store, later, WANG, communities=detail, progress=end)
    assert [each.batch for each in snapshots.snapshots(store, PROJECT)] == [read.facts(store, PROJECT).batch]
    snapshots.add(store, later, WANG, communities=detail)
    assert read.communities(store, later, None, 0, 10) == detail


def test_a_correction_keeps_the_detail_and_says_what_it_was(store: Store) -> None:
    later = _later(read.facts(store, PROJECT))
    detail = (Community("璜土镇", "一村", "明细 第2行", 2), Community("利港街道", "三村", "明细 第3行", 1))
    snapshots.add(store, later, WANG, communities=detail)
    fixed = replace(later, batch="fixed")
    note = snapshots.Correction(later.batch, "璜土镇", "paid", "2,364.00", "2363", "录入错误")
    snapshots.add(store, fixed, WANG, detail_of=later.batch, correction=note)
    assert read.communities(store, fixed, None, 0, 10) == detail
    assert snapshots.corrections(store, PROJECT) == {"fixed": note}
    assert read.facts(store, PROJECT) == fixed


def test_time_goes_on_when_the_clock_is_set_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read.facts(store, PROJECT)
    monkeypatch.setattr("core.store.clock.now", lambda: datetime(2001, 1, 1))
    snapshots.add(store, replace(first, batch="b1"), WANG)
    snapshots.add(store, replace(first, batch="b2"), WANG)
    snapshots.note(store, PROJECT, ["b2"], "withdrawn", "重复", WANG)
    assert [each.batch for each in snapshots.snapshots(store, PROJECT)] == ["b2", "b1", first.batch]
    assert read.facts(store, PROJECT).batch == "b1"
    assert read.facts(store, PROJECT, Version(batch="b2")).batch == "b2"


def test_who_looks_first_may_refuse(store: Store) -> None:
    first = read.facts(store, PROJECT)

    def look(session: Session) -> None:
        raise StoreError(Message("不行。"))

    with pytest.raises(StoreError, match="不行"):
        snapshots.add(store, replace(first, batch="b1"), WANG, look=look)
    with pytest.raises(StoreError, match="不行"):
        snapshots.note(store, PROJECT, [first.batch], "withdrawn", "", WANG, look)
    assert read.facts(store, PROJECT) == first
