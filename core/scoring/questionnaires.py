"""满意度问卷: satisfaction out of counted answers with its arithmetic, and what a questionnaire must be to be kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.errors import Message
from core.model.measure import RATIO, Measure, Measures
from core.model.questionnaire import Questionnaire, SurveyAnswer, SurveyQuestion
from core.model.scorecard import Indicator
from core.scoring.read_input import MOST
from core.scoring.rule_figures import percent
from core.scoring.rules import satisfaction as weighed
from core.scoring.suggest import Suggestion, rule_of, suggest
from core.text import numbers, word

SATISFACTION = "satisfaction"
"""Id of the measure that rules compute from."""
BASIS = "answers"
FIVE_GRADES: tuple[tuple[str, Decimal], ...] = (
    (word("非常满意"), Decimal(1)),
    (word("满意"), Decimal("0.75")),
    (word("一般"), Decimal("0.5")),
    (word("不满意"), Decimal("0.25")),
    (word("非常不满意"), Decimal(0)),
)
"""Answers that a new questionnaire begins with, and their weights, as schemes of evaluation have them."""
MOST_QUESTIONS = 100
MOST_ANSWERS = 20
MOST_NAME, MOST_WORDS = 60, 200
"""Characters of its name, and of a question or an answer."""


def rate(question: SurveyQuestion) -> Fraction | None:
    """Weigh the answers to a question into a share, 0..1; None while one is not counted, or nobody has answered."""
    counts = [each.count for each in question.answers]
    known = [count for count in counts if count is not None]
    if not known:
        return None
    value = weighed(known, [Fraction(each.weight) for each in question.answers])
    return None if value is None else value / 100


def satisfaction(questions: Sequence[SurveyQuestion]) -> Fraction | None:
    """Take the mean of the questions, each as much as another; None while one of them has no share."""
    rates = [rate(each) for each in questions]
    known = [each for each in rates if each is not None]
    return sum(known, Fraction(0)) / len(known) if known and len(known) == len(rates) else None


def answered(question: SurveyQuestion) -> int | None:
    """Count the questionnaires that answered a question; None while one of its answers is not counted."""
    counts = [each.count for each in question.answers if each.count is not None]
    return sum(counts) if len(counts) == len(question.answers) else None


def sample(questions: Sequence[SurveyQuestion]) -> int | None:
    """Size of the sample (份): the answers to the question that fewest answered. None while one is not counted."""
    counts = [count for each in questions if (count := answered(each)) is not None]
    return min(counts) if counts and len(counts) == len(questions) else None


def arithmetic(question: SurveyQuestion) -> str:
    """Write the arithmetic of a question: (50×1 + 30×0.75) ÷ 80 = 90.63%; "—" while it has no share."""
    value = rate(question)
    if value is None:
        return numbers.MISSING
    products = " + ".join(f"{numbers.count(each.count)}×{numbers.number(each.weight)}" for each in question.answers)
    return f"({products}) ÷ {numbers.count(answered(question))} = {percent(value)}"


def mean_arithmetic(questions: Sequence[SurveyQuestion]) -> str:
    """Write the arithmetic of the whole: that of the one question, or (79.00% + 90.00%) ÷ 2 = 84.50%."""
    value = satisfaction(questions)
    if value is None:
        return numbers.MISSING
    if len(questions) == 1:
        return arithmetic(questions[0])
    rates = (rate(each) for each in questions)
    whole = " + ".join(percent(each) for each in rates if each is not None)
    return f"({whole}) ÷ {len(questions)} = {percent(value)}"


def uncounted(questions: Sequence[SurveyQuestion]) -> tuple[str, ...]:
    """Name the questions that have no share yet."""
    return tuple(each.text for each in questions if rate(each) is None)


def measure(of: Questionnaire, as_of: date, basis: str = BASIS) -> Measure:
    """Make the measure of a questionnaire. `basis`: a word of its own where several are told apart."""
    questions = from_json(of.content)
    value = satisfaction(questions)
    known = {"name": of.name, "count": len(questions), "sample": numbers.count(sample(questions))}
    how = Message("问卷“{name}”还有题目没有份数，满意度不能算", known)
    if value is not None:
        params = known | {"arithmetic": mean_arithmetic(questions)}
        how = Message("问卷“{name}”有效答卷{sample}份：{arithmetic}", params)
        if len(questions) > 1:
            how = Message("问卷“{name}”{count}题平均（答卷最少的一题{sample}份）：{arithmetic}", params)
    return Measure(
        SATISFACTION,
        word("满意度"),
        None if value is None else numbers.of_fraction(value),
        RATIO,
        basis,
        f"满意度问卷“{of.name}”第{of.revision}版",
        of.asked_on or as_of,
        None if value is None else Decimal(value.numerator),
        None if value is None else Decimal(value.denominator),
        formula=how,
    )


def offered(items: Sequence[Indicator], figure: Measure) -> tuple[tuple[Indicator, Suggestion], ...]:
    """Say what the rules that ask for satisfaction make of it, item by item; nothing while it is undefined."""
    if figure.value is None:
        return ()
    known = Measures((figure,))
    asking = (item for item in items if SATISFACTION in rule_of(item).names)
    return tuple((item, suggest(item, known)) for item in asking)


def explained(found: Suggestion, asked: Sequence[Measure]) -> Suggestion:
    """Put the arithmetic of the questionnaires behind the sentences that rest on them."""
    how = {each: each.formula for each in asked}
    if not any(each in how for each in found.measures):
        return found

    def told(sentence: Message, used: Sequence[Measure]) -> Message:
        shown = next((formula for each in used if (formula := how.get(each)) is not None), None)
        return sentence if shown is None else Message("{sentence}；{shown}", {"sentence": sentence, "shown": shown})

    sides = tuple(replace(each, sentence=told(each.sentence, each.measures)) for each in found.alternatives)
    # Where several stand side by side, each says for itself what it is made of.
    whole = found.sentence if sides else told(found.sentence, found.measures)
    return replace(found, sentence=whole, alternatives=sides)


def beside(known: Sequence[Measure], asked: Sequence[Measure]) -> tuple[Measure, ...]:
    """Put the questionnaires' satisfaction beside the other measures: it fills the place of one that is undefined."""
    if not asked:
        return tuple(known)
    open_ones = {each for each in known if (each.id, each.place, each.value) == (SATISFACTION, None, None)}
    return (*(each for each in known if each not in open_ones), *asked)


