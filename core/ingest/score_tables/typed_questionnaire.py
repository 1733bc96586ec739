"""A 满意度问卷 as somebody types it: its answers in lines, its counts in fields or as a pasted column."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import Message
from core.ingest.files import cells
from core.model.questionnaire import SurveyAnswer, SurveyQuestion


def lines_of(text: str) -> tuple[str, ...]:
    """Split a text into its lines, without blank ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def typed_answers(text: str) -> tuple[tuple[SurveyAnswer, ...], tuple[Message, ...]]:
    """Read answers from lines of an answer and its weight (非常满意 1); with every line that does not fit."""
    found: list[SurveyAnswer] = []
    wrong: list[Message] = []
    for line in lines_of(text):
        answer, _, last = " ".join(line.split()).rpartition(" ")
        weight = cells.weight(last)
        if not answer or isinstance(weight, Message):
            wrong.append(Message("答案“{line}”应写成“非常满意 1”：答案、空格、0到1之间的权重。", {"line": line[:40]}))
        else:
            found.append(SurveyAnswer(answer, weight))
    return tuple(found), tuple(wrong)


def pasted_column(text: str) -> tuple[str, ...]:
    """Cells of a column as a spreadsheet puts it on the clipboard: one a line, a blank one in between is a blank."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    return tuple(line.strip() for line in lines) if text.strip() else ()


def typed_counts(
    typed: Sequence[str], questions: Sequence[SurveyQuestion]
) -> tuple[tuple[int | None, ...], tuple[Message, ...]]:
    """Read a count for each answer of each question, in their order; a blank is not counted. With all that are none."""
    places = [(number, each.text) for number, one in enumerate(questions, start=1) for each in one.answers]
    if len(typed) != len(places):
        params: dict[str, object] = {"count": len(places), "got": len(typed)}
        return (), (Message("各题共有{count}个答案，收到{got}个数，未保存。", params),)
    counts: list[int | None] = []
    wrong: list[Message] = []
    for (number, answer), text in zip(places, typed, strict=True):
        value = cells.count(text) if text.strip() else None
        if isinstance(value, Message):
            params = {"number": number, "answer": answer, "typed": text.strip()[:40]}
            wrong.append(Message("第{number}题“{answer}”的份数应为不小于0的整数，读到“{typed}”。", params))
            value = None
        counts.append(value)
    return tuple(counts), tuple(wrong)
