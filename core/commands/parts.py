"""Parts of commands: the reply, its printing, shared options, writing files."""

from __future__ import annotations

import errno
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from core.errors import CellProblem, Message, RenewalError, RowProblem
from core.model.context import Actor, Context
from core.model.fields import FIELDS
from core.model.rights import OPERATOR
from core.service.base import project as project_service
from core.service.base.file import refused
from core.text import render, word

CONTEXT = Context(Actor("command", grants=OPERATOR))
"""Whoever types commands acts as the operator of the machine: every role, but nobody's sheet."""


@dataclass(frozen=True)
class Reply:
    """Reply of a command: exit code, standard output, standard error."""

    code: int
    out: str = ""
    err: str = ""


class SeveralProjects(RenewalError):  # noqa: N818
    """More than one project and none named: exit code 2."""


class _File(click.ParamType[Path]):
    """A path as the caller means it: from the folder in which the command was typed, wherever it is answered."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Make the path whole where the command was handed over."""
        folder = ctx.find_object(Path) if ctx else None
        return folder / value if folder else Path(value)


FILE = _File()
project_option = click.option("--project", help="项目编号；只有一个项目时可省略")
by_option = click.option("--by", default=word("命令行"), show_default=True, help="导入人姓名；评分表的得分记作此人所给")
who_option = click.option("--by", default=word("命令行"), show_default=True, help="经办人姓名")
dry_run_option = click.option("--dry-run", is_flag=True, help="只预览，什么也不写入")


def _said(_: click.Context, option: click.Parameter, given: Sequence[str]) -> Mapping[str, str]:
    """Columns and what they are: C=paid, 户数|计划=户数, D= (left out)."""
    names = {field.name: field.id for field in FIELDS.values()}
    for each in given:
        if "=" not in each:
            raise click.BadParameter("应写作“列=含义”，如C=累计支付；不读取写作C=", param=option)
    pairs = (each.rpartition("=") for each in given)
    return {column.strip(): names.get(name.strip(), name.strip()) for column, _, name in pairs}


map_option = click.option(
    "--map", "said", multiple=True, callback=_said,
    help="指定一列的含义，可多次：C=累计支付、“户数|计划=户数”；不读取写作C=。随导入记住，下次同样的表自动沿用",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="输出JSON")


def as_text(value: Any) -> str:
    """Print JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Print columns of equal width on a terminal, Chinese characters counting two."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def listed(as_json: bool, content: Any, rows: Sequence[Sequence[str]]) -> Reply:
    """Print a list: `content` as JSON, or `rows` (headings first) as a table."""
    return Reply(0, as_text(content) if as_json else table(rows))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def named_project(named: str | None) -> str:
    """Find the project that is meant: the named one, or the only one there is. Raises SeveralProjects."""
    ids = [project.id for project in project_service.projects(CONTEXT)]
    if named is not None:
        return named
    if not ids:
        raise RenewalError(Message("还没有项目。请先导入资金明细表和受益明细表。"))
    if len(ids) > 1:
        raise SeveralProjects(Message("有多个项目，请用 --project 指明其中一个：{ids}", {"ids": " ".join(ids)}))
    return ids[0]


_REFUSALS = {
    errno.ENOENT: word("路径不存在"),
    errno.ENOTDIR: word("路径中有一段不是文件夹"),
    errno.EISDIR: word("这是一个文件夹"),
    errno.EACCES: word("没有权限"),
    errno.EPERM: word("没有权限"),
    errno.EROFS: word("磁盘是只读的"),
    errno.ENOSPC: word("磁盘已满"),
    errno.ENAMETOOLONG: word("名称过长"),
}


def refusal(error: OSError) -> str:
    """Word why the machine would not write: in our words for common reasons, else in its own."""
    return _REFUSALS.get(error.errno or 0) or error.strerror or type(error).__name__


def written(file: Path, content: bytes) -> Reply:
    """Write a new file; one that is there stays as it is."""
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise RenewalError(Message("“{file}”已存在，未覆盖。请换一个文件名。", {"file": str(file)})) from None
    except OSError as error:
        params = {"file": str(file), "reason": refusal(error)}
        raise RenewalError(Message("“{file}”无法写入（{reason}）。请检查文件夹和权限。", params)) from error
    return Reply(0, f"file: {file}\n")


def importer(name: str) -> Context:
    """Context of the person who imports: scores from the file count as theirs."""
    return replace(CONTEXT, actor=replace(CONTEXT.actor, name=name))


def notes(notes: Sequence[RowProblem]) -> str:
    """Print the notes on an imported file, for standard error."""
    return "".join(f"{render(note.sentence(), 'zh_CN')}\n" for note in notes)


def not_read(file: Path, problems: tuple[RowProblem, ...], hint: str = "") -> Reply:
    """Print why a file was refused, problem by problem; `hint`: which option helps."""
    listed = "".join(f"  {problem.sentence()}\n" for problem in problems)
    return Reply(1, err=f"{refused(file.name, problems)}\n{listed}{hint}")


def problem_json(problem: RowProblem) -> dict[str, Any]:
    """Make JSON of a problem or a question, with its place."""
    place = {"file": problem.file, "row": problem.row, "column": problem.column}
    if isinstance(problem, CellProblem):
        place |= {"sheet": problem.sheet, "cell": problem.cell}
    return place | {"message": render(problem.message, "zh_CN")}


def person(name: str) -> Context:
    """Context of a person of their own: two names on the command line are two people."""
    return replace(CONTEXT, actor=replace(CONTEXT.actor, id=f"{CONTEXT.actor.id}:{name}", name=name))
