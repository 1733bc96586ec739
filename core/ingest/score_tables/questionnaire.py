"""A 满意度问卷 from .xlsx or .csv: (what it holds, all that is wrong with it).

Columns are known by their heading: 题目 答案 权重 份数. A row is an answer; a question goes on over blanks and merges.
A blank 份数 is not counted yet, which is not 0; rows of sums are left out and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message, RowProblem
from core.ingest.files import cells
from core.ingest.files.labels import one_line
from core.ingest.files.table import Table
from core.ingest.files.total_words import is_total
from core.ingest.score_tables.named_columns import Fields, NamedColumns, find_table
from core.model.questionnaire import SurveyAnswer, SurveyQuestion
from core.text import word

_FIELDS: Fields = {
    "question": (word("题目"), "问题 调查题目 调查问题 调查内容 调查项目 题干 question"),
    "answer": (word("答案"), "选项 回答 档次 评价 满意程度 answer"),
    "weight": (word("权重"), "系数 折算系数 满意度系数 分值系数 weight"),
    "count": (word("份数"), "人数 票数 答卷数 有效份数 有效答卷 有效问卷 数量 count"),
}
HEADINGS: tuple[str, ...] = tuple(name for name, _ in _FIELDS.values())
_NEEDED = ("question", "answer", "weight")


@dataclass(frozen=True)
class QuestionnaireFile:
    """A questionnaire as a file has it. Only to be used when there is no problem."""

    title: str
    """Its title row, or the file's name."""
    questions: tuple[SurveyQuestion, ...]
    notes: tuple[RowProblem, ...]
    """To be told: parts that were left out or read otherwise than they stand."""


def read_questionnaire(name: str, content: bytes) -> tuple[QuestionnaireFile | None, tuple[RowProblem, ...]]:
    """Read a questionnaire, and every problem with its cell. None when there is no table to read. Never raises."""
    missing = Message("没有找到表头。表头应有题目、答案、权重三列，可有份数一列；一行一个答案。")
    found, problems = find_table(name, content, _FIELDS, _NEEDED, missing)
    if found is None:
        return None, problems
    reader = _Reader(found.table, found.heading)
    reader.read()
    questions = tuple(SurveyQuestion(text, tuple(answers)) for text, answers in reader.questions.items())
    return QuestionnaireFile(found.title, questions, (*found.notes, *reader.notes)), tuple(reader.problems)


class _Reader:
    def __init__(self, table: Table, heading: NamedColumns) -> None:
        self.table, self.heading = table, heading
        self.questions: dict[str, list[SurveyAnswer]] = {}
        self.problems: list[RowProblem] = list(heading.repeated(table))
        self.notes: list[RowProblem] = []
        self._question = ""

    def read(self) -> None:
        """All questions and all problems."""
        for row in range(self.heading.row + 1, self.table.rows + 1):
            if texts := self.table.row(row):
                self._row(row, dict(texts))
        if not self.questions and not self.problems:
            self._wrong(self.heading.row, "answer", Message("表头下面没有答案。"))

    def _own(self, row: int, field: str) -> str:
        column = self.heading.of.get(field)
        return "" if column is None else self.table.own(row, column)

    def _wrong(self, row: int, field: str, message: Message) -> None:
        column = self.heading.of[field]
        self.problems.append(self.table.problem(row, column, self.heading.words.get(column), message))

    def _row(self, row: int, texts: Mapping[int, str]) -> None:
        first = min(texts)
        if any(is_total(self._own(row, field)) for field in ("question", "answer")):
            self.notes.append(self.table.problem(row, first, None, Message("合计行，未计入。")))
            return
        self._question = one_line(self.table.over(row, self.heading.of["question"])) or self._question
        answer = one_line(self._own(row, "answer"))
        if not answer:
            if self._own(row, "weight") or self._own(row, "count"):
                self._wrong(row, "answer", Message("不能为空。"))
            elif list(texts) != [self.heading.of["question"]]:
                self.notes.append(self.table.problem(row, first, None, Message("这一行没有答案，未读取。")))
            return
        if not self._question:
            self._wrong(row, "question", Message("不能为空。"))
        weight, count = self._weight(row), self._count(row)
        self.questions.setdefault(self._question, []).append(SurveyAnswer(answer, weight, count))

    def _weight(self, row: int) -> Decimal:
        cell = self._own(row, "weight")
        value = cells.weight(cell)
        if isinstance(value, Message):
            self._wrong(row, "weight", value)
            return Decimal(0)
        return value

    def _count(self, row: int) -> int | None:
        cell = self._own(row, "count")
        value = cells.count(cell) if cell.strip() else None
        if isinstance(value, Message):
            self._wrong(row, "count", value)
            return None
        return value
