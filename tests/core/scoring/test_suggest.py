"""The suggestion of each item: from the shipped project alone (FACTS 5), and from what is entered or imported later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.item_input import ItemInput
from core.model.measure import Measure, Measures
from core.progress import measures
from core.scoring import Suggestion, suggest
from tests.core.any_facts import any_facts
from tests.core.lingang import FACTS
from tests.core.scoring.shipped import INDICATORS, MEASURES, NOTHING, rule

D = Decimal
MISSING = {
    "B14": ("形象进度",),
    "B32": ("问题类别数",),
    "B33": ("问题类别数",),
    "C11": ("已开工小区数",),
    "C12": ("阶段完成量", "阶段目标量"),
    "C13": ("已完工户数",),
    "C21": ("合格数", "已验收数"),
    "C22": ("已实施项",),
    "C31": ("迟开工月数",),
    "C41": ("超概算幅度",),
    "D32": ("本息覆盖倍数",),
    "D41": ("问卷各档人数或满意度",),
    "D42": ("问题类别数",),
}
JUDGED = {"C42": "2", "D11": "5", "D12": "3", "D21": "3"}


def made(name: str, value: str, unit: str = "个") -> Measure:
    return Measure(name, name, D(value), unit, None, "报表", date(2025, 6, 30))


def alone(code: str, **figures: str) -> Suggestion:
    entered = ItemInput(figures={name: D(value) for name, value in figures.items()})
    return suggest(INDICATORS[code], MEASURES, entered)


def sided(suggestion: Suggestion) -> list[tuple[str, str, str | None]]:
    return [(each.basis, str(each.points), each.scenario) for each in suggestion.alternatives]


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_what_the_report_alone_allows(code: str) -> None:
    found = suggest(INDICATORS[code], MEASURES)
    if code == "C32":
        assert (found.state, found.points, str(found.sentence)) == ("points", D("5.21"), "6.00×53.33%÷61.38%=5.21")
        assert [measure.id for measure in found.measures] == ["paid_rate", "time_elapsed"]
    elif code in {"B11", "B12"}:
        assert (found.state, found.points) == ("alternatives", None)
    elif code in JUDGED:
        assert (found.state, found.low, found.high, found.missing) == ("judgement", D(0), D(JUDGED[code]), ())
    else:
        assert (found.state, found.points, found.measures) == ("waiting", None, ())
        assert found.missing == MISSING.get(code, ("要点勾选",))


def test_funds_arrived_by_each_denominator() -> None:
    # 3 x 8000/15000, /12000, /8000; that 8,000 had arrived is implied, not reported
    found = suggest(INDICATORS["B11"], MEASURES)
    assert sided(found) == [
        ("estimate", "1.60", "arrived_claimed"),
        ("bond", "2.00", "arrived_claimed"),
        ("arrived", "3.00", "arrived_claimed"),
    ]
    assert str(found.sentence) == "按3种口径各有得分，请先选定口径"
    assert str(found.alternatives[0].sentence) == "3.00×8,000.00÷15,000.00=1.60"
    assert found.missing == ("到位资金", "应到位资金")


def test_execution_by_each_denominator() -> None:
    # 4 x 8000/15000 = 2.1333, 4 x 8000/12000 = 2.6667, 4 x 8000/8000
    found = suggest(INDICATORS["B12"], MEASURES)
    assert sided(found) == [("estimate", "2.13", None), ("bond", "2.67", None), ("arrived", "4.00", "arrived_claimed")]
    assert found.missing == ("到位资金",)
    assert {measure.id for measure in found.measures} == {"paid", "estimate", "funding_planned", "paid_rate"}


def test_funds_that_are_reported_settle_the_rate_of_execution() -> None:
    bond, budget = FACTS.funding
    reported = replace(FACTS, funding=(replace(bond, arrived=D(9000)), replace(budget, arrived=D(1000))))
    later = Measures(measures(reported))
    found = suggest(INDICATORS["B12"], later)
    assert (found.points, sided(found)[2]) == (D("3.20"), ("arrived", "3.20", None))
    assert found.missing == ()
    # What was due is still not said: 3 x 10000/15000, /12000, /10000
    due = suggest(INDICATORS["B11"], later)
    assert (due.points, [each.points for each in due.alternatives]) == (None, [D("2.00"), D("2.50"), D("3.00")])
    assert due.missing == ("应到位资金",)


def test_entered_funds_go_before_the_claim() -> None:
    found = alone("B12", funds_arrived="10000")
    assert (found.points, sided(found)[2]) == (D("3.20"), ("arrived", "3.20", None))
    due = alone("B11", funds_arrived="9000", funds_due="12000")
    assert (due.points, due.alternatives, due.measures) == (D("2.25"), (), ())
    assert sided(alone("B11", funds_arrived="9000")) == [
        ("estimate", "1.80", None), ("bond", "2.25", None), ("arrived", "3.00", None)
    ]  # fmt: skip


def test_an_implied_amount_without_an_end_is_divided_again() -> None:
    claims = tuple(replace(c, value=D("0.97")) if c.id == "utilisation" else c for c in FACTS.claims)
    found = suggest(INDICATORS["B11"], Measures(measures(replace(FACTS, claims=claims))))
    # 8000 / 0.97 = 8247.42; 3 x that / 15000 = 1.6495
    assert [str(each.points) for each in found.alternatives] == ["1.65", "2.06", "3.00"]
    without_bond = replace(FACTS, claims=claims, funding=())
    assert sided(suggest(INDICATORS["B11"], Measures(measures(without_bond))))[0][1] == "1.65"


def test_without_any_measure_everything_waits_or_is_judged() -> None:
    states = {code: suggest(each, NOTHING).state for code, each in INDICATORS.items()}
    assert {code for code, state in states.items() if state != "waiting"} == set(JUDGED)
    assert suggest(INDICATORS["B11"], NOTHING).missing == ("到位资金", "应到位资金")
    nothing_paid = Measures([made("estimate", "15000", "万元")])
    assert suggest(INDICATORS["B12"], nothing_paid).missing == ("支出", "到位资金")
    unknown = Measures([replace(made("paid_rate", "1", "ratio"), basis="arrived", value=None)])
    assert suggest(INDICATORS["B11"], unknown).state == "waiting"
    zero = Measures([replace(made("paid_rate", "0", "ratio"), basis="arrived"), made("paid", "0")])
    assert suggest(INDICATORS["B11"], zero).state == "waiting"
    # What the bond paid is what its rate of use is of: 3 x (4000 / 0.97) / 15000
    rate = replace(made("paid_rate", "0.97", "ratio"), basis="arrived")
    bond = replace(made("funding_paid", "4000", "万元"), basis="bond")
    partly = Measures([rate, bond, made("paid", "8000", "万元"), made("estimate", "15000", "万元")])
    assert suggest(INDICATORS["B11"], partly).alternatives[0].points == D("0.82")
    of_what = Measures([replace(made("paid_rate", "0.97", "ratio"), basis="arrived")])
    assert suggest(INDICATORS["B11"], of_what).state == "waiting"


@pytest.mark.parametrize(
    ("code", "entered", "points"),
    [
        ("A11", ItemInput(ticks=(True, True, True, True, False)), "1.60"),
        ("A12", ItemInput(ticks=(True,) * 4), "2.00"),
        ("A13", ItemInput(ticks=(True, False, False)), "0.67"),
        ("A21", ItemInput(ticks=(True, True, False, False)), "1.00"),
        ("A22", ItemInput(ticks=(True, True, False)), "1.33"),
        ("A31", ItemInput(ticks=(True, True, True, False)), "2.25"),
        ("A32", ItemInput(ticks=(True, False)), "1.00"),
        ("B13", ItemInput(ticks=(True, True, True, False)), "3.00"),
        ("B14", ItemInput(figures={"physical_progress": D(40)}), "1.20"),  # 53.33 - 40 = 13.33
        ("B21", ItemInput(ticks=(False,) * 3), "0.00"),
        ("B22", ItemInput(ticks=(True, True)), "2.00"),
        ("B31", ItemInput(ticks=(False, True)), "1.00"),
        ("B32", ItemInput(faults=1), "2.50"),
        ("B33", ItemInput(faults=0), "2.00"),
        ("C11", ItemInput(figures={"communities_started": D(21)}), "3.75"),  # of 28
        ("C12", ItemInput(figures={"stage_done": D(90), "stage_target": D(100)}), "4.50"),
        ("C13", ItemInput(figures={"households_done": D(13155)}), "1.50"),  # of 26,310
        ("C21", ItemInput(figures={"passed": D(49), "inspected": D(50)}), "4.90"),
        ("C22", ItemInput(figures={"items_done": D(10)}), "2.73"),  # of 11
        ("C31", ItemInput(figures={"months_late": D(1)}), "1.60"),
        ("C32", ItemInput(figures={"physical_progress": D(50)}), "4.89"),  # 6 x 50/61.3757
        ("C41", ItemInput(figures={"overrun_pct": D(0)}), "3.00"),
        ("D31", ItemInput(ticks=(True, True, False)), "2.00"),
        ("D32", ItemInput(figures={"coverage": D("1.1")}), "1.20"),
        ("D41", ItemInput(answers=(0, 100, 0, 0, 0)), "3.50"),  # 75 %
        ("D42", ItemInput(faults=3), "1.00"),
    ],
)
def test_what_is_entered_is_computed(code: str, entered: ItemInput, points: str) -> None:
    found = suggest(INDICATORS[code], MEASURES, entered)
    assert (found.state, str(found.points), found.missing) == ("points", points, ())


def test_a_level_narrows_the_range() -> None:
    for code, full in JUDGED.items():
        found = suggest(INDICATORS[code], MEASURES, ItemInput(level="中"))
        assert (found.points, found.low, found.high) == (None, D(full) * D("0.6"), D(full) * D("0.8"))


def test_a_later_import_switches_a_rule_on() -> None:
    later = Measures([*MEASURES.all, made("communities_started", "28"), made("physical_progress", "0.5", "ratio")])
    started = suggest(INDICATORS["C11"], later)
    assert (started.points, [measure.id for measure in started.measures]) == (
        D("5.00"),
        ["communities_started", "communities"],
    )
    progress = suggest(INDICATORS["C32"], later)
    assert str(progress.sentence) == "6.00×50.00%÷61.38%=4.89"
    assert [measure.id for measure in progress.measures] == ["physical_progress", "time_elapsed"]
    assert suggest(INDICATORS["B14"], later).points == D("2.00")  # 3.33 apart


def test_a_figure_with_several_bases_or_a_date_is_not_guessed() -> None:
    for name in ("remaining", "finish_forecast"):
        assert suggest(rule("linear_deduction", "2", input=name, per_unit=1), MEASURES).missing == (name,)


def test_a_veto_takes_the_item_and_the_grade() -> None:
    found = suggest(INDICATORS["B13"], MEASURES, ItemInput(ticks=(True,) * 4, veto=True))
    assert (found.points, str(found.sentence)) == (
        D("0.00"),
        "一票否决（截留挤占挪用虚列）：本项0.00分，总评定为最低等级",
    )
    assert found.veto is not None
    assert found.veto.grade is None
    params = {"points": 2, "veto": "挪用", "veto_share": D("0.5"), "veto_grade": "差"}
    other = suggest(rule("checklist", "4", **params), MEASURES, ItemInput(veto=True))
    assert (other.points, str(other.sentence)) == (D("2.00"), "一票否决（挪用）：本项2.00分，总评定为“差”")
    assert suggest(INDICATORS["A11"], MEASURES, ItemInput(veto=True)).veto is None
    assert suggest(rule("magic", "4", veto="挪用"), MEASURES, ItemInput(veto=True)).state == "judgement"


def test_a_rate_of_execution_stands_by_each_denominator_on_the_101_scale() -> None:
    scale = rule(
        "interval", "10", input="execution_rate", unit="%",
        bands_min=[[100, 1], [80, D("0.7")], [60, D("0.5")], [None, 0]],
    )  # fmt: skip
    assert sided(suggest(scale, MEASURES)) == [
        ("estimate", "0.00", None),
        ("bond", "5.00", None),
        ("arrived", "10.00", "arrived_claimed"),
    ]
    entered = suggest(scale, MEASURES, ItemInput(figures={"execution_rate": D(85)}))
    assert (entered.points, entered.alternatives) == (D("7.00"), ())


def test_nothing_inspected_is_undefined_and_not_waiting() -> None:
    assert alone("C21", passed="0", inspected="0").state == "undefined"


def test_an_item_without_a_rule_is_the_evaluators() -> None:
    found = suggest(rule("", "5"), MEASURES)
    assert (found.state, found.high, str(found.sentence)) == ("judgement", D(5), "没有计分规则，由评价人评判")


def test_a_foreign_schemes_names_are_said_in_its_own_words() -> None:
    foreign = rule("ratio", "5", "铺设米数、计划米数", numerator="laid", denominator="to_lay")
    assert suggest(foreign, MEASURES).missing == ("铺设米数", "计划米数")
    assert suggest(replace(foreign, inputs=""), MEASURES).missing == ("laid", "to_lay")
    assert suggest(replace(foreign, params={**foreign.params, "given": {"to_lay": D(4)}}), MEASURES).missing == (
        "铺设米数",
    )


@given(any_facts(), st.sampled_from(sorted(INDICATORS)))
def test_any_project_has_suggestions_within_full_marks(facts: object, code: str) -> None:
    indicator = INDICATORS[code]
    found = suggest(indicator, Measures(measures(facts)))  # type: ignore[arg-type]
    for points in (found.points, found.low, found.high, *(each.points for each in found.alternatives)):
        assert points is None or 0 <= points <= indicator.weight
