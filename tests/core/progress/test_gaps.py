"""Figures that places do not report: null where they stand and in whatever rests on them, and nothing breaks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.checks import run
from core.model.fields import own_figures
from core.model.measure import Measures
from core.model.project import BudgetGroup, Facts
from core.progress import measures, partly
from core.progress.places import not_reported
from core.text import how_computed
from tests.core.lingang import FACTS, PLACES

NAMES = (*own_figures("spend"), *own_figures("renovation"))


def silent(gaps: set[tuple[str, str]]) -> Facts:
    """The sample without these figures: (place, name)."""
    return replace(
        FACTS,
        spend=tuple(replace(x, **{n: None for n in own_figures("spend") if (x.place, n) in gaps}) for x in FACTS.spend),
        renovation=tuple(
            replace(x, **{n: None for n in own_figures("renovation") if (x.place, n) in gaps}) for x in FACTS.renovation
        ),
    )


def value(facts: Facts, name: str, place: str | None = None, basis: str | None = None) -> object:
    return next(m.value for m in measures(facts) if (m.id, m.place, m.basis) == (name, place, basis))


def test_nobody_reports_payments() -> None:
    facts = silent({(place, "paid") for place in PLACES})
    assert {m.value for m in measures(facts) if m.id == "paid"} == {None}
    assert value(facts, "paid_rate", None, "estimate") is None
    assert value(facts, "invested") == 8000
    assert str(not_reported(facts)) == "未填报：累计支付；显示为“—”，不当作0。"


def test_one_street_does_not_report() -> None:
    facts = silent({("夏港街道", "paid"), ("夏港街道", "area"), ("璜土镇", "area")})
    assert (value(facts, "paid"), value(facts, "paid", "夏港街道"), value(facts, "paid", "璜土镇")) == (
        None,
        None,
        2164,
    )
    assert (value(facts, "area"), value(facts, "households")) == (None, 26310)
    whole = next(m for m in measures(facts) if (m.id, m.place) == ("paid", None))
    assert str(whole.formula) == "夏港街道未填报累计支付"
    assert str(not_reported(facts)) == (
        "未填报：夏港街道的累计支付、璜土镇、夏港街道的计划受益面积；显示为“—”，不当作0。"
    )
    assert not_reported(FACTS) is None


def test_a_sum_of_some_streets_is_named_as_one_and_is_never_the_whole() -> None:
    facts = silent({("夏港街道", "paid"), ("夏港街道", "area"), ("璜土镇", "area")})
    found = {m.id: m for m in measures(facts) if m.basis == "reporting"}
    # 8,000 without the 2,627 of 夏港街道；330.67 of area without its 112.38 and the 39.00 of 璜土镇 are 179.29.
    assert {name: m.value for name, m in found.items()} == {"paid_reported": 5373, "area_reported": Decimal("179.29")}
    assert str(found["paid_reported"].formula) == "3个街镇相加；夏港街道未填报，不是全项目的合计"
    assert how_computed.basis(found["paid_reported"]) == "已填报的街镇"
    assert str(partly.paid_so_far(Measures(measures(facts)))) == "4个街镇中3个填报了支付，合计5,373万元；其余未填报"
    assert partly.homes_so_far(Measures(measures(facts))) is None
    nobody = silent({(place, "paid") for place in PLACES})
    assert not [m for facts in (FACTS, nobody) for m in measures(facts) if m.basis == "reporting"]


@given(st.sets(st.tuples(st.sampled_from(PLACES), st.sampled_from(NAMES))))
def test_whatever_is_not_reported_is_null_and_checks_and_measures_go_on(gaps: set[tuple[str, str]]) -> None:
    facts = silent(gaps)
    found = {(m.id, m.place): m.value for m in measures(facts) if m.basis is None}
    for name in NAMES:
        for place in PLACES:
            assert (found[name, place] is None) == ((place, name) in gaps)
        assert (found[name, None] is None) == any((place, name) in gaps for place in PLACES)
    assert run(facts)


def test_amounts_that_were_approved_by_street_stand_by_street() -> None:
    assert [m.place for m in measures(FACTS) if m.id == "estimate"] == [None]
    own = tuple(BudgetGroup(place, Decimal(4000), (place,), "批复") for place in PLACES[:2])
    shared = BudgetGroup("rest", Decimal(7000), tuple(PLACES[2:]), "批复")
    facts = replace(FACTS, budget_groups=(*own, shared))
    found = {m.place: m.value for m in measures(facts) if m.id == "estimate"}
    assert found == {None: 15000, PLACES[0]: 4000, PLACES[1]: 4000, PLACES[2]: None, PLACES[3]: None}
