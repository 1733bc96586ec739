"""Commands that write documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from core.commands.parts import CONTEXT, FILE, Reply, named_project, project_option, written
from core.errors import Message, RenewalError
from core.service.manage import File

_ENDINGS = {"brief": "pdf"}
"""Of kinds that are not called as their files end."""


@click.command("export")
@click.argument("kind", type=click.Choice(["pptx", "docx", "xlsx", "pdf", "brief", "png"]))
@project_option
@click.option("--round", "round_id", help="轮次,如 r1;省略时为最新一轮")
@click.option("--checks", is_flag=True, help="幻灯片、图框和一页简报中加上核对")
@click.option("--out", "file", required=True, type=FILE, help="写到哪个文件;png写到哪个文件夹")
def export(kind: str, project: str | None, round_id: str | None, checks: bool, file: Path) -> Reply:
    """写出幻灯片(pptx)、评价报告(docx)、工作簿(xlsx)、图框(pdf,或每图一个png)、一页简报(brief);已有的文件不覆盖。"""
    if kind == "png":
        from core.service import frames

        return _all_written(file, frames.frames_png(CONTEXT, named_project(project), round_id, checks))
    ending = _ENDINGS.get(kind, kind)
    if file.suffix.lower() != f".{ending}":
        raise RenewalError(Message("“{file}”应以.{kind}结尾。", {"file": file.name, "kind": ending}))
    return written(file, _made(kind, named_project(project), round_id, checks).content)


def _made(kind: str, project: str, round_id: str | None, checks: bool) -> File:
    from core.service import briefing, briefing_report, frames

    if kind == "docx":
        return briefing_report.report(CONTEXT, project, round_id)
    if kind == "xlsx":
        return briefing_report.workbook(CONTEXT, project, round_id)
    make = {"pptx": briefing.deck, "pdf": frames.frames_pdf, "brief": frames.brief_pdf}[kind]
    return make(CONTEXT, project, round_id, checks)


def _all_written(folder: Path, files: Sequence[File]) -> Reply:
    """Write new files into a folder, which is made where it is missing; none if one of them is there."""
    there = tuple(each.name for each in files if (folder / each.name).exists())
    if there:
        params = {"folder": str(folder), "files": there}
        raise RenewalError(Message("“{folder}”里已有{files},未写入。请换一个文件夹。", params))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        params = {"folder": str(folder), "reason": error.strerror or type(error).__name__}
        raise RenewalError(Message("文件夹“{folder}”无法建立({reason})。请检查路径和权限。", params)) from error
    return Reply(0, "".join(written(folder / each.name, each.content).out for each in files))
