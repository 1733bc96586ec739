"""The kinds of rules: the published scales worked by hand (FACTS 4), every edge, and what always holds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Message
from core.model.item_input import ItemInput
from core.model.scorecard import Indicator
from core.scoring import read_rule as reading
from core.scoring import rules
from core.scoring.read_rule import KINDS, read_rule
from core.scoring.rule_figures import Term, read_term, unit
from core.scoring.rules import ONE, Band, Interval, Linear, PerFault, Ratio, Rule, Ruling, award, satisfaction
from core.scoring.suggest import rule_of
from tests.core.scoring.shipped import EVERY_KIND, INDICATORS, rule

D = Decimal

EXECUTION = rule(
    "interval", "10", input="rate", unit="%", bands_min=[[100, 1], [80, D("0.7")], [60, D("0.5")], [None, 0]]
)
"""财预〔2021〕101号: 执行率(10)."""
OTHER_RATE = rule("ratio_floor", "10", numerator="done", denominator="planned", floor=D("0.6"))
SATISFACTION = rule(
    "survey",
    "10",
    input="satisfaction",
    unit="%",
    bands_min=[[90, 1], [80, D("0.8")], [60, D("0.5")], [None, 0]],
    survey_weights=[1, D("0.75"), D("0.5"), D("0.25"), 0],
)


def ruled(indicator: Indicator, entered: ItemInput | None = None, **figures: str) -> Ruling:
    known = {name: Fraction(value) for name, value in figures.items()}
    return rule_of(indicator).compute(indicator.weight, entered or ItemInput(), known)


@pytest.mark.parametrize(
    ("rate", "points"),
    [
        ("120", "10.00"),
        ("100", "10.00"),
        ("99.999999", "7.00"),
        ("80.01", "7.00"),
        ("80", "7.00"),
        ("79.99", "5.00"),
        ("60", "5.00"),
        ("59.999999", "0.00"),
        ("0", "0.00"),
    ],
)
def test_101_execution_rate(rate: str, points: str) -> None:
    assert str(ruled(EXECUTION, rate=rate).points) == points


def test_101_the_same_data_score_0_5_or_full_by_denominator() -> None:
    rates = [str(Fraction(800000, denominator)) for denominator in (15000, 12000, 8000)]
    assert [ruled(EXECUTION, rate=rate).points for rate in rates] == [D("0.00"), D("5.00"), D("10.00")]


@pytest.mark.parametrize(
    ("done", "points"),
    [
        ("0", "0.00"),
        ("59.99", "0.00"),
        ("60", "0.00"),  # linear from 60: nothing yet
        ("60.01", "0.00"),  # 10 x 0.01/40 = 0.0025
        ("60.02", "0.01"),  # 10 x 0.02/40 = 0.005, half up
        ("80", "5.00"),
        ("90", "7.50"),
        ("99.99", "10.00"),  # 9.9975
        ("100", "10.00"),
        ("130", "10.00"),
    ],
)
def test_101_other_rates_are_linear_from_60_to_100(done: str, points: str) -> None:
    assert str(ruled(OTHER_RATE, done=done, planned="100").points) == points


@pytest.mark.parametrize(
    ("value", "points"),
    [("100", "10.00"), ("90", "10.00"), ("89.99", "8.00"), ("80", "8.00"), ("79.99", "5.00"), ("60", "5.00"),
     ("59.99", "0.00"), ("0", "0.00")],
)  # fmt: skip
def test_101_satisfaction(value: str, points: str) -> None:
    assert str(ruled(SATISFACTION, satisfaction=value).points) == points


def test_a_survey_weighs_its_answers() -> None:
    # (50 + 30 x 0.75 + 10 x 0.5 + 6 x 0.25) / 100 = 79 %
    assert satisfaction((50, 30, 10, 6, 4), [Fraction(n, 4) for n in (4, 3, 2, 1, 0)]) == 79
    ruling = ruled(INDICATORS["D41"], ItemInput(answers=(50, 30, 10, 6, 4)))
    assert ruling.points == D("3.50")
    assert str(ruling.sentence) == ("问卷100份，加权满意度79.00%；居民满意度79.00%，所在档得50.00%：7.00×50.00%=3.50")
    # Answers go before a figure: they can be checked.
    assert ruled(INDICATORS["D41"], ItemInput(answers=(1, 0, 0, 0, 0)), satisfaction="10").points == D("7.00")
    assert ruled(INDICATORS["D41"], satisfaction="85").points == D("5.60")


@pytest.mark.parametrize("answers", [(), (0, 0, 0, 0, 0), (5, 5), (9, -1, 0, 0, 0)])
def test_a_survey_without_answers_waits(answers: tuple[int, ...]) -> None:
    ruling = ruled(INDICATORS["D41"], ItemInput(answers=answers))
    assert (ruling.points, ruling.missing) == (None, ("answers",))


@pytest.mark.parametrize(
    ("weight", "share", "points"),
    [
        ("2", Fraction(2, 3), "1.33"),
        ("1", Fraction(5, 1000), "0.01"),  # half up, not to the even digit
        ("1", Fraction(15, 1000), "0.02"),
        ("1", Fraction(4999999999999999999999999999999, 10**33), "0.00"),  # just below the half, at 31 digits
        ("4", Fraction(9, 8), "4.00"),
        ("4", Fraction(-1), "0.00"),
    ],
)
def test_points_are_rounded_half_up_once(weight: str, share: Fraction, points: str) -> None:
    assert str(award(D(weight), share)) == points


def test_a_checklist_is_the_share_of_points_met() -> None:
    ruling = ruled(INDICATORS["A22"], ItemInput(ticks=(True, True, False)))
    assert (ruling.points, str(ruling.sentence)) == (D("1.33"), "3个要点符合2个：2.00×2÷3=1.33")
    for ticks in ((), (True, True), (True, True, None), (True,) * 4):
        waiting = ruled(INDICATORS["A22"], ItemInput(ticks=ticks))
        assert (waiting.missing, str(waiting.sentence)) == (("ticks",), "缺少数据，待补佐证")


@pytest.mark.parametrize(
    ("code", "figures", "points", "sentence"),
    [
        ("C12", {"stage_done": "27", "stage_target": "30"}, "4.50",
         "27÷30=90.00%：6.00×(90.00%-60.00%)÷40.00%=4.50"),
        ("C12", {"stage_done": "17", "stage_target": "30"}, "0.00", "17÷30=56.67%，低于60.00%，得0.00"),
        ("C12", {"stage_done": "33", "stage_target": "30"}, "6.00",
         "33÷30=110.00%，按100.00%计：6.00×(100.00%-60.00%)÷40.00%=6.00"),
        ("C11", {"communities_started": "20", "communities_planned": "28"}, "3.57", "5.00×20÷28=3.57"),
        ("B12", {"paid": "9000", "funds_arrived": "8000"}, "4.00",
         "9,000.00÷8,000.00=112.50%，按100.00%计：4.00×100.00%=4.00"),
        ("B14", {"paid_rate": "53.33", "physical_progress": "43.33"}, "2.00",
         "支付率与形象进度之差10.00个百分点，所在档得100.00%：2.00×100.00%=2.00"),
        ("B14", {"paid_rate": "40", "physical_progress": "50.01"}, "1.20",
         "支付率与形象进度之差10.01个百分点，所在档得60.00%：2.00×60.00%=1.20"),
        ("B14", {"paid_rate": "40", "physical_progress": "60.01"}, "0.00",
         "支付率与形象进度之差20.01个百分点，所在档得0.00%：2.00×0.00%=0.00"),
        ("D32", {"coverage": "1.2"}, "2.00", "本息覆盖倍数1.2倍，所在档得100.00%：2.00×100.00%=2.00"),
        ("D32", {"coverage": "1"}, "1.20", "本息覆盖倍数1倍，所在档得60.00%：2.00×60.00%=1.20"),
        ("C31", {"months_late": "3"}, "0.80", "迟开工月数3个月，每1个月扣20.00%：2.00×(1-60.00%)=0.80"),
        ("C31", {"months_late": "-2"}, "2.00", "迟开工月数-2个月，每1个月扣20.00%：2.00×(1-0.00%)=2.00"),
        ("C31", {"months_late": "6"}, "0.00", "迟开工月数6个月，每1个月扣20.00%：2.00×(1-100.00%)=0.00"),
        ("C41", {"overrun_pct": "2.5"}, "2.25", "超概算幅度2.50%，每1%扣10.00%：3.00×(1-25.00%)=2.25"),
    ],
)  # fmt: skip
def test_rules_of_the_shipped_sheet(code: str, figures: Mapping[str, str], points: str, sentence: str) -> None:
    ruling = ruled(INDICATORS[code], **figures)
    assert (str(ruling.points), str(ruling.sentence)) == (points, sentence)


def test_nothing_to_inspect_has_no_rate_and_may_be_not_applicable() -> None:
    ruling = ruled(INDICATORS["C21"], passed="0", inspected="0")
    assert (ruling.points, ruling.missing) == (None, ())
    assert str(ruling.sentence) == "已验收数为0，比率没有意义；确无应计内容的，可定为不适用"


@pytest.mark.parametrize(
    ("code", "faults", "points", "sentence"),
    [
        ("B32", 0, "3.00", "0类×0.50=0.00：3.00-0.00=3.00"),
        ("B32", 1, "2.50", "1类×0.50=0.50：3.00-0.50=2.50"),
        ("B32", 9, "0.00", "9类×0.50=4.50，最多扣3.00：3.00-3.00=0.00"),
        ("D42", 2, "1.00", "2类×0.50=1.00：2.00-1.00=1.00"),
        ("D42", 3, "1.00", "3类×0.50=1.50，最多扣1.00：2.00-1.00=1.00"),
    ],
)
def test_a_fixed_deduction_per_fault(code: str, faults: int, points: str, sentence: str) -> None:
    ruling = ruled(INDICATORS[code], ItemInput(faults=faults))
    assert (str(ruling.points), str(ruling.sentence)) == (points, sentence)


def test_points_that_stay_whatever_is_found() -> None:
    kept = rule("deduct_per_fault", "3", per_fault=D("0.5"), floor=1)
    assert ruled(kept, ItemInput(faults=9)).points == D("1.00")
    assert ruled(kept).missing == ("faults",)


def test_a_judgement_is_a_range_and_never_points() -> None:
    free, high, low = (ruled(INDICATORS["D11"], ItemInput(level=level)) for level in (None, "高", "低"))
    assert (free.points, free.low, free.high, str(free.sentence)) == (None, D(0), D(5), "由评价人分档评判")
    assert (high.points, high.low, high.high) == (None, D("4.00"), D("5.00"))
    assert str(low.sentence) == "“低”档：在0.00至3.00分之间评判"


def test_a_cap_below_full_marks_and_a_preferred_numerator() -> None:
    capped = rule("ratio", "10", numerator="a", denominator="b", cap=D("0.9"), preferred_numerator="c")
    assert ruled(capped, a="95", b="100").points == D("9.00")
    assert ruled(capped, a="95", b="100", c="50").points == D("5.00")
    assert ruled(capped, b="100").missing == ("a",)


BROKEN: list[tuple[str, dict[str, object], str]] = [
    ("magic", {}, "没有“magic”这种计分规则。"),
    ("checklist", {}, "计分规则“要点勾选”缺少要点个数（points）。"),
    ("checklist", {"points": 0}, "计分规则“要点勾选”有误：要点个数（points）。"),
    ("checklist", {"points": D("2.5")}, "计分规则“要点勾选”有误：要点个数（points）。"),
    ("checklist", {"points": 2, "veto": "挪用", "veto_share": 2},
     "计分规则“要点勾选”有误：一票否决后的得分比例（veto_share）。"),
    ("interval", {"input": "a", "bands": [[1, None], [None, 0]]}, "计分规则“分段”有误：分档（bands）。"),
    ("interval", {"input": "a", "bands": [["x", 1], [None, 0]]}, "计分规则“分段”有误：x。"),
    ("ratio", {"numerator": "a"}, "计分规则“比率”缺少分母（denominator）。"),
    ("ratio", {"numerator": "a", "denominator": "b c"}, "计分规则“比率”有误：b c。"),
    ("ratio", {"numerator": "a", "denominator": "b", "floor": 1}, "计分规则“比率”有误：下限（floor）。"),
    ("ratio", {"numerator": "a", "denominator": "b", "floor": 2}, "计分规则“比率”有误：下限（floor）。"),
    ("ratio", {"numerator": "a", "denominator": "b", "cap": 2}, "计分规则“比率”有误：上限（cap）。"),
    ("ratio_floor", {"numerator": "a", "denominator": "b"}, "计分规则“有下限的比率”缺少下限（floor）。"),
    ("interval", {"input": "a", "bands": []}, "计分规则“分段”有误：分档（bands）。"),
    ("interval", {"input": "a", "bands": [[1, 1]]}, "计分规则“分段”有误：分档（bands）。"),
    ("interval", {"input": "a", "bands": [[None, 1], [None, 0]]}, "计分规则“分段”有误：分档（bands）。"),
    ("interval", {"input": "a", "bands": [[2, 1], [1, 1], [None, 0]]}, "计分规则“分段”有误：分档（bands）。"),
    ("interval", {"input": "a", "bands": [[2, 0], [None, 1]]}, "计分规则“分段”有误：分档（bands）。"),
    ("interval", {"input": "a", "bands_min": [[1, 1], [2, 0], [None, 0]]}, "计分规则“分段”有误：分档（bands_min）。"),
    ("interval", {"input": "a", "bands": [["1e999999", 1], [None, 0]]}, "计分规则“分段”有误：1e999999。"),
    ("survey", {"input": "a", "bands": [[None, 0]], "survey_weights": []},
     "计分规则“问卷”有误：问卷各档折算比例（survey_weights）。"),
    ("linear_deduction", {"input": "a", "per_unit": 0}, "计分规则“按单位扣分”有误：每一单位扣的比例（per_unit）。"),
    ("linear_deduction", {"input": "a", "per_unit": 1, "floor": 2}, "计分规则“按单位扣分”有误：下限（floor）。"),
    ("deduct_per_fault", {"per_fault": 1, "floor": -1}, "计分规则“按类扣分”有误：下限（floor）。"),
    ("deduct_per_fault", {"per_fault": 0}, "计分规则“按类扣分”有误：每类问题扣分（per_fault）。"),
    ("deduct_per_fault", {"per_fault": D("0.333")}, "计分规则“按类扣分”有误：每类问题扣分（per_fault）。"),
    ("deduct_per_fault", {"per_fault": 1, "max_deduction": -1},
     "计分规则“按类扣分”有误：最多扣分（max_deduction）。"),
    ("judgement", {"bands": []}, "计分规则“分档评判”有误：分档（bands）。"),
    ("judgement", {"bands": [["低", D("0.5"), 0], ["高", 1, D("0.5")]]}, "计分规则“分档评判”有误：分档（bands）。"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "params", "sentence"), BROKEN)
def test_a_broken_rule_is_a_sentence(kind: str, params: dict[str, object], sentence: str) -> None:
    assert str(read_rule(kind, params)) == sentence


@pytest.mark.parametrize(
    ("kind", "params", "rule"),
    [
        ("ratio", {"numerator": "a", "denominator": "b"}, Ratio("a", "b", Fraction(0), Fraction(1), "")),
        ("interval", {"input": "a", "bands": [[None, 1]]}, Interval(Term(("a",)), "", (Band(None, ONE),), False)),
        ("linear_deduction", {"input": "a", "per_unit": D("0.1")}, Linear(Term(("a",)), "", Fraction(1, 10), 0 * ONE)),
        ("deduct_per_fault", {"per_fault": 1}, PerFault(D(1), None, D(0))),
    ],
)
def test_what_a_rule_leaves_out(kind: str, params: dict[str, object], rule: Rule) -> None:
    """From nothing to full marks, in a bare number, with no limit but the points themselves."""
    assert read_rule(kind, params) == rule


@pytest.mark.parametrize("value", [None, "x", [], {}, True, [[1]], "nan"])
@pytest.mark.parametrize("kind", KINDS)
def test_any_parameter_reads_as_a_sentence_and_never_raises(kind: str, value: object) -> None:
    names = re.findall(r'params(?:\.get\(|\[)"(\w+)"', inspect.getsource(reading))
    assert "per_fault" in names
    assert isinstance(read_rule(kind, dict.fromkeys(names, value)), Message)


def test_every_rule_reads_and_every_kind_has_an_item() -> None:
    assert [code for code, each in EVERY_KIND.items() if isinstance(read_rule(each.kind, each.params), Message)] == []
    said = "a kind that no shipped item has gets one in NOT_SHIPPED, tests/core/scoring/shipped.py"
    assert {each.kind for each in EVERY_KIND.values()} == set(KINDS), said


def test_every_class_of_rules_is_a_rule_that_a_scheme_can_name() -> None:
    written = {each for each in vars(rules).values() if inspect.isclass(each) and hasattr(each, "compute")}
    written = {each for each in written if not each.__name__.startswith("_")}  # the bases that they share
    assert written == set(get_args(Rule)), "core/scoring/rules.py: Rule, at its end, has every class"
    read = {get_type_hints(kind.read)["return"] for kind in KINDS.values()}
    assert read == written, "core/scoring/read_rule.py: KINDS has a name for each of them"


def test_bands_follow_the_side_that_their_edges_stand_on() -> None:
    assert [rule_of(INDICATORS[code]).direction for code in ("B14", "D32", "D41", "C31")] == [
        "down",
        "up",
        "up",
        "down",
    ]


def test_a_term_is_a_name_or_a_gap() -> None:
    assert read_term("abs(a - b)").names == ("a", "b")
    assert read_term("a").label == "a"
    assert (unit("laid"), unit("paid")) == ("", "万元")
    with pytest.raises(ValueError, match=r"a\+b"):
        read_term("a+b")


figure = st.decimals(-50, 200, places=2)
weights = st.decimals(D("0.5"), 40, places=1)


def figured(names: tuple[str, ...], value: Decimal) -> dict[str, str]:
    """The rule's input at that value; what it is divided by at 100, what it is held against at 0."""
    if not names:
        return {}
    first, *others = names
    return {first: str(value)} | {other: "100" for other in others}


