"""The score that the document reports."""

from __future__ import annotations

from core.checks.finding import Finding
from core.errors import Message
from core.model.project import Facts
from core.text import numbers, word

_OFFICIAL = {word("优秀"): word("优"), word("良好"): word("良")}
"""Words in common use, and the four grades' official ones (财预〔2020〕10号: 优 良 中 差)."""


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
        message = Message("报告得分{score}分,但未附逐项评分表,无法复算,请单位补充。", params)
    else:
        figures += [(word("报告用词"), used), (word("规范等级"), _OFFICIAL[used])]
        message = Message(
            "报告得分{score}分,但未附逐项评分表,无法复算,请单位补充;等级写作“{used}”,规范用词是“{official}”。",
            params | {"used": used, "official": _OFFICIAL[used]},
        )
    return Finding("20", "Q", Message("报告得分无法复算"), message, tuple(figures), claim.source)
