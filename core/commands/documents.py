"""Commands that write documents, and that say whether one still holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from core.commands.parts import (
    CONTEXT,
    FILE,
    Reply,
    as_text,
    json_option,
    named_project,
    project_option,
    table,
    written,
)
from core.errors import Message, RenewalError
from core.text import render


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


@click.command("code")
@click.argument("code")
@json_option
def view_code(code: str, as_json: bool) -> Reply:
    """查验码代表什么画面,之后有什么变化;仍为最新时退出码0,已过期时3。"""
    from core.service import passports

    found = passports.opened(CONTEXT, code)
    stale = 3 if found.since else 0
    if as_json:
        content = {
            "code": found.code,
            "view": json.loads(found.view.canonical),
            "since": [vars(s) for s in found.since],
        }
        return Reply(stale, as_text(content))
    state = Message("已过期:之后有{count}处变化", {"count": len(found.since)}) if stale else Message("仍为最新")
    head = f"{found.code}  {render(found.made, 'zh_CN')}  {render(state, 'zh_CN')}\n"
    rows = [["变化", "当时", "现在", "原因"]] + [[s.what, s.before, s.after, s.why] for s in found.since]
    return Reply(stale, head + (table(rows) if found.since else ""))


@click.command("check-deck")
@click.argument("file", type=FILE)
@json_option
def check_deck(file: Path, as_json: bool) -> Reply:
    """核对一份旧幻灯片:哪些数已过期、为什么,哪些被手工改过;都没有时退出码0,有时3。"""
    from core.service import old_deck
    from core.service.importing import load

    found = old_deck.check(CONTEXT, load(file))
    code = 3 if found.stale or found.by_hand else 0
    if as_json:
        stale, by_hand = ([vars(each) for each in part] for part in (found.stale, found.by_hand))
        return Reply(code, as_text({"code": found.opened.code, "stale": stale, "by_hand": by_hand}))
    rows = [["结果", "幻灯片", "位置", "当时", "现在", "原因"]]
    rows += [["手工改过", each.slide, each.where, each.before, each.after, ""] for each in found.by_hand]
    rows += [["已过期", each.slide, each.where, each.before, each.after, each.why] for each in found.stale]
    if not code:
        return Reply(0, render(Message("与制作时一致,各数仍为最新。"), "zh_CN") + "\n")
    return Reply(code, table(rows))