def enough(have: int | None, needed: Decimal | None, margin: str) -> Message | None:
    """Hold a sample against the size that is needed at a margin of error; None while either is unknown."""
    if have is None or needed is None:
        return None
    params = {"margin": margin, "needed": numbers.count(needed), "short": numbers.count(needed - have)}
    if have < needed:
        return Message("误差±{margin}需{needed}份，还差{short}份", params)
    return Message("误差±{margin}需{needed}份，已够", params)


def problems(name: str, questions: Sequence[SurveyQuestion]) -> tuple[Message, ...]:
    """List all that keeps a questionnaire from being kept."""
    return tuple(_problems(name, questions))


def _problems(name: str, questions: Sequence[SurveyQuestion]) -> Iterator[Message]:
    if not name:
        yield Message("请填写问卷名称。")
    if len(name) > MOST_NAME:
        yield Message("问卷名称最多{most}字，现有{count}字。", {"most": MOST_NAME, "count": len(name)})
    if not questions:
        yield Message("请至少填写一个题目。")
    if len(questions) > MOST_QUESTIONS:
        yield Message("题目最多{most}个，现有{count}个。", {"most": MOST_QUESTIONS, "count": len(questions)})
    seen: set[str] = set()
    for number, question in enumerate(questions, start=1):
        if question.text in seen:
            yield Message("第{number}题“{text}”与前面的题目相同。", {"number": number, "text": question.text})
        seen.add(question.text)
        yield from _of_question(number, question)


def _of_question(number: int, question: SurveyQuestion) -> Iterator[Message]:
    known = {"number": number, "count": len(question.answers), "most": MOST_WORDS}
    if not question.text:
        yield Message("第{number}题没有题目文字。", known)
    if not 2 <= len(question.answers) <= MOST_ANSWERS:
        yield Message("第{number}题要有2到{limit}个答案，现有{count}个。", known | {"limit": MOST_ANSWERS})
    if any(len(text) > MOST_WORDS for text in (question.text, *(each.text for each in question.answers))):
        yield Message("第{number}题的题目或答案超过{most}字。", known)
    texts = [each.text for each in question.answers]
    for text in dict.fromkeys(each for each in texts if texts.count(each) > 1 or not each):
        yield Message("第{number}题的答案“{text}”是空的，或写了不止一次。", known | {"text": text})
    for each in question.answers:
        if not 0 <= each.weight <= 1:
            yield Message("第{number}题答案“{text}”的权重应在0到1之间。", known | {"text": each.text})
        if each.count is not None and not 0 <= each.count <= MOST:
            yield Message("第{number}题答案“{text}”的份数过大。", known | {"text": each.text})


def rewritten(
    before: Sequence[SurveyQuestion], questions: Sequence[str], answers: Sequence[SurveyAnswer]
) -> tuple[SurveyQuestion, ...]:
    """Give each question these answers; one that was there in these words keeps its counts."""
    counts = {(each.text, answer.text): answer.count for each in before for answer in each.answers}
    return tuple(
        SurveyQuestion(text, tuple(replace(each, count=counts.get((text, each.text))) for each in answers))
        for text in questions
    )


def with_counts(questions: Sequence[SurveyQuestion], counts: Sequence[int | None]) -> tuple[SurveyQuestion, ...]:
    """Put counts in their places, answer by answer through all questions; there are as many as answers."""
    left = iter(counts)
    return tuple(
        replace(question, answers=tuple(replace(each, count=next(left)) for each in question.answers))
        for question in questions
    )


def as_json(questions: Sequence[SurveyQuestion]) -> str:
    """Write questions as they are stored: one JSON text, weights as strings."""
    content = [
        {
            "text": question.text,
            "answers": [{"text": a.text, "weight": f"{a.weight:f}", "count": a.count} for a in question.answers],
        }
        for question in questions
    ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> tuple[SurveyQuestion, ...]:
    """Read stored questions."""
    return tuple(
        SurveyQuestion(
            question["text"],
            tuple(SurveyAnswer(a["text"], Decimal(a["weight"]), a["count"]) for a in question["answers"]),
        )
        for question in json.loads(text)
    )
