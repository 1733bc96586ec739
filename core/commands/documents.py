"""Commands that write documents."""

from __future__ import annotations

from pathlib import Path

import click

from core.commands.parts import CONTEXT, FILE, Reply, named_project, project_option, written
from core.errors import Message, RenewalError


@click.command("export")
@click.argument("kind", type=click.Choice(["pptx", "docx", "xlsx"]))
@project_option
@click.option("--round", "round_id", help="轮次,如 r1;省略时为最新一轮")
@click.option("--checks", is_flag=True, help="幻灯片中加一页核对")
@click.option("--out", "file", required=True, type=FILE, help="写到哪个文件")
def export(kind: str, project: str | None, round_id: str | None, checks: bool, file: Path) -> Reply:
    """写出汇报幻灯片(pptx)、评价报告(docx)或工作簿(xlsx);已有的文件不覆盖。"""
    from core.service import briefing, briefing_report

    if file.suffix.lower() != f".{kind}":
        raise RenewalError(Message("“{file}”应以.{kind}结尾。", {"file": file.name, "kind": kind}))
    here = named_project(project)
    if kind == "pptx":
        made = briefing.deck(CONTEXT, here, round_id, checks)
    else:
        made = (briefing_report.report if kind == "docx" else briefing_report.workbook)(CONTEXT, here, round_id)
    return written(file, made.content)
