"""Margins as sentences, smallest flips against brute force, and trying points out."""

import csv
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RenewalError, UnknownName
from core.model.scorecard import Grade, GradeScheme, Status
from core.scoring.tally import ScoredItem, tally
from core.scoring.whatif import Flip, Move, flip_down, flip_up, margin_sentence, trial
from tests.core.scoring.panels import unhurried
from tests.core.scoring.sheets import MOF, PROVINCE, item

D = Decimal
ROOT = Path(__file__).resolve().parents[3]
NA = Status.NOT_APPLICABLE


def shipped() -> list[ScoredItem]:
    """The shipped working sheet: 32 items, 93.00."""
    with (ROOT / "data/schemes/old-community-32.csv").open(encoding="utf-8-sig", newline="") as stream:
        full_marks = {row["code"]: row["weight"] for row in csv.DictReader(stream)}
    with (ROOT / "data/seed/score.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [
            item(row["code"], full_marks[row["code"]], row["points"], status=Status.EXAMPLE)
            for row in csv.DictReader(stream)
            if row["sheet"] == "r1/working"
        ]


@pytest.mark.parametrize(
    ("points", "grades", "sentence"),
    [
        ("93", MOF, "优（≥90）：再扣超过3.00分降为良；当前93.00分。"),
        ("88.5", MOF, "良（≥80）：再扣超过8.50分降为中，再得1.50分升为优；当前88.50分。"),
        ("40", MOF, "差（<60）：再得20.00分升为中；当前40.00分。"),
        ("95", PROVINCE, "良好（≥85.01）：再扣超过9.99分降为不合格，再得0.01分升为优秀；当前95.00分。"),
        ("40", GradeScheme("one", "一档", MOF.grades[-1:]), "差；当前40.00分。"),
    ],
)
def test_the_margin_is_a_sentence(points: str, grades: GradeScheme, sentence: str) -> None:
    assert str(margin_sentence(tally([item("A", "100", points)], grades), grades)) == sentence


def test_the_margin_of_a_normalised_score_is_of_what_the_grade_follows() -> None:
    sums = tally([item("A", "80", "72"), item("N", "20", None, status=NA)], MOF)
    assert str(margin_sentence(sums, MOF)) == "优（≥90）：再扣超过0.00分降为良；当前90.00分。"


def test_an_incomplete_sheet_has_a_range_instead() -> None:
    sums = tally([item("A", "60", "50"), item("B", "40", None)], MOF)
    assert str(margin_sentence(sums, MOF)) == (
        "已评1/2项，已评部分50.00/60.00分，总分区间50.00～90.00；全部评完后定等级。"
    )


def test_one_item_of_the_shipped_sheet_is_enough_to_lose_its_grade() -> None:
    # 93.00 may lose 3.00; the roomiest items have 5 points, C11 is the first of them
    flip = flip_down(shipped(), MOF)
    assert flip == Flip("良", (Move("C11", "指标C11", D("5.00"), D("1.99")),), D("3.01"), up=False)
    assert flip is not None
    assert str(flip.sentence) == "最少给1项减3.01分，降为良。"
    assert flip.moves[0].change == D("-3.01")
    assert flip_up(shipped(), MOF) is None


def test_flips_take_the_fewest_items_and_then_the_fewest_points() -> None:
    # 83.00: 7.00 to 优; deductions 2, 5, 6, 4: the 6 alone do not do, 6 + 1 do
    items = [item("A", "20", "18"), item("B", "30", "25"), item("C", "30", "24"), item("D", "20", "16")]
    flip = flip_up(items, MOF)
    assert flip is not None
    assert [(move.code, move.after) for move in flip.moves] == [("C", 30), ("B", 26)]
    assert (flip.points, flip.grade, str(flip.sentence)) == (7, "优", "最少给2项加7.00分，升为优。")


def test_a_normalised_sheet_flips_in_plain_points() -> None:
    # 55 of 60 = 91.67; 优 from 89.995 on, which are 53.997 points: 54.00 holds, 53.99 (89.98) does not
    items = [item("A", "60", "55"), item("N", "40", None, status=NA)]
    flip = flip_down(items, MOF)
    assert flip is not None
    assert (flip.points, flip.moves[0].after) == (D("1.01"), D("53.99"))
    assert tally([item("A", "60", "54"), items[1]], MOF).grade == "优"