@given(st.sampled_from(sorted(EVERY_KIND)), weights, figure, figure)
def test_points_stay_within_and_follow_the_declared_direction(
    code: str, weight: Decimal, one: Decimal, two: Decimal
) -> None:
    base = EVERY_KIND[code]
    found = rule_of(base)
    lower, upper = sorted((one, two))

    def at(value: Decimal) -> tuple[Decimal, Decimal]:
        step = max(0, int(value))
        count = int(base.params.get("points", 0))
        entered = ItemInput(
            ticks=tuple(n < step % (count + 1) for n in range(count)),
            faults=step,
            level="低中高"[min(2, step // 50)],
        )
        known = {name: Fraction(each) for name, each in figured(found.names[:2], value).items()}
        if len(found.names) == 2 and found.several == "":
            known[found.names[1]] = Fraction(-50)  # a gap grows with its first figure from there
        ruling = found.compute(weight, entered, known)
        assert ruling.missing == ()
        low = ruling.low if ruling.points is None else ruling.points
        high = ruling.high if ruling.points is None else ruling.points
        assert low is not None
        assert high is not None
        assert 0 <= low <= high <= weight
        return low, high

    if base.kind == "checklist":
        count = int(base.params["points"])
        lower, upper = sorted((lower % (count + 1), upper % (count + 1)))
        lower, upper = max(D(0), lower), max(D(0), upper)
    assert found.direction in ("up", "down")
    better, worse = (at(upper), at(lower)) if found.direction == "up" else (at(lower), at(upper))
    assert better[0] >= worse[0]
    assert better[1] >= worse[1]
