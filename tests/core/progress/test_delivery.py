"""Measures that switch on with optional data: FACTS 2 (40, 50, 60 %), and a quarter worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.measure import Measure, Measures
from core.model.project import Arrival, BudgetGroup, Delivery, Facts, Funding, FundingSource, Milestone
from core.progress import measures, quotient
from core.progress.trend import marks
from core.text.numbers import half_up
from tests.core.any_facts import AMOUNTS, DAYS, any_facts
from tests.core.lingang import FACTS, NOTHING, PLACES
from tests.core.quarters import ARRIVALS, DELIVERIES, MILESTONES, march

D = Decimal
HT, XG, SG, LG = PLACES
QUARTER = march(FACTS)
OPTIONAL = {
    "funding_arrived", "arrival_rate", "communities_started", "communities_finished", "communities_accepted",
    "start_rate", "completion_rate", "acceptance_rate", "physical_progress", "earned_value", "cpi", "spi", "eac",
    "satisfaction", "surveyed", "stage_done", "stage_target", "months_late", "months_overdue",
    "households_finished", "household_completion_rate", "inspected", "qualified", "pass_rate", "contract_price",
    "contract_variation", "overrun_pct",
}  # fmt: skip


def of(facts: Facts, baseline: str | None = None) -> Measures:
    return Measures(measures(facts, baseline))


def value(m: Measure, places: int = 2) -> Decimal:
    assert isinstance(m.value, Decimal), m
    return half_up(m.value * 100 if m.unit == "ratio" else m.value, places)


def at(share: str) -> Facts:
    return replace(FACTS, deliveries=tuple(Delivery(place, "填报表", D(share)) for place in PLACES))


def test_of_what_nobody_reports_there_is_no_measure() -> None:
    assert {m.id for m in measures(FACTS)} & OPTIONAL == set()
    assert {m.id for m in measures(NOTHING)} & OPTIONAL == set()


class TestEarnedValue:
    @pytest.mark.parametrize(
        ("share", "earned", "cpi", "eac"),
        [("0.4", 6000, "0.750", 20000), ("0.5", 7500, "0.938", 16000), ("0.6", 9000, "1.125", 13333)],
    )
    def test_the_three_of_facts_2(self, share: str, earned: int, cpi: str, eac: int) -> None:
        found = of(at(share))
        assert value(found.one("earned_value"), 0) == earned
        assert value(found.one("cpi"), 3) == D(cpi)
        assert value(found.one("eac"), 0) == eac

    def test_spi_is_against_the_planned_value(self) -> None:
        # 6,000 / 9,206.35 and, by 2301-2612, 6,000 / (15,000 x 731 / 1,461)
        assert value(of(at("0.4")).one("spi"), 3) == D("0.652")
        assert value(of(at("0.4"), "2301-2612").one("spi"), 3) == D("0.799")

    def test_an_amount_for_all_places_weighs_by_households_and_says_so(self) -> None:
        # (4520 x .6 + 8400 x .5 + 6542 x .4 + 6848 x .2) / 26310 = 10898.4 / 26310
        found = of(QUARTER)
        physical = found.one("physical_progress")
        assert value(physical) == D("41.42")
        assert (physical.basis, physical.scenario) == ("household", "allocated:household")
        assert value(found.one("earned_value")) == D("6213.45")
        assert value(found.one("cpi"), 3) == D("0.654")  # / 9,500
        assert {found.one(name).scenario for name in ("earned_value", "cpi", "spi", "eac")} == {"allocated:household"}
        assert [m.value for m in found.each("physical_progress")] == [D("0.6"), D("0.5"), D("0.4"), D("0.2")]
        assert {m.scenario for m in found.each("physical_progress")} == {None}

    def test_own_amounts_are_the_weights_and_no_assumption(self) -> None:
        amounts = zip(PLACES, (4000, 5000, 3500, 2500), strict=True)
        groups = tuple(BudgetGroup(place, D(amount), (place,), "批复") for place, amount in amounts)
        found = of(replace(QUARTER, budget_groups=groups))
        physical = found.one("physical_progress")
        # 2400 + 2500 + 1400 + 500 = 6,800 of 15,000
        assert (physical.numerator, physical.denominator) == (D(6800), D(15000))
        assert (physical.basis, physical.scenario) == ("estimate", None)
        assert (found.one("spi").scenario, found.one("cpi").scenario) == ("baseline:2306-2512", None)

    def test_paid_money_does_not_weigh(self) -> None:
        richer = tuple(replace(line, paid=line.paid * 3) if line.place == LG else line for line in QUARTER.spend)
        assert value(of(replace(QUARTER, spend=richer)).one("physical_progress")) == D("41.42")

    def test_a_silent_place_is_named_and_nothing_is_guessed(self) -> None:
        found = of(replace(QUARTER, deliveries=DELIVERIES[:3]))
        physical = found.one("physical_progress")
        assert physical.value is None
        assert str(physical.formula) == "利港街道未填报形象进度"
        assert [found.one(name).value for name in ("earned_value", "cpi", "spi", "eac")] == [None] * 4

    def test_without_an_estimate_homes_weigh_and_no_value_is_earned(self) -> None:
        found = of(replace(QUARTER, budget_groups=()))
        assert value(found.one("physical_progress")) == D("41.42")
        assert found.one("earned_value").value is None

    def test_nothing_paid_or_nothing_done_has_no_index(self) -> None:
        nobody = replace(at("0.4"), spend=tuple(replace(line, paid=D(0)) for line in FACTS.spend))
        assert (of(nobody).one("cpi").value, of(nobody).one("eac").value) == (None, None)
        assert (of(at("0")).one("cpi").value, of(at("0")).one("eac").value) == (D(0), None)


class TestArrivals:
    def test_by_source_and_in_total_up_to_the_day(self) -> None:
        found = of(QUARTER)
        arrived = [found.one("funding_arrived", None, basis).value for basis in ("bond", "budget", "funding")]
        assert arrived == [D(10000), D(500), D(10500)]
        # of 12,000, 3,000 and 15,000
        rates = [value(found.one("arrival_rate", None, basis)) for basis in ("bond", "budget", "funding")]
        assert rates == [D("83.33"), D("16.67"), D("70.00")]
        assert found.one("funding_arrived", None, "bond").source == "到位表 第1行～3行"

    def test_they_are_what_payment_is_held_against(self) -> None:
        rate = of(QUARTER).one("paid_rate", None, "arrived")
        assert (value(rate), rate.scenario) == (D("90.48"), None)  # 9,500 / 10,500

    def test_a_source_that_does_not_report_leaves_the_total_open(self) -> None:
        found = of(replace(QUARTER, arrivals=ARRIVALS[:3]))
        total = found.one("funding_arrived", None, "funding")
        assert (total.value, str(total.formula)) == (None, "财政预算资金的到位数未填报")
        assert found.one("arrival_rate", None, "budget").value is None
        assert value(found.one("arrival_rate", None, "bond")) == D("83.33")
        assert found.one("paid_rate", None, "arrived").scenario == "arrived_claimed"

    def test_a_sum_that_the_report_states_serves_too(self) -> None:
        stated = tuple(replace(each, arrived=D(amount)) for each, amount in zip(FACTS.funding, (9000, 0), strict=True))
        found = of(replace(FACTS, funding=stated))
        assert value(found.one("arrival_rate", None, "funding")) == D("60.00")

    def test_a_source_without_a_plan_has_no_rate(self) -> None:
        bond: tuple[Funding, ...] = FACTS.funding[:1]
        found = of(replace(QUARTER, funding=bond))
        assert found.one("funding_arrived", None, "budget").value == D(500)
        assert found.one("arrival_rate", None, "budget").value is None


class TestCommunities:
    def test_counts_and_rates_against_the_plan(self) -> None:
        found = of(QUARTER)
        counts = [found.one(f"communities_{state}").value for state in ("started", "finished", "accepted")]
        assert counts == [D(25), D(9), D(4)]
        rates = [value(found.one(name)) for name in ("start_rate", "completion_rate", "acceptance_rate")]
        assert rates == [D("89.29"), D("32.14"), D("14.29")]  # of 28
        assert [value(m) for m in found.each("completion_rate")] == [D("60.00"), D("44.44"), D("22.22"), D("0.00")]
        assert str(found.one("communities_started").formula) == "4个街镇填报数相加"
        assert {m.formula for m in found.each("communities_started")} == {None}

    def test_a_total_needs_every_place(self) -> None:
        found = of(replace(QUARTER, deliveries=(*DELIVERIES[:3], replace(DELIVERIES[3], finished=None))))
        assert found.one("communities_finished").value is None
        for formula in (found.one("completion_rate").formula, found.one("communities_finished").formula,
                        found.one("completion_rate", LG).formula):  # fmt: skip
            assert str(formula) == "利港街道未填报已完工小区"
        assert found.one("completion_rate", HT).value == D("0.6")
        assert found.one("completion_rate", LG).value is None
        assert found.one("start_rate").value is not None

    def test_the_stage_has_a_target_only_when_the_planned_time_is_over(self) -> None:
        later = of(replace(QUARTER, as_of=date(2025, 12, 31)))
        done, target = later.one("stage_done"), later.one("stage_target")
        assert (done.value, done.unit, done.name, done.source) == (D(9), "个", "阶段完成量", "填报表 第1行～4行")
        assert (target.value, target.unit, target.name) == (D(28), "个", "阶段目标量")
        assert target.source == "受益明细表 第1行～4行 受益小区数量"
        assert (done.scenario, target.scenario) == ("baseline:2306-2512", "baseline:2306-2512")
        assert (str(done.formula), str(target.formula)) == ("已完工小区", "计划工期已满，阶段目标即全部计划小区")
        assert "stage_target" not in {m.id for m in of(QUARTER).all}


def reported(**columns: Sequence[int | Decimal | None]) -> Facts:
    """The quarter with these columns beside the others, one figure a place."""
    rows = tuple(
        replace(each, **{name: values[at] for name, values in columns.items()})  # type: ignore[arg-type]
        for at, each in enumerate(DELIVERIES)
    )
    return replace(QUARTER, deliveries=rows)


class TestOutcome:
    def test_homes_finished_of_those_planned(self) -> None:
        # (2712 + 4200 + 1308 + 0) / 26310 = 8220 / 26310; 2712 / 4520, 4200 / 8400, 1308 / 6542
        found = of(reported(homes_finished=(2712, 4200, 1308, 0)))
        assert found.one("households_finished").value == D(8220)
        assert value(found.one("household_completion_rate")) == D("31.24")
        rates = [value(m) for m in found.each("household_completion_rate")]
        assert rates == [D("60.00"), D("50.00"), D("19.99"), D("0.00")]

    def test_a_place_that_does_not_report_is_named(self) -> None:
        found = of(reported(homes_finished=(2712, 4200, None, 0)))
        assert found.one("household_completion_rate").value is None
        assert str(found.one("household_completion_rate").formula) == "申港街道未填报已完工户数"
        assert found.one("household_completion_rate", SG).value is None
        assert found.one("household_completion_rate", XG).value == D("0.5")

    def test_inspections_passed_of_those_held(self) -> None:
        found = of(reported(inspected=(20, 30, 10, 0), qualified=(19, 30, 8, 0)))
        rate = found.one("pass_rate")
        assert (rate.numerator, rate.denominator, value(rate)) == (D(57), D(60), D("95.00"))
        assert found.one("pass_rate", LG).value is None  # 0 of 0 says nothing

    def test_without_inspections_the_communities_accepted_are_meant(self) -> None:
        # accepted: 2, 2, 0, 0
        rate = of(reported(qualified=(2, 1, 0, 0))).one("pass_rate")
        assert (rate.numerator, rate.denominator) == (D(3), D(4))
        assert str(rate.formula) == "合格数3 ÷ 已验收小区4"

    def test_one_place_that_counts_inspections_makes_all_of_them_do_so(self) -> None:
        rate = of(reported(inspected=(20, None, None, None), qualified=(19, 1, 0, 0))).one("pass_rate")
        assert (rate.value, str(rate.formula)) == (None, "夏港街道、申港街道、利港街道未填报已验收数")

    def test_a_stage_target_that_is_reported_goes_before_the_end_of_the_planned_time(self) -> None:
        found = of(reported(stage_target=(4, 4, 3, 1)))
        assert (found.one("stage_done").value, found.one("stage_target").value) == (D(9), D(12))
        assert found.one("stage_target").scenario is None

    def test_contracts_and_changes_over_the_estimate(self) -> None:
        # 3,900 + 4,900 + 3,400 + 2,500 = 14,700; 300 + 200 - 50 + 150 = 600: 15,300 of 15,000
        prices = (D(3900), D(4900), D(3400), D(2500))
        found = of(reported(contract=prices, variation=(D(300), D(200), D(-50), D(150))))
        assert (found.one("contract_price").value, found.one("contract_variation").value) == (D(14700), D(600))
        assert value(found.one("overrun_pct")) == D("2.00")
        assert str(found.one("overrun_pct").formula) == (
            "（合同价14,700.00万元 + 变更额600.00万元 - 概算15,000.00万元） ÷ 概算"
        )
        alone = of(reported(contract=prices)).one("overrun_pct")
        assert alone.value is None
        assert str(alone.formula) == "璜土镇、夏港街道、申港街道、利港街道未填报变更额"


class TestSatisfaction:
    def test_it_is_weighted_by_valid_answers(self) -> None:
        # (.9 x 65 + .8 x 121 + .85 x 94 + .7 x 100) / 380 = 305.2 / 380
        found = of(QUARTER)
        assert value(found.one("satisfaction")) == D("80.32")
        assert found.one("surveyed").value == D(380)
        assert str(found.one("satisfaction").formula) == "4个街镇的满意度按有效问卷380份加权"

    def test_without_the_number_of_answers_there_is_no_weight(self) -> None:
        found = of(replace(QUARTER, deliveries=(*DELIVERIES[:3], replace(DELIVERIES[3], surveyed=None))))
        assert (found.one("satisfaction").value, found.one("satisfaction", LG).value) == (None, D("0.7"))
        assert str(found.one("satisfaction").formula) == "利港街道未填报有效问卷数，不能加权"


class TestMilestones:
    def test_months_late(self) -> None:
        # 15 April to 30 June: two months and the 15 days left of the 30 from 16 June
        found = of(QUARTER)
        assert found.one("months_late").value == D("2.5")
        assert "months_overdue" not in {m.id for m in found.all}  # not due

    def test_what_is_due_and_not_done_is_late_so_far(self) -> None:
        found = of(replace(QUARTER, as_of=date(2026, 1, 31)))
        assert found.one("months_overdue").value == D(1)
        assert "仍未完成" in str(found.one("months_overdue").formula)

    def test_early_is_below_nothing(self) -> None:
        early = Milestone("开工", date(2023, 6, 30), date(2023, 5, 31), "表")
        assert of(replace(QUARTER, milestones=(early,))).one("months_late").value == D(-1)

    def test_two_that_could_be_meant_give_none(self) -> None:
        twice = (*MILESTONES, Milestone("二标段开工", date(2023, 4, 1), date(2023, 5, 1), "表"))
        assert "months_late" not in {m.id for m in of(replace(QUARTER, milestones=twice)).all}


def test_every_measure_has_its_source_and_is_found_by_its_key() -> None:
    found = measures(QUARTER)
    keys = [(m.id, m.place, m.basis) for m in found]
    assert len(set(keys)) == len(keys)
    assert all(m.source and m.name for m in found)
    assert all("None" not in str(m.formula or "") for m in found)


REPORTS = st.builds(
    Delivery,
    place=st.just(""),
    source=st.just("表"),
    physical=st.none() | st.decimals(0, 1, places=4),
    started=st.none() | st.integers(0, 99),
    finished=st.none() | st.integers(0, 99),
    accepted=st.none() | st.integers(0, 99),
    satisfaction=st.none() | st.decimals(0, 1, places=4),
    surveyed=st.none() | st.integers(0, 9999),
    homes_finished=st.none() | st.integers(0, 9999),
    inspected=st.none() | st.integers(0, 99),
    qualified=st.none() | st.integers(0, 99),
    stage_target=st.none() | st.integers(0, 9),
    contract=st.none() | AMOUNTS,
    variation=st.none() | st.decimals(-999, 999, places=2),
)


@settings(max_examples=80)
@given(any_facts(), st.data())
def test_any_reports(facts: Facts, data: st.DataObject) -> None:
    reports = tuple(replace(data.draw(REPORTS), place=place) for place in facts.places if data.draw(st.booleans()))
    sources: st.SearchStrategy[FundingSource] = st.sampled_from(["bond", "budget"])
    rows = st.builds(Arrival, sources, DAYS, AMOUNTS, st.just("表"))
    stones = st.builds(Milestone, st.sampled_from(["开工", "竣工"]), st.none() | DAYS, st.none() | DAYS, st.just("表"))
    full = replace(
        facts,
        deliveries=reports,
        arrivals=tuple(data.draw(st.lists(rows, max_size=3))),
        milestones=tuple(data.draw(st.lists(stones, max_size=3))),
    )
    found = Measures(measures(full))
    for m in found.all:
        assert m.source
        assert "None" not in str(m.formula or "")
        assert m.numerator is None or m.value == quotient(m.numerator, m.denominator)
    physical = [report.physical for report in reports if report.physical is not None]
    whole = next((m.value for m in found.all if m.id == "physical_progress" and m.place is None), None)
    if isinstance(whole, Decimal):
        assert min(physical) - D("1e-11") <= whole <= max(physical) + D("1e-11")
    assert len(marks(full)) <= len(full.milestones)
