"""Answers to what an import asks, given on the command line: each question of a preview has an id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import click

from core.commands.parts import problem_json
from core.errors import Message, RenewalError, RowProblem
from core.text import render, word

YES, NO = word("是"), word("否")
_LENGTH = 8

answer_option = click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="编号=是|否",
    help="对预览中一处要确认的答复，可重复；编号见 --dry-run --json 的questions。给了答复，就须逐处答复；"
    "答“否”则不写入",
)


def question_json(question: RowProblem) -> dict[str, Any]:
    """Make JSON of a question: its place, its id, and what may be answered."""
    return problem_json(question) | {"id": question_id(question), "answers": [YES, NO]}


def question_id(question: RowProblem) -> str:
    """Id of a question: another wording, another place or another file is another question."""
    return hashlib.sha256(render(question.sentence(), "zh_CN").encode()).hexdigest()[:_LENGTH]


def answered(question: RowProblem, answers: Sequence[str]) -> bool | None:
    """The answer to a question; None: none was given. Raises RenewalError for an answer that is none."""
    return dict(_read(each) for each in answers).get(question_id(question))


def but(question: RowProblem, answers: Sequence[str]) -> tuple[str, ...]:
    """The answers to all other questions."""
    return tuple(each for each in answers if _read(each)[0] != question_id(question))


def how_to_say_yes(question: RowProblem) -> Message:
    """Tell the option that answers a question with yes."""
    return Message("要这样做，请加 --answer {id}=是", {"id": question_id(question)})


def objections(file: str, questions: Sequence[RowProblem], answers: Sequence[str]) -> tuple[RowProblem, ...]:
    """List what keeps the file from being written: a no, a question without an answer. None where none was given.

    Raises RenewalError for an answer that is none, or to a question that is not asked.
    """
    if not answers:
        return ()
    asked = {question_id(each): each for each in questions}
    given = dict(_read(each) for each in answers)
    for name in given:
        if name not in asked:
            known = " ".join(asked) or "—"
            raise RenewalError(Message("没有编号为“{id}”的问题。现有：{known}", {"id": name[:20], "known": known}))
    found = []
    for name, question in asked.items():
        params = {"id": name, "question": question.sentence()}
        if name not in given:
            found.append(RowProblem(file, None, None, Message("还有一处没有答复（{id}）：{question}", params)))
        elif not given[name]:
            found.append(RowProblem(file, None, None, Message("已答“否”（{id}），未导入：{question}", params)))
    return tuple(found)


def _read(answer: str) -> tuple[str, bool]:
    name, _, said = answer.partition("=")
    known = {YES: True, "yes": True, "y": True, NO: False, "no": False, "n": False}
    if said.strip().lower() not in known:
        raise RenewalError(Message("--answer 应为“编号=是”或“编号=否”，读到“{answer}”。", {"answer": answer[:40]}))
    return name.strip(), known[said.strip().lower()]
