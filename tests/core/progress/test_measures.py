"""Every figure of FACTS 2, to the last digit shown there; then what holds for any project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings

from core.commands.figures import measure_json
from core.errors import UnknownName
from core.model.measure import Measure, Measures
from core.model.project import Baseline, BudgetGroup, Claim, Facts
from core.progress import lorenz, measures, quotient
from core.progress.schedule import finish
from core.progress.survey import quotas
from core.text.numbers import decimal, half_up
from core.text.numbers import measure as printed
from tests.core.any_facts import AMOUNTS, any_facts
from tests.core.lingang import FACTS, NOTHING, PLACES, renovation, spend

D = Decimal
HT, XG, SG, LG = PLACES


def shown(figure: Measure, digits: str) -> bool:
    """Whether the measure, rounded to as many decimals as `digits` has (per cent for ratios), is `digits`."""
    assert isinstance(figure.value, Decimal), figure
    value = figure.value * 100 if figure.unit in ("ratio", "pp") else figure.value
    text = digits.replace(",", "")
    places = len(text.partition(".")[2])
    return half_up(value, places) == D(text)


# --- one row of FACTS 2 after another: id, place, basis, digits --------------------------------------------------

PROJECT_FIGURES = [
    ("estimate", None, "15,000.00"),
    ("paid", None, "8,000.00"),
    ("invested", None, "8,000.00"),
    ("communities", None, "28"),
    ("buildings", None, "780"),
    ("households", None, "26,310"),
    ("area", None, "330.67"),
    ("reported_score", None, "93"),
    ("funding_planned", "bond", "12000"),
    ("funding_planned", "budget", "3000"),
    ("funding_paid", "bond", "8000"),
    ("funding_paid", "budget", "0"),
    ("paid_rate", "estimate", "53.33"),
    ("paid_rate", "bond", "66.67"),
    ("paid_rate", "budget", "0.00"),
    ("paid_rate", "arrived", "100.00"),
    ("remaining", "estimate", "7,000"),
    ("remaining", "bond", "4,000"),
    ("remaining", "budget", "3,000"),
    ("share_of_estimate", "estimate", "46.67"),
    ("planned_unit_cost", "household", "5,701.25"),
    ("planned_unit_cost", "m2", "45.36"),
    ("planned_unit_cost", "building", "19.23"),
    ("planned_unit_cost", "community", "535.71"),
    ("paid_unit_cost", "household", "3,040.67"),
    ("paid_unit_cost", "m2", "24.19"),
    ("paid_unit_cost", "building", "10.26"),
    ("paid_unit_cost", "community", "285.71"),
    ("gini_households", None, "0.159"),
    ("gini_area", None, "0.238"),
    ("survey_size", "5%", "379"),
    ("survey_size", "3%", "1,026"),
    # not in the table, worked by hand: 3,306,700 / 26,310; 26,310 / 780; 26,310 / 28
    ("area_per_household", None, "125.68"),
    ("households_per_building", None, "33.73"),
    ("households_per_community", None, "939.6"),
]

PLACE_FIGURES = [
    ("paid", None, ("2,164.00", "2,627.00", "1,900.00", "1,309.00")),
    ("invested", None, ("2,164.00", "2,627.00", "1,900.00", "1,309.00")),
    ("communities", None, ("5", "9", "9", "5")),
    ("buildings", None, ("128", "254", "193", "205")),
    ("households", None, ("4,520", "8,400", "6,542", "6,848")),
    ("area", None, ("39", "112.38", "77", "102.29")),
    ("share_of_estimate", "estimate", ("14.43", "17.51", "12.67", "8.73")),
    ("share_paid", None, ("27.05", "32.84", "23.75", "16.36")),
    ("share_households", None, ("17.18", "31.93", "24.87", "26.03")),
    ("share_area", None, ("11.79", "33.99", "23.29", "30.93")),
    # not in the table: 5 of 28 communities, 128 of 780 buildings …
    ("share_communities", None, ("17.86", "32.14", "32.14", "17.86")),
    ("share_buildings", None, ("16.41", "32.56", "24.74", "26.28")),
    ("intensity", None, ("1.57", "1.03", "0.96", "0.63")),
    ("paid_unit_cost", "household", ("4,787.61", "3,127.38", "2,904.31", "1,911.51")),
    ("paid_unit_cost", "m2", ("55.49", "23.38", "24.68", "12.80")),
    ("paid_unit_cost", "building", ("16.91", "10.34", "9.84", "6.39")),
    ("paid_unit_cost", "community", ("432.80", "291.89", "211.11", "261.80")),
    ("area_per_household", None, ("86.28", "133.79", "117.70", "149.37")),
    ("households_per_building", None, ("35.31", "33.07", "33.90", "33.40")),
    ("households_per_community", None, ("904.0", "933.3", "726.9", "1,369.6")),
    ("survey_quota", "5%", ("65", "121", "94", "99")),
    # by hand: 15,000 × 39 ÷ 330.67 = 1,769.14 for 4,520 households …; by households all are the project's
    ("planned_household_cost", "household", ("5,701.25", "5,701.25", "5,701.25", "5,701.25")),
    ("planned_household_cost", "m2", ("3,914.02", "6,068.85", "5,339.21", "6,775.88")),
    ("planned_household_cost", "building", ("5,445.88", "5,815.02", "5,673.40", "5,756.87")),
    ("planned_household_cost", "community", ("5,926.04", "5,739.80", "7,369.96", "3,911.47")),
    ("allocated_rate", "household", ("83.97", "54.85", "50.94", "33.53")),
    ("allocated_rate", "m2", ("122.32", "51.53", "54.40", "28.21")),
    ("allocated_rate", "building", ("87.91", "53.78", "51.19", "33.20")),
    ("allocated_rate", "community", ("80.79", "54.49", "39.41", "48.87")),
]

BASELINE_FIGURES = {
    # id: 2306-2512 (the default), 2301-2612, 2301-2512, 2306-2612; None: FACTS has it at the default only
    "time_elapsed": ("61.38", "50.03", "66.70", "44.27"),
    "pace_index": ("0.869", "1.066", "0.800", "1.205"),
    "pace_gap": ("-8.04", None, None, None),
    "planned_value": ("9,206.35", None, None, None),
    "schedule_variance": ("-1,206.35", None, None, None),
    "paid_per_month": ("421.05", "333.33", "333.33", "421.05"),
    "needed_per_month": ("583.33", "291.67", "583.33", "291.67"),
    "pace_needed": ("1.385", None, None, None),
    "paid_by_finish": ("13,052.63", None, None, None),
    "short_at_finish": ("1,947.37", None, None, None),
}
BASELINES = ("2306-2512", "2301-2612", "2301-2512", "2306-2612")


@pytest.mark.parametrize(("name", "basis", "digits"), PROJECT_FIGURES)
def test_project(name: str, basis: str | None, digits: str) -> None:
    assert shown(Measures(measures(FACTS)).one(name, basis=basis), digits)


@pytest.mark.parametrize(("name", "basis", "digits"), PLACE_FIGURES)
def test_places(name: str, basis: str | None, digits: tuple[str, ...]) -> None:
    each = Measures(measures(FACTS)).each(name, basis)
    assert [figure.place for figure in each] == list(PLACES)
    assert all(shown(figure, text) for figure, text in zip(each, digits, strict=True))


@pytest.mark.parametrize("baseline", BASELINES)
@pytest.mark.parametrize("name", BASELINE_FIGURES)
def test_baselines(name: str, baseline: str) -> None:
    figure = Measures(measures(FACTS, baseline)).one(name)
    digits = BASELINE_FIGURES[name][BASELINES.index(baseline)]
    assert figure.scenario == f"baseline:{baseline}"
    assert not figure.is_estimate
    assert digits is None or shown(figure, digits)


@pytest.mark.parametrize(
    ("baseline", "passed", "total"),
    [("2306-2512", 580, 945), ("2301-2612", 731, 1461), ("2301-2512", 731, 1096), ("2306-2612", 580, 1310)],
)
def test_days_of_the_planned_time(baseline: str, passed: int, total: int) -> None:
    figure = Measures(measures(FACTS, baseline)).one("time_elapsed")
    assert (figure.numerator, figure.denominator) == (D(passed), D(total))


@pytest.mark.parametrize(
    ("baseline", "passed", "left"),
    [("2306-2512", 19, 12), ("2301-2612", 24, 24), ("2301-2512", 24, 12), ("2306-2612", 19, 24)],
)
def test_whole_months(baseline: str, passed: int, left: int) -> None:
    all_ = Measures(measures(FACTS, baseline))
    assert (all_.one("paid_per_month").numerator, all_.one("paid_per_month").denominator) == (D(8000), D(passed))
    assert (all_.one("needed_per_month").numerator, all_.one("needed_per_month").denominator) == (D(7000), D(left))


@pytest.mark.parametrize(
    ("baseline", "day"),
    [
        ("2306-2512", date(2026, 5, 19)),
        ("2306-2612", date(2026, 5, 19)),
        # 24 × 15000 / 8000 = 45 months from 1 January 2023: full on the last day of September 2026
        ("2301-2612", date(2026, 9, 30)),
        ("2301-2512", date(2026, 9, 30)),
    ],
)
def test_finish_forecast(baseline: str, day: date) -> None:
    figure = Measures(measures(FACTS, baseline)).one("finish_forecast")
    assert (figure.value, figure.unit, figure.scenario) == (day, "", f"baseline:{baseline}")
    assert baseline[:4] != "2306" or "35.625个月" in str(figure.formula)


def test_ratios_are_quotients_at_twelve_places() -> None:
    rate = Measures(measures(FACTS)).one("paid_rate", basis="estimate")
    assert str(rate.value) == "0.533333333333"
    assert (rate.numerator, rate.denominator) == (D(8000), D(15000))
    assert str(rate.formula) == "累计支付8,000.00万元 ÷ 概算15,000.00万元"
    assert rate.source == "资金明细表 第1行～4行 累计支付；资金明细表 概算金额列"
    cost = Measures(measures(FACTS)).one("planned_unit_cost", basis="household")
    assert (cost.numerator, cost.denominator) == (D(150_000_000), D(26_310))


def test_scenarios() -> None:
    for figure in measures(FACTS):
        if figure.id in ("allocated_rate", "planned_household_cost"):
            assert figure.scenario == f"allocated:{figure.basis}"
        elif figure.id == "paid_rate" and figure.basis == "arrived":
            assert figure.scenario == "arrived_claimed"
        elif figure.id in BASELINE_FIGURES or figure.id == "finish_forecast":
            assert figure.scenario == "baseline:2306-2512"
        else:
            assert figure.scenario is None


def test_the_default_baseline_and_an_unknown_one() -> None:
    assert measures(FACTS) == measures(FACTS, "2306-2512")
    with pytest.raises(UnknownName, match="2399-2400"):
        measures(FACTS, "2399-2400")
    undecided = replace(FACTS, baselines=tuple(replace(each, default=False) for each in FACTS.baselines))
    assert measures(undecided) == measures(FACTS)


def test_each_measure_can_be_looked_up_and_explained() -> None:
    figures = measures(FACTS)
    keys = [(figure.id, figure.place, figure.basis) for figure in figures]
    assert len(set(keys)) == len(keys)
    for figure in figures:
        assert figure.source
        assert figure.name
        assert figure.as_of == date(2024, 12, 31)
        assert (figure.numerator is None) == (figure.denominator is None)
        if figure.numerator is not None:
            assert figure.value == quotient(figure.numerator, figure.denominator)
        if figure.formula is not None:
            assert "None" not in str(figure.formula)
            assert "—" not in str(figure.formula)
        assert printed(figure) != "—"


# No wrong number, B12
@given(any_facts())
def test_the_type_that_is_said_of_a_measure_is_the_type_of_its_value(facts: Facts) -> None:
    read = {"decimal": Decimal, "date": date.fromisoformat}
    for figure in measures(facts):
        said = measure_json(figure)
        if figure.value is None:
            assert (said["value"], said["value_type"]) == (None, None)
        else:
            assert read[said["value_type"]](said["value"]) == figure.value


# --- the curve ---------------------------------------------------------------------------------------------------


def test_lorenz_runs_from_the_least_paid_per_household_to_the_most() -> None:
    corners = lorenz(FACTS, "household")
    assert [(decimal(x, 4), decimal(y, 4)) for x, y in corners] == [
        ("0.0000", "0.0000"),
        ("0.2603", "0.1636"),  # 利港 6848/26310, 1309/8000
        ("0.5089", "0.4011"),  # + 申港 6542, 1900
        ("0.8282", "0.7295"),  # + 夏港 8400, 2627
        ("1.0000", "1.0000"),
    ]
    assert len(lorenz(FACTS, "m2")) == len(lorenz(FACTS, "building")) == len(lorenz(FACTS, "community")) == 5
    with pytest.raises(UnknownName, match="paid"):
        lorenz(FACTS, "paid")


def test_a_place_without_any_money_comes_first_in_the_curve() -> None:
    """A third of the homes each; of 10 paid there are 0, 1 and 9."""
    facts = replace(
        FACTS,
        places=("甲", "乙", "丙"),
        spend=(spend("乙", "1", "1"), spend("甲", "0", "2"), spend("丙", "9", "3")),
        renovation=tuple(renovation(place, 1, 1, 10, "1", "1") for place in "甲乙丙"),
    )
    assert [decimal(paid, 1) for _, paid in lorenz(facts, "household")] == ["0.0", "0.0", "0.1", "1.0"]
    moved = replace(facts, places=("丙", "乙", "甲"))
    assert lorenz(moved, "household") == lorenz(facts, "household")


def test_lorenz_is_empty_where_it_is_undefined() -> None:
    assert lorenz(NOTHING, "household") == ()
    assert lorenz(replace(FACTS, spend=FACTS.spend[1:]), "household") == ()
    assert lorenz(replace(FACTS, places=PLACES[1:]), "household") == ()
    owed = (spend(HT, "-1", "1"), *FACTS.spend[1:])
    assert lorenz(replace(FACTS, spend=owed), "household") == ()


def test_all_money_where_nobody_lives_is_wholly_uneven() -> None:
    facts = replace(
        FACTS,
        places=("甲", "乙"),
        spend=(spend("甲", "10", "1"), spend("乙", "0", "2")),
        renovation=(renovation("甲", 0, 0, 0, "0", "1"), renovation("乙", 1, 1, 10, "1", "2")),
    )
    assert lorenz(facts, "household") == ((D(0), D(0)), (D(1), D(0)), (D(1), D(1)))
    assert Measures(measures(facts)).one("gini_households").value == 1


# --- the edges: undefined is None, never 0 and never an exception -------------------------------------------------


def value(facts: Facts, name: str, place: str | None = None, basis: str | None = None) -> object:
    return Measures(measures(facts)).one(name, place, basis).value


def test_of_nothing_nothing_is_known() -> None:
    figures = measures(NOTHING)
    assert figures
    assert all(figure.value is None for figure in figures)
    assert all(figure.source == "绩效评价报告" for figure in figures)
    assert all("None" not in str(figure.formula or "") for figure in figures)
    assert Measures(figures).one("time_elapsed").scenario is None


def test_before_the_start_nothing_of_the_time_has_passed_to_compare_with() -> None:
    early = replace(FACTS, as_of=date(2023, 5, 31))
    assert all(value(early, name) is None for name in [*BASELINE_FIGURES, "finish_forecast"])
    first_day = replace(FACTS, as_of=date(2023, 6, 1))
    assert value(first_day, "time_elapsed") == quotient(D(1), D(945))
    assert value(first_day, "paid_per_month") is None
    assert value(first_day, "finish_forecast") is None


def test_after_the_end_the_time_is_used_up_and_nothing_is_left_to_spread() -> None:
    late = replace(FACTS, as_of=date(2026, 3, 31))
    assert value(late, "time_elapsed") == 1
    assert value(late, "planned_value") == 15000
    assert value(late, "paid_per_month") == quotient(D(8000), D(34))
    for name in ("needed_per_month", "pace_needed", "paid_by_finish", "short_at_finish"):
        assert value(late, name) is None
    # 34 × 15/8 = 63.75 months; the 64th is September 2028, 0.75 × 30 = 22.5, half up
    assert value(late, "finish_forecast") == date(2028, 9, 23)
    last_day = replace(FACTS, as_of=date(2025, 12, 31))
    assert value(last_day, "time_elapsed") == 1
    for name in ("needed_per_month", "paid_by_finish"):
        assert value(last_day, name) is None


def test_a_planned_time_that_ends_before_it_starts_has_no_pace() -> None:
    upside_down = Baseline("x", date(2025, 1, 1), date(2024, 1, 1), True, "?")
    assert value(replace(FACTS, baselines=(upside_down,)), "time_elapsed") is None


def test_nothing_paid_has_no_speed() -> None:
    unpaid = replace(FACTS, spend=tuple(replace(line, paid=D(0)) for line in FACTS.spend))
    assert value(unpaid, "paid_rate", basis="estimate") == 0
    assert value(unpaid, "paid_per_month") == 0
    for name in ("pace_needed", "finish_forecast", "gini_households"):
        assert value(unpaid, name) is None
    assert value(unpaid, "share_paid", HT) is None


def test_paid_in_full_or_beyond_needs_no_forecast() -> None:
    for amount in ("13691", "20000"):
        full = replace(FACTS, spend=(spend(HT, str(D(amount) - 4527), "1"), *FACTS.spend[1:]))
        assert value(full, "finish_forecast") is None
    full = replace(FACTS, spend=(spend(HT, "9164", "1"), *FACTS.spend[1:]))
    assert value(full, "remaining", basis="estimate") == 0
    assert value(full, "needed_per_month") == 0
    over = replace(FACTS, spend=(spend(HT, "9165", "1"), *FACTS.spend[1:]))
    assert value(over, "remaining", basis="estimate") == -1
    assert value(over, "needed_per_month") is None


def test_a_forecast_beyond_the_calendar_is_none() -> None:
    crumbs = replace(FACTS, spend=(spend(HT, "0.000001", "1"),))
    assert value(crumbs, "finish_forecast") is None


def test_a_month_without_a_next_one_has_no_days_to_count() -> None:
    last = date(9999, 12, 1)
    assert finish(last, last, Fraction(1, 2)) is None
    assert finish(date(9999, 11, 1), last, Fraction(1, 2)) == last


def test_months_that_start_on_the_31st_end_with_their_month() -> None:
    planned = (Baseline("x", date(2024, 1, 31), date(2024, 12, 31), True, "?"),)
    assert value(replace(FACTS, baselines=planned, as_of=date(2024, 2, 27)), "paid_per_month") is None
    assert value(replace(FACTS, baselines=planned, as_of=date(2024, 2, 28)), "paid_per_month") == 8000


def test_a_forecast_never_lies_before_the_day_it_is_made() -> None:
    # 20 July: 19 whole months became 13 of 13.6; 14,900 of 15,000 paid would be full on 13.09 months
    planned = (Baseline("x", date(2023, 6, 1), date(2025, 12, 31), True, "?"),)
    facts = replace(FACTS, baselines=planned, as_of=date(2024, 7, 20), spend=(spend(HT, "14900", "1"),))
    assert value(facts, "finish_forecast") == date(2024, 7, 20)


def test_without_a_budget_group_no_rate_of_the_estimate() -> None:
    facts = replace(FACTS, budget_groups=())
    for name, basis in (("estimate", None), ("paid_rate", "estimate"), ("remaining", "estimate")):
        assert value(facts, name, basis=basis) is None
    assert value(facts, "allocated_rate", HT, "household") is None
    assert value(facts, "paid_rate", basis="bond") == quotient(D(8000), D(12000))


def test_an_amount_of_one_place_needs_no_key() -> None:
    groups = (BudgetGroup("a", D(3000), (HT,), "a"), BudgetGroup("b", D(12000), (XG, SG, LG), "b"))
    figures = Measures(measures(replace(FACTS, budget_groups=groups)))
    own = figures.each("allocated_rate", "m2")[0]
    assert (own.value, own.scenario) == (quotient(D(2164), D(3000)), None)
    shared = figures.one("allocated_rate", XG, "household")
    assert shared.scenario == "allocated:household"
    assert shared.value == quotient(D(2627) * (8400 + 6542 + 6848), D(12000) * 8400)


def test_an_amount_of_two_places_is_shared_out_between_them() -> None:
    groups = (BudgetGroup("a", D(6000), (HT, XG), "a"), BudgetGroup("b", D(9000), (SG, LG), "b"))
    rate = Measures(measures(replace(FACTS, budget_groups=groups))).one("allocated_rate", HT, "household")
    assert (rate.value, rate.scenario) == (quotient(D(2164) * (4520 + 8400), D(6000) * 4520), "allocated:household")


def test_an_estimate_split_by_street_gives_each_its_own_rate() -> None:
    """The approved 15,000 as 3,000, 5,000, 4,000 and 3,000: 2,164/3,000, 2,627/5,000, 1,900/4,000, 1,309/3,000."""
    split = ((HT, D(3000)), (XG, D(5000)), (SG, D(4000)), (LG, D(3000)))
    facts = replace(FACTS, budget_groups=tuple(BudgetGroup(place, amount, (place,), place) for place, amount in split))
    assert (facts.divided, FACTS.divided) == (True, False)
    rates = Measures(measures(facts)).each("allocated_rate", "household")
    assert [rate.value for rate in rates] == [
        quotient(D(2164), D(3000)),
        D("0.5254"),
        D("0.475"),
        quotient(D(1309), D(3000)),
    ]
    assert {(rate.name, rate.scenario) for rate in rates} == {("执行率", None)}
    assert value(facts, "paid_rate", basis="estimate") == quotient(D(8000), D(15000))

    planned = Measures(measures(facts)).each("planned_household_cost", "m2")
    # 3,000 × 10,000 ÷ 4,520 households …, whatever the key
    assert [decimal(cost.number, 2) for cost in planned] == ["6,637.17", "5,952.38", "6,114.34", "4,380.84"]
    assert {(cost.scenario, cost.source.split("；")[0]) for cost in planned} == {(None, p) for p, _ in split}


def test_a_key_that_is_unknown_or_nothing_cannot_share_out() -> None:
    homeless = replace(FACTS, renovation=FACTS.renovation[:3])
    assert value(homeless, "allocated_rate", HT, "household") is None
    empty = tuple(replace(line, households=0) for line in FACTS.renovation)
    assert value(replace(FACTS, renovation=empty), "allocated_rate", HT, "household") is None
    assert value(replace(FACTS, renovation=empty), "survey_size", basis="5%") is None
    assert value(replace(FACTS, renovation=empty), "survey_quota", HT, "5%") is None


def test_funds_arrived_as_reported_need_no_claim() -> None:
    funding = tuple(replace(each, arrived=D(amount)) for each, amount in zip(FACTS.funding, (9000, 1000), strict=True))
    rate = Measures(measures(replace(FACTS, funding=funding))).one("paid_rate", basis="arrived")
    assert (rate.value, rate.scenario) == (D("0.8"), None)


def test_funds_arrived_by_claim() -> None:
    half = Claim("utilisation", D("0.5"), "50%", "报告")
    rate = Measures(measures(replace(FACTS, claims=(half,)))).one("paid_rate", basis="arrived")
    assert (rate.numerator, rate.denominator, rate.value) == (D(8000), D(16000), D("0.5"))
    some = (replace(FACTS.funding[0], paid=D(6000)), FACTS.funding[1])  # it speaks of the bond's money
    rate = Measures(measures(replace(FACTS, claims=(half,), funding=some))).one("paid_rate", basis="arrived")
    assert (rate.numerator, rate.denominator) == (D(6000), D(12000))
    third = replace(half, value=D("0.3"))
    rate = Measures(measures(replace(FACTS, claims=(third,), funding=()))).one("paid_rate", basis="arrived")
    assert (rate.numerator, rate.denominator, rate.value) == (None, None, D("0.3"))
    silent = Measures(measures(replace(FACTS, claims=()))).one("paid_rate", basis="arrived")
    assert (silent.value, silent.scenario) == (None, None)


def test_equal_remainders_go_to_more_households_then_by_name() -> None:
    rows = (renovation("乙", 1, 1, 50, "1", "1"), renovation("甲", 1, 1, 50, "1", "2"))
    for order in (rows, rows[::-1]):
        facts = replace(FACTS, places=("甲", "乙"), spend=(), renovation=order)
        size, first, second = (
            value(facts, "survey_size", basis="5%"),
            value(facts, "survey_quota", "乙", "5%"),
            value(facts, "survey_quota", "甲", "5%"),
        )
        # 384.16 / (1 + 383.16/100) = 79.51: 80, 40 each
        assert (size, first, second) == (80, 40, 40)


def test_what_is_left_goes_to_the_largest_remainders() -> None:
    # 3 x 50, 20 and 30 % are 1.5, 0.6 and 0.9; 2 x 1/4 and 3/4 are 0.5 and 1.5
    assert quotas(3, {"丙": 50, "乙": 20, "甲": 30}) == {"丙": 1, "乙": 1, "甲": 1}
    assert quotas(2, {"丙": 1, "乙": 3}) == {"丙": 0, "乙": 2}
    assert quotas(1, {"乙": 1, "甲": 1}) == {"乙": 1, "甲": 0}


# --- what holds for any project ----------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(any_facts())
def test_any_facts(facts: Facts) -> None:
    figures = Measures(measures(facts))
    for figure in figures.all:
        assert printed(figure)
        assert "None" not in str(figure.formula or "")
        if figure.numerator is not None:
            assert figure.value == quotient(figure.numerator, figure.denominator)
    for name in ("share_paid", "share_households", "share_area"):
        parts = [figure.value for figure in figures.each(name)]
        known = [part for part in parts if isinstance(part, Decimal)]
        assert not known or abs(sum(known, D(0)) - 1) < D("1e-11")
    for name in ("gini_households", "gini_area"):
        gini = figures.one(name).value
        assert gini is None or (isinstance(gini, Decimal) and 0 <= gini <= 1)
    paid, left, estimate = (
        figures.one(n, basis=b).value for n, b in (("paid", None), ("remaining", "estimate"), ("estimate", None))
    )
    if isinstance(paid, Decimal) and isinstance(left, Decimal):
        assert paid + left == estimate
    size = figures.one("survey_size", basis="5%").value
    quotas = [figure.value for figure in figures.each("survey_quota") if isinstance(figure.value, Decimal)]
    assert size is None or sum(quotas) == size
    elapsed = figures.one("time_elapsed").value
    assert elapsed is None or (isinstance(elapsed, Decimal) and 0 < elapsed <= 1)


@pytest.mark.parametrize("order", list(permutations(range(4)))[1::5])
def test_the_order_of_the_places_changes_no_value(order: tuple[int, ...]) -> None:
    facts = replace(
        FACTS,
        places=tuple(PLACES[n] for n in order),
        spend=tuple(FACTS.spend[n] for n in order),
        renovation=tuple(FACTS.renovation[n] for n in reversed(order)),
    )
    expected = {(figure.id, figure.place, figure.basis): figure.value for figure in measures(FACTS)}
    assert {(figure.id, figure.place, figure.basis): figure.value for figure in measures(facts)} == expected
    assert lorenz(facts, "m2") == lorenz(FACTS, "m2")


@given(AMOUNTS, AMOUNTS)
def test_a_quotient_is_off_by_at_most_half_of_its_last_place(n: Decimal, d: Decimal) -> None:
    result = quotient(n, d)
    if d == 0:
        assert result is None
    else:
        assert result is not None
        assert abs(Fraction(result) - Fraction(n) / Fraction(d)) <= Fraction(1, 2 * 10**12)


def test_quotient_rounds_half_up_on_the_magnitude() -> None:
    assert quotient(D(1), D(2 * 10**12)) == D("0.000000000001")
    assert quotient(D(-1), D(2 * 10**12)) == D("-0.000000000001")
    assert quotient(None, D(1)) is None
    assert quotient(D(1), None) is None
