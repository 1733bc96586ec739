"""Totals, grades and margins, worked by hand from FACTS 3 (28, 29), 4 and 5."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.scorecard import Status
from core.scoring import tally
from core.scoring.read_rule import Veto
from core.scoring.sensitivity import sensitivity
from core.scoring.tally import grade_at, items_of
from core.scoring.whatif import flip_down, flip_up, margin_sentence
from tests.core.scoring.sheets import MOF, PROVINCE, SCHEME, event, item

D = Decimal


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.995", "优"),
        ("89.99", "良"),
        ("89.994", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades_are_half_open_and_decided_on_two_decimals(total: str, grade: str) -> None:
    assert MOF.grades[grade_at(D(total), MOF)].name == grade


def test_other_grade_schemes_are_data() -> None:
    assert PROVINCE.grades[grade_at(D("95.00"), PROVINCE)].name == "良好"
    assert PROVINCE.grades[grade_at(D("95.01"), PROVINCE)].name == "优秀"


def test_a_complete_sheet_has_total_grade_and_margins() -> None:
    sums = tally([item("A", "60", "58.00"), item("B", "40", "35.00")], MOF)
    assert (sums.total, sums.grade, sums.margin_up, sums.margin_down) == (D("93.00"), "优", None, D("3.00"))
    assert (sums.low, sums.high) == (D("93.00"), D("93.00"))
    assert sums.complete
    assert sums.normalised is None


def test_groups_of_level_2_are_added_up_each_under_its_level_1() -> None:
    """产出·二级: 6 of 10 and 3 of 5; 效益·二级, of the same name: 4 of 8, and 2 that nobody has scored."""
    sums = tally(
        [item("A", "10", "6"), item("B", "5", "3"), item("C", "8", "4", "效益"), item("D", "2", None, "效益")], MOF
    )
    first, second = sums.second["产出", "二级"], sums.second["效益", "二级"]
    assert list(sums.second) == [("产出", "二级"), ("效益", "二级")]
    assert (first.weight, first.points, first.deduction, first.whole_rate) == (D(15), D(9), D(6), D("0.6"))
    assert (second.weight, second.points, second.deduction, second.rate) == (D(10), D(4), D(4), D("0.5"))
    assert second.whole_rate is None


def test_the_lowest_grade_has_no_margin_down_and_the_next_one_is_named() -> None:
    sums = tally([item("A", "60", "30"), item("B", "40", "20")], MOF)
    assert (sums.grade, sums.margin_up, sums.margin_down) == ("差", D(10), None)


def test_unscored_is_not_zero() -> None:
    sums = tally(
        [item("A", "60", "50"), item("B", "30", None), item("C", "10", None, status=Status.EVIDENCE_MISSING)], MOF
    )
    assert (sums.grade, sums.margin_up, sums.margin_down) == (None, None, None)
    assert (sums.scored, sums.items, sums.total, sums.scored_weight) == (1, 3, D(50), D(60))
    assert (sums.low, sums.high) == (D(50), D(90))


def test_not_applicable_leaves_the_sum_and_the_grade_follows_the_normalised_score() -> None:
    # 72 of the 80 points that apply: 72 / 80 x 100 = 90.00, which is 优 where the plain 72 would be 中
    sums = tally(
        [item("A", "60", "55"), item("B", "20", "17"), item("C", "20", None, status=Status.NOT_APPLICABLE)], MOF
    )
    assert (sums.total, sums.normalised, sums.decisive, sums.grade) == (D(72), D("90.00"), D("90.00"), "优")
    assert sums.margin_down == D("0.00")
    assert sums.items == 2


def test_not_applicable_with_an_unscored_item_gives_a_normalised_range() -> None:
    # 55 of 60 scored, 20 open, 20 not applicable: 55/80 = 68.75 up to 75/80 = 93.75
    sums = tally(
        [item("A", "60", "55"), item("B", "20", None), item("C", "20", None, status=Status.NOT_APPLICABLE)], MOF
    )
    assert (sums.low, sums.high, sums.normalised, sums.grade) == (D("68.75"), D("93.75"), None, None)


def test_a_sheet_without_an_applicable_item_has_no_grade() -> None:
    nothing = tally([item("A", "60", None, status=Status.NOT_APPLICABLE)], MOF)
    assert (nothing.grade, nothing.complete, nothing.low) == (None, False, D("0.00"))
    assert tally([], MOF).grade is None


def test_subtotals_have_rates_of_what_is_scored() -> None:
    sums = tally([item("A", "15", "14", "决策"), item("B", "25", "21", "效益"), item("C", "10", None, "过程")], MOF)
    assert (sums.subtotals["效益"].points, sums.subtotals["效益"].weight, sums.subtotals["效益"].rate) == (
        D(21),
        D(25),
        D("0.84"),
    )
    # No wrong number, B9: a group that nobody has scored is "—", not 0.00.
    assert (sums.subtotals["过程"].points, sums.subtotals["过程"].rate) == (None, None)


def test_confirmed_items_are_counted_apart_from_examples() -> None:
    sums = tally([item("A", "60", "60"), item("B", "40", "40", status=Status.EXAMPLE)], MOF)
    assert (sums.confirmed, sums.scored) == (1, 2)


weights = st.lists(st.integers(1, 20), min_size=1, max_size=8)


@given(weights, st.data())
def test_the_total_lies_within_its_bounds_and_grows_with_any_point(sizes: list[int], data: st.DataObject) -> None:
    points = [data.draw(st.decimals(0, size, places=2)) for size in sizes]
    items = [item(str(i), str(size), str(p)) for i, (size, p) in enumerate(zip(sizes, points, strict=True))]
    sums = tally(items, MOF)
    assert 0 <= sums.total <= sum(sizes)
    more = [item("0", str(sizes[0]), str(sizes[0])), *items[1:]]
    assert tally(more, MOF).total >= sums.total


@given(weights)
def test_open_items_only_widen_the_range(sizes: list[int]) -> None:
    full = tally([item(str(i), str(size), str(size)) for i, size in enumerate(sizes)], MOF)
    partly = tally([item(str(i), str(size), None if i else str(size)) for i, size in enumerate(sizes)], MOF)
    assert partly.low <= full.total <= partly.high


def test_the_order_of_items_is_irrelevant() -> None:
    items = [item("A", "6", "4.5"), item("B", "4", None), item("C", "2", "1", "效益")]
    results = {(s.total, s.low, s.high, s.scored) for s in (tally(list(order), MOF) for order in permutations(items))}
    assert len(results) == 1


ACCIDENT = Veto("发生重大安全事故", Decimal(0), None)


def test_a_veto_puts_the_grade_down_whatever_the_total() -> None:
    """FACTS 4: one-vote veto: item 0 and grade 差. 95.00 would be 优; no points more or fewer change the grade."""
    items = [item("A", "95", "95.00"), replace(item("B", "5", "0.00"), veto=ACCIDENT)]
    sums = tally(items, MOF)
    assert (sums.total, sums.grade, sums.veto) == (Decimal("95.00"), "差", ACCIDENT)
    assert (sums.margin_up, sums.margin_down) == (None, None)
    assert (flip_up(items, MOF), flip_down(items, MOF)) == (None, None)
    assert str(margin_sentence(sums, MOF)) == "一票否决（发生重大安全事故）：不论总分，等级定为差。"


def test_a_veto_belongs_to_the_item_that_it_was_found_at() -> None:
    items = items_of(SCHEME, {"A11": event("A11", "6")}, {"B11": ACCIDENT})
    assert [(each.indicator.code, each.points, each.veto) for each in items] == [
        ("A11", D(6), None), ("B11", None, ACCIDENT),
    ]  # fmt: skip


def test_a_veto_to_a_named_grade_never_lifts_and_the_gravest_counts() -> None:
    middling = Veto("未按期完工", Decimal(0), "中")
    low = [item("A", "60", "20"), replace(item("B", "40", "0"), veto=middling)]
    assert tally(low, MOF).grade == "差"
    high = [item("A", "60", "60"), replace(item("B", "40", "40"), veto=middling)]
    assert tally(high, MOF).grade == "中"
    both = [replace(item("A", "60", "60"), veto=ACCIDENT), replace(item("B", "40", "40"), veto=middling)]
    assert tally(both, MOF).veto == ACCIDENT
    fraud = Veto("弄虚作假", Decimal(0), None)
    alike = [replace(item("A", "60", "60"), veto=fraud), replace(item("B", "40", "40"), veto=ACCIDENT)]
    assert tally(alike, MOF).veto == fraud  # of two alike the first is named


def test_a_veto_does_not_grade_an_incomplete_sheet_nor_count_where_the_item_does_not_apply() -> None:
    unscored = [item("A", "60", None), replace(item("B", "40", "0"), veto=ACCIDENT)]
    assert (tally(unscored, MOF).grade, tally(unscored, MOF).veto) == (None, ACCIDENT)
    beside = [item("A", "60", "60"), replace(item("B", "40", None, status=Status.NOT_APPLICABLE), veto=ACCIDENT)]
    assert (tally(beside, MOF).grade, tally(beside, MOF).veto) == ("优", None)


def test_no_drawn_weight_changes_what_a_veto_decided() -> None:
    items = [item("A", "95", "95.00"), replace(item("B", "5", "0.00"), veto=ACCIDENT)]
    (drawn,) = sensitivity([items], MOF, draws=50)
    assert dict(drawn.shares) == {"优": 0, "良": 0, "中": 0, "差": 1}
