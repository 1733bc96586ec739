"""分工: the panel's result over those who score an item, deviations, words, and how far a round is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.context import Actor
from core.model.panel_events import Assignment, Comment, SheetEvent, SheetKind, SheetOwner
from core.model.scorecard import Scheme, Status
from core.scoring.agreement import agreement, deviations, leave_one_out
from core.scoring.assignment import cover, groups, in_words, scorers, thin
from core.scoring.consensus import Panel, Rule, consensus
from core.scoring.round_state import RoundState, assigned, slug
from core.scoring.stages import stages
from core.scoring.tally import ScoredItem, tally
from core.scoring.workflow import may, not_theirs
from core.text.numbers import half_up
from tests.core.scoring.panels import ballot, panel, panels, unhurried
from tests.core.scoring.sheets import MOF, indicator, item

D = Decimal
ABC = {"A": "40", "B": "30", "C": "30"}
WANG = ballot("王", {"A": "36", "B": "27", "C": "18"})
LI = ballot("李", {"A": "38", "B": "24", "C": "20"})
ZHAO = ballot("赵", {"A": "34", "B": "30", "C": "5"}, assigned="AB")
"""He scored C before it was given to others."""


class TestThreeExpertsOneOnTwoOfThreeItems:
    def test_the_mean_of_an_item_is_over_those_who_score_it(self) -> None:
        found = consensus(panel(ABC, WANG, LI, ZHAO))
        # (36+38+34)/3, (27+24+30)/3, (18+20)/2
        assert [each.points for each in found.items] == [D("36.00"), D("27.00"), D("19.00")]
        assert [each.count for each in found.items] == [3, 3, 2]
        assert (found.tally.total, found.tally.normalised, found.tally.grade) == (D("82.00"), None, "良")
        assert [each.spread for each in found.items] == [D(4), D(6), D(2)]

    @pytest.mark.parametrize(
        # the middle of 34 36 38 and of 24 27 30, then of 18 20; the trimmed mean of two is their mean
        ("rule", "points"),
        [(Rule.MEDIAN, ("36.00", "27.00", "19.00")), (Rule.TRIMMED_MEAN, ("36.00", "27.00", "19.00"))],
    )
    def test_so_by_the_other_rules(self, rule: Rule, points: tuple[str, ...]) -> None:
        found = consensus(panel(ABC, WANG, LI, ZHAO, rule=rule))
        assert [each.points for each in found.items] == [D(each) for each in points]

    def test_a_part_of_the_items_is_no_total_to_compare(self) -> None:
        found = consensus(panel(ABC, WANG, LI, ZHAO))
        own = tally(ZHAO.items(found.panel.scheme), MOF)
        # 64 of 70 full marks
        assert (own.total, own.weight, own.items, own.complete) == (D("64.00"), D(70), 2, True)
        assert own.normalised == D("91.43")
        assert found.by_totals is None
        whole = replace(ZHAO, assigned=None)
        # 81, 82 and 69 of 100
        assert consensus(panel(ABC, WANG, LI, whole)).by_totals == D("77.33")

    def test_deviations_are_from_the_means_of_the_own_items(self) -> None:
        found = deviations(consensus(panel(ABC, WANG, LI, ZHAO)))
        # 0 + 0 − 1; +2 − 3 + 1; −2 + 3
        assert {who: (each.points, each.weight, each.items) for who, each in found.items()} == {
            "王": (D("-1.00"), D(100), 3),
            "李": (D("0.00"), D(100), 3),
            "赵": (D("1.00"), D(70), 2),
        }
        assert found["赵"].share == D(1) / 70

    def test_who_scored_alone_deviates_from_nobody(self) -> None:
        apart = panel(ABC, ballot("王", {"A": "36"}, assigned="A"), ballot("李", {"B": "24"}, assigned="B"))
        assert deviations(consensus(apart)) == {}

    def test_agreement_asks_only_about_what_all_scored(self) -> None:
        found = agreement(consensus(panel(ABC, WANG, LI, ZHAO)))
        assert (found.evaluators, found.items) == (3, 2)

    def test_without_the_only_one_an_item_is_open(self) -> None:
        alone = panel(ABC, replace(WANG, assigned=frozenset("AB")), ballot("李", {"C": "20"}, assigned="C"))
        assert consensus(alone).tally.total == D("83.00")
        assert [each.tally.grade for each in leave_one_out(alone)] == [None, None]

    def test_not_applicable_needs_only_those_who_score_it(self) -> None:
        said = ballot("王", {"A": "36", "B": "27", "C": Status.NOT_APPLICABLE})
        found = consensus(panel(ABC, said, ZHAO)).items[2]
        assert (found.status, found.points, found.disputed) == (Status.NOT_APPLICABLE, None, False)

    def test_a_recusal_within_the_own_items_stays_a_recusal(self) -> None:
        both = ballot("赵", {}, recused="C", assigned="AB")
        assert [(each.recused, each.unassigned) for each in both.items(panel(ABC).scheme)] == [
            (False, False), (False, False), (True, False),
        ]  # fmt: skip


@st.composite
def shared_out(draw: st.DrawFn) -> Panel:
    """A panel whose evaluators have all, some or none of the items each."""
    found = draw(panels(fewest=1, most=4))
    codes = [each.code for each in found.scheme.indicators]
    own = st.one_of(st.none(), st.frozensets(st.sampled_from(codes)))
    return replace(found, ballots=tuple(replace(each, assigned=draw(own)) for each in found.ballots), rule=Rule.MEAN)


@given(shared_out())
@unhurried
def test_the_mean_of_every_item_is_that_of_those_who_scored_it(found: Panel) -> None:
    for each in consensus(found).items:
        code = each.indicator.code
        given_points = [
            Fraction(event.points)
            for one in found.ballots
            if code not in one.recused and (one.assigned is None or code in one.assigned)
            if (event := one.events.get(code)) is not None and event.points is not None
        ]
        assert each.count == len(given_points)
        if not given_points:
            assert each.points is None
            continue
        mean = sum(given_points, Fraction(0)) / len(given_points)
        assert each.points == half_up(Decimal(mean.numerator) / mean.denominator, 2)


@given(shared_out())
@unhurried
def test_what_is_not_ones_own_counts_as_if_it_had_never_been_said(found: Panel) -> None:
    bare = tuple(
        replace(one, events={c: e for c, e in one.events.items() if one.assigned is None or c in one.assigned})
        for one in found.ballots
    )
    assert consensus(found).tally == consensus(replace(found, ballots=bare)).tally
    assert deviations(consensus(found)) == deviations(consensus(replace(found, ballots=bare)))


SCHEME = Scheme(
    "s", 1, "方案",
    tuple(
        replace(indicator(code, "10"), l1=first, l2=second)
        for code, first, second in (
            ("A1", "决策", "立项"), ("A2", "决策", "立项"), ("A3", "决策", "目标"),
            ("B1", "产出", "数量"), ("C1", "效益", "满意度"), ("C2", "效益", "满意度"),
        )
    ),
)  # fmt: skip


class TestWords:
    def test_groups_are_those_of_several_items_each_once(self) -> None:
        assert groups(SCHEME) == {"决策": ("A1", "A2", "A3"), "效益": ("C1", "C2"), "决策 › 立项": ("A1", "A2")}

    def test_items_are_named_by_whole_groups_first(self) -> None:
        assert cover(SCHEME, {"A1", "A2", "A3", "B1"}) == ("决策", "B1")
        assert cover(SCHEME, {"A1", "A2", "C2"}) == ("决策 › 立项", "C2")
        assert str(in_words(SCHEME, {"A1", "A2", "C2"})) == "决策 › 立项、C2（3项）"
        assert str(in_words(SCHEME, None)) == "全部指标"

    def test_every_set_of_items_is_covered_exactly(self) -> None:
        own = groups(SCHEME)
        for number in range(64):
            codes = {each.code for place, each in enumerate(SCHEME.indicators) if number >> place & 1}
            named = [code for name in cover(SCHEME, codes) for code in own.get(name, (name,))]
            assert sorted(named) == sorted(codes)

    def test_items_with_too_few_evaluators_are_named(self) -> None:
        sheets = [{"A1", "A2", "A3", "B1"}, {"A1", "A2"}, {"A1", "C2"}]
        counts = scorers(SCHEME, sheets)
        assert counts == {"A1": 3, "A2": 2, "A3": 1, "B1": 1, "C1": 0, "C2": 1}
        assert str(thin(counts, 2)) == "C1没有人评；A3、B1、C2只有1人评，少于每项2人。"
        assert str(thin(dict.fromkeys(counts, 1), 2)) == "各项都只有1人评，少于每项2人。"
        assert thin(dict.fromkeys(counts, 2), 2) is None


NOW = datetime(2026, 11, 2, 9)
CHIEF, EXPERT = Actor("chen", "陈主任"), Actor("wang", "王工")
OWN = f"r1/{slug('wang')}"


def state(*kinds: str, assignments: tuple[Assignment, ...] = (), locked: bool = False) -> RoundState:
    """A round with 王工's sheet, on which these steps were taken."""
    steps = tuple(SheetEvent("p", OWN, n, str(n), kind, "", "", "wang", "王工", NOW) for n, kind in enumerate(kinds, 1))
    lock = (SheetEvent("p", "r1/panel", 1, "l", "locked", "", "", "chen", "陈主任", NOW),)
    return RoundState(
        "r1",
        ("r1/working", OWN, "r1/panel"),
        {OWN: SheetOwner("p", OWN, "wang", "王工", SheetKind.EVALUATOR)},
        {OWN: steps} | ({"r1/panel": lock} if locked else {}),
        {},
        assigned=assigned(assignments),
    )


