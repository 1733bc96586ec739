"""What nobody has reported is kept as such, and what a few lists tell of their communities is kept beside the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.model.context import Actor, Context
from core.service.base import batches, open_store
from core.store import portfolio, read, row_digests, snapshots
from core.store.database import Store
from core.store.schema import TABLES
from tests.core.detail import BATCH, DETAIL, june

D = Decimal

LINGANG = "lingang-2023"
WANG = Context(Actor("browser-of-wang", "王工"))


@pytest.fixture
def store(store_path: Path) -> Iterator[Store]:
    yield open_store.store()
    open_store.close()


def test_a_figure_that_is_not_reported_stays_so_and_0_stays_0(store: Store) -> None:
    facts = june(read.facts(store, LINGANG))
    first, second, *others = facts.spend
    one, *homes = facts.renovation
    told = replace(
        facts,
        spend=(replace(first, paid=None), replace(second, invested=None, paid=D(0)), *others),
        renovation=(replace(one, communities=None, buildings=None, households=None, area=None), *homes),
    )
    snapshots.add(store, told, WANG.actor)
    again = read.facts(store, LINGANG)
    assert again.spend == told.spend
    assert again.renovation == told.renovation
    with store.reading() as session:
        rows = session.run("not_reported", batch=BATCH, project=LINGANG)
        assert row_digests.check(session, TABLES).altered == ()
    assert rows == [
        ("璜土镇", "paid"), ("夏港街道", "invested"),
        *(("璜土镇", field) for field in ("communities", "buildings", "households", "area")),
    ]  # fmt: skip


def test_a_project_with_a_street_that_does_not_report_has_no_sum_in_the_portfolio(store: Store) -> None:
    facts = june(read.facts(store, LINGANG))
    assert [row.paid for row in portfolio.portfolio(store).rows] == [8000]
    first, *others = facts.spend
    snapshots.add(store, replace(facts, spend=(replace(first, paid=None), *others)), WANG.actor)
    found = portfolio.portfolio(store)
    assert ([row.paid for row in found.rows], found.totals.paid) == ([None], None)


def test_a_figure_may_be_put_right_once_it_is_known(store: Store) -> None:
    facts = june(read.facts(store, LINGANG))
    first, *others = facts.spend
    snapshots.add(store, replace(facts, spend=(replace(first, paid=None), *others)), WANG.actor)
    shown = {each.id: each.value for each in batches.figures(WANG, LINGANG, first.place)}
    assert (shown["paid"], shown["invested"]) == ("—", "2,164.00")
    batches.correct(WANG, LINGANG, first.place, "paid", "2164", "补报")
    assert [line.paid for line in read.facts(store, LINGANG).spend] == [line.paid for line in facts.spend]


def test_what_few_lists_tell_is_read_back_ordered_and_taken_over(store: Store) -> None:
    facts = june(read.facts(store, LINGANG))
    first, second, third, *others = DETAIL
    told = (
        replace(first, built="80年代", renewal="基础类", begun_on=date(2024, 4, 30), said='{"begun_on": "2024.4"}'),
        replace(second, begun_on=date(2024, 3, 1), done_on=date(2025, 3, 1), own_estimate=Decimal("88.5")),
        replace(third, said='{"physical": "主体施工"}', physical=None),
        *others,
    )
    snapshots.add(store, facts, WANG.actor, communities=told)
    assert read.communities(store, facts, None, 0, 50) == told
    assert read.community(store, facts, first.place, first.name) == told[0]
    assert read.communities_told(store, facts) == ("own_estimate", "built", "renewal", "begun_on", "done_on")
    by_day = read.communities(store, facts, "璜土镇", 0, 3, sort="begun_on")
    assert [row.name for row in by_day] == [second.name, first.name, third.name]
    backwards = read.communities(store, facts, "璜土镇", 0, 3, sort="begun_on", descending=True)
    assert [row.name for row in backwards] == [first.name, second.name, third.name]
    later = replace(facts, batch="later")
    snapshots.add(store, later, WANG.actor, detail_of=BATCH)
    assert read.communities(store, later, None, 0, 50) == told
    with store.reading() as session:
        assert row_digests.check(session, TABLES).altered == ()


def test_a_list_that_tells_nothing_more_shows_no_more_columns(store: Store) -> None:
    facts = june(read.facts(store, LINGANG))
    snapshots.add(store, facts, WANG.actor, communities=DETAIL)
    assert read.communities_told(store, facts) == ()
