"""The pace of one street: figures of FACTS for the demo project, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.model.context import Context
from core.model.measure import Measures
from core.model.project import Facts
from core.progress.street_pace import street_pace
from core.service.base import open_store
from core.service.briefing.content import content_of
from core.service.manage import demo

ASKER = demo.PEOPLE[0].actor


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Facts, Measures]:
    path = tmp_path_factory.mktemp("street_pace") / "demo.duckdb"
    demo.make(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(path))
        open_store.close()
        found = content_of(Context(ASKER), demo.ID)
        open_store.close()
    return found.facts, found.figures


def test_the_last_street_has_to_pay_seven_times_as_fast(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    found = street_pace(facts, m, facts.default_baseline, "白鹭镇")
    assert found is not None
    assert (found.estimate, found.paid, found.left) == (1800, 1100, 700)
    # 1,800 × 671/730 − 1,100; 700 in the two months that are left; 1,100 in 22 months; 22 × 1,800/1,100 = 36 months.
    assert found.behind is not None
    assert round(found.behind, 2) == Decimal("554.52")
    assert (found.needed, found.so_far, found.finish) == (350, 50, date(2027, 2, 28))


def test_without_a_planned_time_only_the_money_is_known(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    found = street_pace(facts, m, None, "白鹭镇")
    assert found is not None
    assert (found.behind, found.needed, found.so_far, found.finish) == (None, None, None, None)


def test_an_estimate_that_is_not_split_gives_a_street_no_pace(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    group = replace(facts.budget_groups[0], places=facts.places)
    assert street_pace(replace(facts, budget_groups=(group,)), m, facts.default_baseline, "白鹭镇") is None


def test_a_street_that_paid_more_than_approved_needs_nothing_and_has_no_finish(known: tuple[Facts, Measures]) -> None:
    facts, m = known
    more = Measures(replace(x, value=Decimal(2000)) if (x.id, x.place) == ("paid", "白鹭镇") else x for x in m.all)
    found = street_pace(facts, more, facts.default_baseline, "白鹭镇")
    assert found is not None
    assert (found.left, found.needed, found.finish) == (-200, None, None)