def given_items(codes: str, revision: int = 1) -> Assignment:
    return Assignment("p", "r1", "wang", "王工", revision, codes, "chen", "陈主任", NOW)


class TestRules:
    def test_the_newest_assignment_counts_and_an_empty_one_means_all(self) -> None:
        assert assigned([given_items('["A1"]'), given_items('["A2", "A3"]', 2)]) == {OWN: {"A2", "A3"}}
        assert assigned([given_items('["A1"]'), given_items("[]", 2)]) == {OWN: None}

    def test_an_entry_to_another_ones_item_is_refused_with_a_sentence(self) -> None:
        here = state(assignments=(given_items('["A1"]'),))
        assert not_theirs(here, OWN, "A1") is None
        assert str(not_theirs(here, OWN, "A2")) == "A2没有分配给您评分，这处修改未计入；要评分，请主评人调整分工。"
        assert not_theirs(state(assignments=(given_items("[]"),)), OWN, "A2") is None
        assert not_theirs(here, "r1/working", "A2") is None

    def test_a_submitted_or_locked_sheet_keeps_its_items(self) -> None:
        assert may(CHIEF, "assign", state(), OWN) is None
        assert may(CHIEF, "assign", state("submitted", "returned"), OWN) is None
        assert "已提交" in str(may(CHIEF, "assign", state("submitted"), OWN))
        assert "已由陈主任锁定" in str(may(CHIEF, "assign", state("submitted", locked=True), OWN))
        assert may(CHIEF, "assign", state(), f"r1/{slug('nobody yet')}") is None


