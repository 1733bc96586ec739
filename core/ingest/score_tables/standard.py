"""A standard of renovation from .xlsx or .csv: (what it holds, all that is wrong with it).

Columns are known by their heading: 编号 组别 内容, and 出处 and 性质 where there are any. Rows above it are titles. A
point without a number of its own gets one in its order where no point has any; a group goes on over blanks and merges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.errors import Message, RowProblem
from core.ingest.files.labels import one_line, plain
from core.ingest.files.table import Table
from core.ingest.score_tables.named_columns import Fields, NamedColumns, find_table
from core.model.standard import PointKind, StandardPoint
from core.model.storable import MOST_TEXT, too_long
from core.text import word

_FIELDS: Fields = {
    "code": (word("编号"), "序号 条款 条款号 条目 code"),
    "group": (word("组别"), "类别 分类 大类 项目 部位 group"),
    "text": (word("改造标准"), "内容 标准 要求 改造内容 改造要求 标准内容 检查内容 text renovationstandard"),
    "section": (word("出处"), "依据 来源 section"),
    "kind": (word("性质"), "类型 kind"),
}
NAMES: Mapping[str, str] = {field: name for field, (name, _) in _FIELDS.items()}
KIND_NAMES: Mapping[PointKind, str] = {"standard": word("标准"), "content": word("改造内容")}
_KINDS: Mapping[str, PointKind] = {name: kind for kind, name in KIND_NAMES.items()} | {
    "standard": "standard", "content": "content", "": "standard", "内容": "content",
}  # fmt: skip
MOST_POINTS = 300
MOST_CODE, MOST_GROUP = 20, 100
_HINT = Message("编号、组别、改造标准（内容）、出处、性质（标准或改造内容）")


@dataclass(frozen=True)
class StandardFile:
    """A standard as a file has it. Only to be used when there is no problem."""

    title: str
    """Its title row, or the file's name."""
    points: tuple[StandardPoint, ...]
    notes: tuple[RowProblem, ...]
    """To be told: parts that were read otherwise than they stand, points that got a number."""


def read_standard(name: str, content: bytes) -> tuple[StandardFile | None, tuple[RowProblem, ...]]:
    """A standard, and every problem with its cell. None when there is no table to read. Never raises."""
    text = Message("没有找到表头。表头应有“{text}”一列，其他列可有：{hint}。", {"text": NAMES["text"], "hint": _HINT})
    found, problems = find_table(name, content, _FIELDS, ("text",), text)
    if found is None:
        return None, problems
    reader = _Reader(found.table, found.heading)
    reader.read()
    return StandardFile(found.title, tuple(reader.points), (*found.notes, *reader.notes)), tuple(reader.problems)


class _Reader:
    def __init__(self, table: Table, heading: NamedColumns) -> None:
        self.table, self.heading = table, heading
        self.points: list[StandardPoint] = []
        self.problems: list[RowProblem] = list(heading.repeated(table))
        self.notes: list[RowProblem] = []
        self._rows: list[int] = []
        self._group = ""

    def read(self) -> None:
        """All points and all problems."""
        for row in range(self.heading.row + 1, self.table.rows + 1):
            self._row(row)
        if not self.points and not self.problems:
            self._wrong(self.heading.row, self.heading.of["text"], Message("表头下面没有条目。"))
        if len(self.points) > MOST_POINTS:
            text = Message("条目超过{most}条，未读取。", {"most": MOST_POINTS})
            self._wrong(self.heading.row, self.heading.of["text"], text)
        self._number()
        self._repeated()

    def _own(self, row: int, field: str) -> str:
        column = self.heading.of.get(field)
        return "" if column is None else self.table.own(row, column)

    def _wrong(self, row: int, column: int, message: Message) -> None:
        self.problems.append(self.table.problem(row, column, self.heading.words.get(column), message))

    def _row(self, row: int) -> None:
        texts = self.table.row(row)
        if not texts or dict(texts) == {c: w for c, w in self.heading.words.items() if c in dict(texts)}:
            return
        if (column := self.heading.of.get("group")) is not None:
            self._group = self._short(row, "group", one_line(self.table.over(row, column)), MOST_GROUP) or self._group
        text = one_line(self._own(row, "text"))
        if not text:
            self._without_text(row, texts)
            return
        kind = _KINDS.get(plain(self._own(row, "kind")).lower())
        if kind is None:
            params = {"names": tuple(KIND_NAMES.values()), "cell": self._own(row, "kind")}
            self._wrong(row, self.heading.of["kind"], Message("应为{names}之一，读到“{cell}”。", params))
        self.points.append(
            StandardPoint(
                self._short(row, "code", one_line(self._own(row, "code")), MOST_CODE),
                self._group,
                self._short(row, "text", text, MOST_TEXT),
                self._short(row, "section", " ".join(self._own(row, "section").split()), MOST_TEXT),
                kind or "standard",
            )
        )
        self._rows.append(row)

    def _without_text(self, row: int, texts: list[tuple[int, str]]) -> None:
        """A row of one label is a group's heading; with a code and no text, something is missing."""
        if len(texts) == 1 and not self._own(row, "code"):
            self._group = one_line(texts[0][1])[:MOST_GROUP]
            return
        if self._own(row, "code"):
            self._wrong(row, self.heading.of["text"], Message("不能为空。"))
            return
        self.notes.append(self.table.problem(row, texts[0][0], None, Message("这一行没有内容，未读取。")))

    def _short(self, row: int, field: str, text: str, most: int) -> str:
        if (said := too_long(text, most)) is not None:
            self._wrong(row, self.heading.of[field], said)
        return text[:most]

    def _number(self) -> None:
        """Points are called by their codes: in a file that has none at all they are counted."""
        without = [row for row, point in zip(self._rows, self.points, strict=True) if not point.code]
        if without and len(without) == len(self.points):
            self.points = [
                StandardPoint(str(number), point.group, point.text, point.section, point.kind)
                for number, point in enumerate(self.points, start=1)
            ]
            text = Message("文件里没有编号，已按顺序编为1至{count}。", {"count": len(self.points)})
            self.notes.append(self.table.problem(self.heading.row, self.heading.of["text"], None, text))
            return
        for row in without:
            self._wrong(row, self.heading.of["code"], Message("不能为空。"))

    def _repeated(self) -> None:
        for row, point, first in self._again():
            params = {"name": point.code, "first": first}
            self._wrong(row, self.heading.of["code"], Message("“{name}”与第{first}行重复。", params))

    def _again(self) -> Iterator[tuple[int, StandardPoint, int]]:
        seen: dict[str, int] = {}
        for row, point in zip(self._rows, self.points, strict=True):
            if point.code in seen:
                yield row, point, seen[point.code]
            seen.setdefault(point.code, row)
