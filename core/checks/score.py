"""Checks of the reported score, and of the grounds for its deductions."""

from __future__ import annotations

from core.checks.claims import given, sources, unsaid, value
from core.checks.finding import Finding, joined_sentence
from core.errors import Message
from core.model.project import Facts
from core.progress.facts_by_place import joined
from core.text import numbers, word

_OFFICIAL = {word("优秀"): word("优"), word("良好"): word("良")}
"""Words in common use, and the four grades' official ones (财预〔2020〕10号: 优 良 中 差)."""

SATISFACTION = {
    "satisfaction_value": word("数值"),
    "satisfaction_target": word("目标值"),
    "satisfaction_sample": word("样本量"),
    "satisfaction_method": word("调查方法"),
}
FULL = 100
"""Full marks of a reported score (百分制)."""


def reported(facts: Facts) -> Finding | None:
    """20: a reported total without its item table is a claim that nobody can add up again. None without a claim."""
    claim = facts.claim("reported_score")
    if claim is None or claim.value is None:
        return None
    score = numbers.points(claim.value)
    figures = [(word("报告得分"), score)]
    params: dict[str, object] = {"score": score}
    used = next((used for used in _OFFICIAL if used in claim.text), None)
    if used is None:
        message = Message("报告得分{score}分，但未附逐项评分表，无法复算，请单位补充。", params)
    else:
        figures += [(word("报告用词"), used), (word("规范等级"), _OFFICIAL[used])]
        message = Message(
            "报告得分{score}分，但未附逐项评分表，无法复算，请单位补充；等级写作“{used}”，规范用词是“{official}”。",
            params | {"used": used, "official": _OFFICIAL[used]},
        )
    return Finding("20", "Q", Message("报告得分无法复算"), message, tuple(figures), claim.source)


def _surveyed(facts: Facts) -> tuple[str, ...]:
    """Parts of the survey that the places report themselves."""
    return tuple(
        name
        for name, known in (
            (SATISFACTION["satisfaction_value"], [line.satisfaction for line in facts.deliveries]),
            (SATISFACTION["satisfaction_sample"], [line.surveyed for line in facts.deliveries]),
        )
        if any(each is not None for each in known)
    )


def problems(facts: Facts) -> Finding | None:
    """21: problems without figures cannot carry the points lost; satisfaction needs its survey.

    None when the document states neither problems nor a satisfaction.
    """
    stated, survey = given(facts, "problem_count"), given(facts, "satisfaction_below_target")
    count = value(facts, "problem_count") or 0
    if count <= 0 and survey is None:
        return None
    bare = max(count - (value(facts, "problem_quantified") or 0), 0)
    score = value(facts, "reported_score")
    lost = None if score is None else FULL - score
    missing = tuple(name for name in unsaid(facts, SATISFACTION) if name not in _surveyed(facts)) if survey else ()
    figures = [
        (word("问题数"), numbers.count(count)),
        (word("没有数字的问题"), numbers.count(bare)),
        (word("扣分"), numbers.points(lost)),
        *((name, numbers.MISSING) for name in missing),
    ]
    params: dict[str, object] = {
        "count": numbers.count(count),
        "bare": numbers.count(bare),
        "lost": numbers.points(lost),
        "missing": missing,
    }
    title = Message("问题与扣分")
    source = joined(sources([stated, survey, given(facts, "reported_score")]))
    parts: list[Message] = []
    if bare > 0 and lost is not None:
        parts.append(Message("{count}个问题中{bare}个没有数字，所扣{lost}分无从对应", params))
    elif bare > 0:
        parts.append(Message("{count}个问题中{bare}个没有数字", params))
    if missing:
        parts.append(Message("关于满意度没有给出{missing}", params))
    if not parts:
        return Finding("21", "P", title, Message("所列问题都有数字。"), tuple(figures), source)
    message = joined_sentence(parts)
    return Finding("21", "W", title, message, tuple(figures), source)