def told(here: RoundState, items: list[ScoredItem] | None, *said: Comment, seen: bool = True) -> list[tuple[bool, str]]:
    return [(each.done, str(each.note or "")) for each in stages(here, seen, items, (), said)]


def said(kind: str) -> Comment:
    return Comment("p", "r1", "A1", 1, kind, "请酌情", "", "u", "单位", NOW)


class TestStages:
    def test_what_is_missing_at_each(self) -> None:
        assert told(state(), None) == [
            (False, "等待王工"), (False, "还没有汇总"), (False, "汇总后才有"), (False, "还没有意见"), (False, "未锁定"),
        ]  # fmt: skip
        open_items = [item("A1", "2", "2"), item("A2", "2", None, status=Status.UNSCORED)]
        assert told(state("submitted"), open_items, said("comment")) == [
            (True, ""), (False, "1项待定"), (False, "没有未答复的提示"), (False, "1项未答复"), (False, "还差1处"),
        ]  # fmt: skip
        assert told(state("submitted"), open_items[:1], said("comment"), said("reply")) == [
            (True, ""), (True, ""), (True, ""), (True, ""), (False, "可以锁定"),
        ]  # fmt: skip
        assert told(state("submitted", locked=True), open_items[:1])[4] == (True, "由陈主任锁定")

    def test_nothing_of_the_result_is_told_to_who_scores_alone(self) -> None:
        hidden = told(state(), [item("A1", "2", None, status=Status.UNSCORED)], seen=False)
        assert hidden[1:3] == [(False, "独立评分期间不显示")] * 2
        assert hidden[4] == (False, "未锁定")

    def test_when_all_have_submitted_nobody_scores_alone(self) -> None:
        hidden = told(state("submitted"), None, said("comment"), said("reply"), seen=False)
        assert hidden == [
            (True, ""), (False, "暂不显示"), (False, "暂不显示"), (False, "意见均已答复"), (False, "未锁定"),
        ]  # fmt: skip
