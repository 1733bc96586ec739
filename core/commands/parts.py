"""What commands share: their answer, how it prints, and the options that many of them take."""

from __future__ import annotations

import errno
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from core.errors import Message, RenewalError, RowProblem
from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.service import project as project_service
from core.text import render, word

CONTEXT = Context(Actor("command", grants=OPERATOR))
"""Whoever types commands acts as the operator of the machine: every role, but nobody's sheet."""


@dataclass(frozen=True)
class Reply:
    """What a command has to say: exit code, standard output, standard error."""

    code: int
    out: str = ""
    err: str = ""


class SeveralProjects(RenewalError):  # noqa: N818
    """More than one project and none named: exit code 2."""


class _File(click.ParamType[Path]):
    """A path as the caller means it: from the folder in which the command was typed, wherever it is answered."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, whole when the command was handed over."""
        folder = ctx.find_object(Path) if ctx else None
        return folder / value if folder else Path(value)


FILE = _File()
project_option = click.option("--project", help="项目编号;只有一个项目时可省略")
by_option = click.option("--by", default=word("命令行"), show_default=True, help="导入人姓名;评分表的得分记作此人所给")
who_option = click.option("--by", default=word("命令行"), show_default=True, help="经办人姓名")
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


def as_text(value: Any) -> str:
    """JSON as commands print it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns of equal width on a terminal, Chinese characters counting two."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def named_project(named: str | None) -> str:
    """The project that is meant: the one named, or the only one there is. Raises SeveralProjects."""
    ids = [project.id for project in project_service.projects(CONTEXT)]
    if named is not None:
        return named
    if not ids:
        raise RenewalError(Message("还没有项目。请先导入资金明细表和受益明细表。"))
    if len(ids) > 1:
        raise SeveralProjects(Message("有多个项目,请用 --project 指明其中一个:{ids}", {"ids": " ".join(ids)}))
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
    """Why the machine would not write: in our words for what is common, else in its own."""
    return _REFUSALS.get(error.errno or 0) or error.strerror or type(error).__name__


def written(file: Path, content: bytes) -> Reply:
    """Write a new file; one that is there stays as it is."""
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise RenewalError(Message("“{file}”已存在,未覆盖。请换一个文件名。", {"file": str(file)})) from None
    except OSError as error:
        params = {"file": str(file), "reason": refusal(error)}
        raise RenewalError(Message("“{file}”无法写入({reason})。请检查文件夹和权限。", params)) from error
    return Reply(0, f"file: {file}\n")


def importer(name: str) -> Context:
    """Who imports: scores that came in a file count as theirs."""
    return replace(CONTEXT, actor=replace(CONTEXT.actor, name=name))


def notes(notes: Sequence[RowProblem]) -> str:
    """What was noticed in an imported file, for standard error."""
    return "".join(f"{render(note.sentence(), 'zh_CN')}\n" for note in notes)


def person(name: str) -> Context:
    """Who acts, as a person of their own: two names on the command line are two people."""
    return replace(CONTEXT, actor=replace(CONTEXT.actor, id=f"{CONTEXT.actor.id}:{name}", name=name))
