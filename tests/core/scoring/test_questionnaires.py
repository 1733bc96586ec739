"""满意度问卷: satisfaction worked by hand, what is undefined, what a rule makes of it, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.item_input import ItemInput
from core.model.measure import RATIO, Measure, Measures
from core.model.questionnaire import Questionnaire, SurveyAnswer, SurveyQuestion
from core.scoring.questionnaires import (
    FIVE_GRADES,
    answered,
    arithmetic,
    as_json,
    beside,
    enough,
    explained,
    from_json,
    mean_arithmetic,
    measure,
    offered,
    problems,
    rate,
    rewritten,
    sample,
    satisfaction,
    uncounted,
    with_counts,
)
from core.scoring.suggest import suggest
from tests.core.scoring.shipped import INDICATORS

D = Decimal
DAY = date(2024, 12, 31)


def five(text: str, *counts: int | None) -> SurveyQuestion:
    """A question with the five usual answers."""
    answers = (SurveyAnswer(name, weight) for name, weight in FIVE_GRADES)
    return with_counts([SurveyQuestion(text, tuple(answers))], counts)[0]


# (50 + 30 x 0.75 + 10 x 0.5 + 6 x 0.25) / 100 = 79 %
ROADS = five("道路", 50, 30, 10, 6, 4)
# yes 72 of 80 = 90 %
LIFT = SurveyQuestion("电梯", (SurveyAnswer("是", D(1), 72), SurveyAnswer("否", D(0), 8)))


def kept(*questions: SurveyQuestion, name: str = "入户问卷", asked_on: date | None = None) -> Questionnaire:
    moment = datetime(2024, 12, 31, 8)
    return Questionnaire("p", "q1", 2, "set", name, asked_on, as_json(questions), "", "w", "王工", moment)


def test_a_question_weighs_its_answers() -> None:
    assert (rate(ROADS), answered(ROADS)) == (Fraction(79, 100), 100)
    assert arithmetic(ROADS) == "(50×1 + 30×0.75 + 10×0.5 + 6×0.25 + 4×0) ÷ 100 = 79.00%"
    assert (rate(LIFT), arithmetic(LIFT)) == (Fraction(9, 10), "(72×1 + 8×0) ÷ 80 = 90.00%")


def test_the_whole_is_the_mean_of_its_questions_and_the_sample_that_of_the_thinnest() -> None:
    assert satisfaction([ROADS, LIFT]) == Fraction(845, 1000)
    assert sample([ROADS, LIFT]) == 80
    assert mean_arithmetic([ROADS, LIFT]) == "(79.00% + 90.00%) ÷ 2 = 84.50%"
    assert mean_arithmetic([ROADS]) == "(50×1 + 30×0.75 + 10×0.5 + 6×0.25 + 4×0) ÷ 100 = 79.00%"


@pytest.mark.parametrize(
    "blank", [five("绿化", *(None,) * 5), five("绿化", 3, None, 1, 0, 0), five("绿化", 0, 0, 0, 0, 0)]
)
def test_what_is_not_counted_is_undefined_and_never_0(blank: SurveyQuestion) -> None:
    assert (rate(blank), arithmetic(blank)) == (None, "—")
    assert (satisfaction([ROADS, blank]), mean_arithmetic([ROADS, blank])) == (None, "—")
    assert uncounted([ROADS, blank]) == ("绿化",)
    found = measure(kept(ROADS, blank), DAY)
    assert (found.value, found.numerator, found.denominator) == (None, None, None)
    assert str(found.formula) == "问卷“入户问卷”还有题目没有份数，满意度不能算"
    assert offered([INDICATORS["D41"]], found) == ()


def test_no_questions_and_uncounted_ones_have_no_sample() -> None:
    assert (satisfaction([]), sample([]), sample([ROADS, five("绿化", 3, None, 1, 0, 0)])) == (None, None, None)
    assert sample([five("绿化", 0, 0, 0, 0, 0)]) == 0  # counted: nobody answered


def test_the_measure_says_what_it_is_of_and_how_it_came_about() -> None:
    found = measure(kept(ROADS, LIFT, asked_on=date(2024, 11, 2)), DAY)
    assert (found.id, found.unit, found.basis, found.as_of) == ("satisfaction", RATIO, "answers", date(2024, 11, 2))
    assert (found.value, found.source) == (D("0.845"), "满意度问卷“入户问卷”第2版")
    assert (found.numerator, found.denominator) == (169, 200)
    assert str(found.formula) == "问卷“入户问卷”2题平均（答卷最少的一题80份）：(79.00% + 90.00%) ÷ 2 = 84.50%"
    assert measure(kept(ROADS), DAY).as_of == DAY
    assert str(measure(kept(LIFT), DAY).formula) == "问卷“入户问卷”有效答卷80份：(72×1 + 8×0) ÷ 80 = 90.00%"


def test_what_the_rule_makes_of_it_is_offered_item_by_item() -> None:
    # 84.50 % lies in the band from 80 %, which gets 80 %: 7 x 0.8 = 5.60
    ((item, found),) = offered([INDICATORS["A11"], INDICATORS["D41"]], measure(kept(ROADS, LIFT), DAY))
    assert (item.code, found.points) == ("D41", D("5.60"))
    assert str(found.sentence) == "居民满意度84.50%，所在档得80.00%：7.00×80.00%=5.60"


def test_the_edge_of_a_band_is_met_exactly() -> None:
    # 89.995 % prints as 90.00 % and is below 90 % all the same.
    under = SurveyQuestion("电梯", (SurveyAnswer("是", D(1), 17999), SurveyAnswer("否", D(0), 2001)))
    ((_, found),) = offered([INDICATORS["D41"]], measure(kept(under), DAY))
    assert found.points == D("5.60")
    over = SurveyQuestion("电梯", (SurveyAnswer("是", D(1), 18000), SurveyAnswer("否", D(0), 2000)))
    ((_, found),) = offered([INDICATORS["D41"]], measure(kept(over), DAY))
    assert found.points == D("7.00")


class TestBesideOthers:
    """The satisfaction that the places report, and one of a questionnaire."""

    REPORTED = Measure("satisfaction", "满意度", D("0.92"), RATIO, "answers", "进度表", DAY)
    ASKED = measure(kept(ROADS), DAY, "入户问卷")

    def test_one_alone_is_the_suggestion_with_its_arithmetic(self) -> None:
        found = explained(suggest(INDICATORS["D41"], Measures([self.ASKED])), [self.ASKED])
        assert found.points == D("3.50")
        assert str(found.sentence) == (
            "居民满意度79.00%，所在档得50.00%：7.00×50.00%=3.50；"
            "问卷“入户问卷”有效答卷100份：(50×1 + 30×0.75 + 10×0.5 + 6×0.25 + 4×0) ÷ 100 = 79.00%"
        )

    def test_two_stand_side_by_side_and_a_person_chooses(self) -> None:
        known = Measures(beside([self.REPORTED], [self.ASKED]))
        found = explained(suggest(INDICATORS["D41"], known), [self.ASKED])
        assert (found.points, found.state) == (None, "alternatives")
        assert [(each.basis, each.points) for each in found.alternatives] == [
            ("answers", D("7.00")), ("入户问卷", D("3.50")),
        ]  # fmt: skip
        assert "问卷“入户问卷”" in str(found.alternatives[1].sentence)
        assert "问卷" not in str(found.alternatives[0].sentence)

    def test_it_takes_the_place_of_one_that_is_undefined(self) -> None:
        known = Measures(beside([replace(self.REPORTED, value=None)], [self.ASKED]))
        assert suggest(INDICATORS["D41"], known).points == D("3.50")
        assert beside([self.REPORTED], []) == (self.REPORTED,)

    def test_what_somebody_has_entered_at_the_item_goes_before_it(self) -> None:
        known = Measures(beside([self.REPORTED], [self.ASKED]))
        # nine of ten very pleased, one not at all: 90 %
        answers = suggest(INDICATORS["D41"], known, ItemInput(answers=(9, 0, 0, 0, 1)))
        figure = suggest(INDICATORS["D41"], known, ItemInput(figures={"satisfaction": D(85)}))
        assert [(each.points, each.alternatives) for each in (answers, figure)] == [(D("7.00"), ()), (D("5.60"), ())]


def test_the_sample_is_held_against_the_size_that_is_needed() -> None:
    assert str(enough(100, D(379), "5%")) == "误差±5%需379份，还差279份"
    assert str(enough(379, D(379), "5%")) == "误差±5%需379份，已够"
    assert (enough(None, D(379), "5%"), enough(100, None, "5%")) == (None, None)


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = [
        SurveyQuestion("道路", (SurveyAnswer("是", D("1.5"), 1), SurveyAnswer("是", D(0), 2))),
        SurveyQuestion("道路", (SurveyAnswer("是", D(1)),)),
        SurveyQuestion("", (SurveyAnswer("是", D(1), 2_000_000_000), SurveyAnswer("否" * 201, D(0)))),
    ]
    assert [str(each) for each in problems("", wrong)] == [
        "请填写问卷名称。",
        "第1题的答案“是”是空的，或写了不止一次。",
        "第1题答案“是”的权重应在0到1之间。",
        "第2题“道路”与前面的题目相同。",
        "第2题要有2到20个答案，现有1个。",
        "第3题没有题目文字。",
        "第3题的题目或答案超过200字。",
        "第3题答案“是”的份数过大。",
    ]
    assert [str(each) for each in problems("问卷", [])] == ["请至少填写一个题目。"]
    assert problems("问卷", [ROADS, LIFT]) == ()


def test_rewritten_questions_keep_the_counts_of_the_same_words() -> None:
    answers = tuple(SurveyAnswer(name, weight) for name, weight in FIVE_GRADES[:2])
    roads, new = rewritten([ROADS, LIFT], ["道路", "绿化"], answers)
    assert [each.count for each in roads.answers] == [50, 30]
    assert [each.count for each in new.answers] == [None, None]


counted = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 10_000)), min_size=2, max_size=6).map(
    lambda rows: SurveyQuestion(
        "题", tuple(SurveyAnswer(f"答{n}", D(weight) / 100, count) for n, (weight, count) in enumerate(rows))
    )
)


@given(st.lists(counted, min_size=1, max_size=5))
def test_satisfaction_is_a_share_and_undefined_only_where_nobody_answered(questions: list[SurveyQuestion]) -> None:
    found = satisfaction(questions)
    assert (found is None) == any(answered(each) == 0 for each in questions)
    assert found is None or 0 <= found <= 1
    assert from_json(as_json(questions)) == tuple(questions)
