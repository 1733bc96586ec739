"""Alarms: each limit, each side of it, and what has become of an alarm since the snapshot before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.model.measure import Measures
from core.model.project import BudgetGroup, Delivery, Facts
from core.model.reference import Limits
from core.progress import measures
from core.progress.alarms import Alarm, alarms, since
from tests.core.lingang import FACTS, NOTHING, PLACES, spend
from tests.core.quarters import march

D = Decimal
LIMITS = Limits()


def found(facts: Facts) -> dict[tuple[str, str | None, str], Alarm]:
    return {(a.rule, a.place, a.basis): a for a in alarms(Measures(measures(facts)), LIMITS)}


def divided(*paid: str) -> Facts:
    """1,000 approved for each of the four places, and so much paid there: rates are facts, without any key."""
    return replace(
        FACTS,
        budget_groups=tuple(BudgetGroup(place, D(1000), (place,), "批复") for place in PLACES),
        spend=tuple(spend(place, each, "1", group=place) for place, each in zip(PLACES, paid, strict=True)),
    )


def test_the_shipped_project() -> None:
    """FACTS 2: 53.33 % of the estimate; 璜土 above 120 % by area alone, the others below 80 % under all four keys."""
    crossed = found(FACTS)
    assert list(crossed) == [
        ("rate_low", None, "estimate"),
        ("rate_high", "璜土镇", "place"),
        ("rate_low", "夏港街道", "place"),
        ("rate_low", "申港街道", "place"),
        ("rate_low", "利港街道", "place"),
    ]
    said = [str(alarm.message) for alarm in crossed.values()]
    assert said[0] == "累计支付占概算为53.33%，低于80%（工期已过61.38%）"
    assert said[1] == "璜土镇测算执行率按面积为122.32%，高于120%（4种口径中的1种）"
    assert "28.21%～48.87%" in said[4]
    # Only the project's own rate rests on no assumption.
    assert [any(m.is_estimate for m in a.measures) for a in crossed.values()] == [False, True, True, True, True]


def test_a_limit_that_is_just_reached_is_not_crossed() -> None:
    """800 of 1,000 is 80 %, 1,200 is 120 %; a cent of 万元 beyond either is an alarm, and no key is named."""
    assert found(divided("800", "1200", "1000", "1000")) == {}
    crossed = found(divided("799.99", "1200.01", "1000", "1000"))
    assert list(crossed) == [("rate_low", "璜土镇", "place"), ("rate_high", "夏港街道", "place")]
    assert [str(a.message) for a in crossed.values()] == [
        "璜土镇执行率为80.00%，低于80%", "夏港街道执行率为120.00%，高于120%",
    ]  # fmt: skip
    assert not any(m.is_estimate for a in crossed.values() for m in a.measures)
    assert [[m.value for m in a.measures] for a in crossed.values()] == [[D("0.79999")], [D("1.20001")]]


def test_more_is_paid_than_was_approved() -> None:
    """18,001 of 15,000 is 120.01 %."""
    alarm = found(replace(FACTS, spend=(spend("璜土镇", "18001", "1"),)))["rate_high", None, "estimate"]
    assert str(alarm.message) == "累计支付占概算为120.01%，高于120%（工期已过61.38%）"


def test_what_arrived_and_is_not_paid_is_an_alarm_too() -> None:
    """8,000 of 12,000 that have arrived are 66.67 %; those of one source of money, 0 of 3,000 here, raise none."""
    bond, budget = FACTS.funding
    arrived = replace(FACTS, funding=(replace(bond, arrived=D(12000)), replace(budget, arrived=D(0))))
    crossed = {key: str(alarm.message) for key, alarm in found(arrived).items() if key[1] is None}
    assert list(crossed) == [("rate_low", None, "estimate"), ("rate_low", None, "arrived")]
    assert crossed["rate_low", None, "arrived"] == "累计支付占到位资金为66.67%，低于80%（工期已过61.38%）"


def test_payment_and_physical_progress_apart() -> None:
    """March: paid 63.33 %; physical by households 0.6·4520 + 0.5·8400 + 0.4·6542 + 0.2·6848 = 10,898.4 of 26,310.

    璜土 97.01 against 60, 申港 64.35 against 40, 利港 40.98 against 20; 夏港 62.64 against 50 is within.
    """
    apart = {place: str(a.message) for (rule, place, _), a in found(march(FACTS)).items() if rule == "physical"}
    assert list(apart) == [None, "璜土镇", "申港街道", "利港街道"]
    assert apart[None] == "累计支付占概算为63.33%，形象进度为41.42%，相差21.91个百分点，超过20个百分点"
    assert "97.01%，形象进度为60.00%，相差37.01个百分点" in apart["璜土镇"]


def test_twenty_points_apart_are_not_over_twenty() -> None:
    facts = divided("1000", "1000", "1000", "1000")
    for physical, over in (("0.8", []), ("0.7999", ["physical"] * 5)):
        reported = tuple(Delivery(place, "填报表", D(physical)) for place in PLACES)
        assert [rule for rule, _, _ in found(replace(facts, deliveries=reported))] == over


def test_what_is_undefined_raises_nothing() -> None:
    assert found(NOTHING) == {}
    assert found(replace(FACTS, spend=(), budget_groups=())) == {}
    silent = tuple(Delivery(place, "填报表", None) for place in PLACES)
    assert not [rule for rule, _, _ in found(replace(FACTS, deliveries=silent)) if rule == "physical"]


def test_against_the_snapshot_before() -> None:
    """璜土 goes on, 夏港 begins, 申港 ends; without a snapshot before all are of the first."""
    before, now = divided("700", "900", "1300", "1100"), divided("750", "1250", "1100", "1000")
    assert since((), LIMITS) == ()
    assert [(s.state, s.alarm.place) for s in since((before,), LIMITS)] == [("first", "璜土镇"), ("first", "申港街道")]
    assert [(s.state, s.alarm.place) for s in since((before, now), LIMITS)] == [
        ("standing", "璜土镇"), ("new", "夏港街道"), ("ended", "申港街道"),
    ]  # fmt: skip
    *_, ended = since((before, now), LIMITS)
    assert str(ended.alarm.message) == "上期申港街道执行率为130.00%，高于120%"  # 1300 of 1000; now 1100
    # From too low to too high is another alarm, not the same one going on.
    turned = since((divided("700", "900", "900", "900"), divided("1300", "900", "900", "900")), LIMITS)
    assert [(s.state, s.alarm.rule) for s in turned] == [("new", "rate_high"), ("ended", "rate_low")]