def test_there_is_no_flip_without_a_grade_or_out_of_reach() -> None:
    open_sheet = [item("A", "60", "50"), item("B", "40", None)]
    assert (flip_up(open_sheet, MOF), flip_down(open_sheet, MOF)) == (None, None)
    # 50 full marks in all never make 60
    assert flip_up([item("A", "50", "30")], MOF) is None
    assert flip_down([item("A", "100", "30")], MOF) is None


@st.composite
def graded(draw: st.DrawFn) -> tuple[list[ScoredItem], GradeScheme]:
    """Small complete sheets with a grade scheme that suits their full marks; some with 不适用."""
    sizes = draw(st.lists(st.integers(1, 30), min_size=1, max_size=5))
    items = [item(str(i), str(size), str(draw(st.decimals(0, size, places=2)))) for i, size in enumerate(sizes)]
    whole = D(sum(sizes))
    if draw(st.booleans()):
        items.append(item("N", "7", None, status=NA))
        whole = D(100)
    floors = draw(st.lists(st.integers(1, 999), min_size=1, max_size=4, unique=True).map(sorted))
    # Some finer than a hundredth, and closer to each other than that.
    steps = [Grade(f"g{floor}", whole * floor / 1000) for floor in reversed(floors)]
    return items, GradeScheme("g", "g", (*steps, Grade("g0", D(0))))


@unhurried
@given(graded())
def test_no_smaller_flip_exists(sheet: tuple[list[ScoredItem], GradeScheme]) -> None:
    items, grades = sheet
    names = [grade.name for grade in grades.grades]
    now = names.index(tally(items, grades).grade or "")
    scored = [each for each in items if each.points is not None]
    for up, flip in ((True, flip_up(items, grades)), (False, flip_down(items, grades))):
        # By brute force: all sets of items at full marks (or at 0), the smallest first.
        fewest = None
        for k in range(1, len(scored) + 1):
            for chosen in combinations(scored, k):
                at = {each.indicator.code: each.indicator.weight if up else D(0) for each in chosen}
                then = names.index(trial(items, grades, at).after.grade or "")
                if then < now if up else then > now:
                    fewest = k
                    break
            if fewest:
                break
        if flip is None:
            assert fewest is None
            continue
        assert len(flip.moves) == fewest
        assert flip.points == sum(abs(move.change or 0) for move in flip.moves)
        result = trial(items, grades, {move.code: move.after for move in flip.moves})
        assert result.flips
        assert result.after.grade == flip.grade
        assert names.index(flip.grade) < now if up else names.index(flip.grade) > now
        # One hundredth less anywhere, and nothing happens.
        for less in flip.moves:
            back = {move.code: move.after for move in flip.moves}
            back[less.code] += D("-0.01") if up else D("0.01")
            assert not trial(items, grades, back).flips


def test_a_trial_adds_up_again_and_touches_nothing() -> None:
    items = [item("A", "60", "54", reason="未竣工"), item("B", "30", "26"), item("C", "10", None)]
    tried = trial(items, MOF, {"A": D("56.5"), "B": D(26), "C": D(10)})
    assert tried.moves == (Move("A", "指标A", D(54), D("56.50")), Move("C", "指标C", None, D("10.00")))
    assert [move.change for move in tried.moves] == [D("2.5"), None]
    assert (tried.before.grade, tried.after.total, tried.after.grade) == (None, D("92.50"), "优")
    assert tried.flips
    assert (tried.items[0].status, tried.items[0].deduction, tried.items[1]) == (Status.EXAMPLE, D("3.5"), items[1])
    assert [each.points for each in items] == [54, 26, None]


def test_a_trial_without_changes_is_the_sheet() -> None:
    tried = trial(shipped(), MOF, {})
    assert (tried.before, tried.moves, tried.flips) == (tried.after, (), False)
    assert tried.after.total == D("93.00")


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ("6.5", "本项最高6分，您输入的是6.5，未计入，仍按5.00分计。"),
        ("-1", "得分不能小于0，您输入的是-1，未计入，仍按5.00分计。"),
        ("4.555", "请填数字（最多两位小数），“4.555”未计入，仍按5.00分计。"),
    ],
)
def test_impossible_points_are_not_tried(points: str, sentence: str) -> None:
    with pytest.raises(RenewalError) as raised:
        trial([item("A", "6", "5")], MOF, {"A": D(points)})
    assert str(raised.value) == sentence


def test_an_unknown_item_is_not_tried() -> None:
    with pytest.raises(UnknownName, match="X9"):
        trial([item("A", "6", "5")], MOF, {"X9": D(1)})
