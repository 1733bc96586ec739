"""Commands that write documents, and that check the figures of one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from core.commands.parts import (
    CONTEXT,
    FILE,
    Reply,
    as_text,
    json_option,
    named_project,
    person,
    project_option,
    refusal,
    table,
    written,
)
from core.errors import Message, RenewalError
from core.model.context import Context, Language
from core.model.paper import PaperChoice
from core.service.base.file import File
from core.text import render

_LANGUAGES: Mapping[str, Language] = {"zh": "zh_CN", "en": "en"}
_ENDINGS = {"brief": "pdf"}
"""Endings of the kinds that are not called as their files end."""


def _ids(_: click.Context, __: click.Parameter, given: str | None) -> tuple[str, ...] | None:
    """Ids of a list with commas; (): all of them. None: nothing is said."""
    return None if given is None else tuple(each.strip() for each in given.split(",") if each.strip())


@click.command("export")
@click.argument("kind", type=click.Choice(["pptx", "docx", "xlsx", "pdf", "brief", "png", "zip"]))
@project_option
@click.option("--round", "round", help="轮次，如r1；省略时为最新一轮")
@click.option("--baseline", help="计划工期，如2306-2512；省略时为默认的")
@click.option("--as", "like", help="按哪个常用选项制作；省略时按项目的默认选项，其余各项只写要改的")
@click.option("--checks/--no-checks", default=None, help="幻灯片、图框和一页简报中加上数据疑点")
@click.option("--names/--no-names", default=None, help="列出专家姓名；省略时写作专家A、专家B……")
@click.option("--slides", callback=_ids, help="选哪些幻灯片、按什么顺序，编号用逗号隔开，如cover,funds；''为全部")
@click.option("--street-pages/--no-street-pages", default=None, help="幻灯片另附各街镇一页")
@click.option("--frames", callback=_ids, help="图框成册（pdf）时选哪些、按什么顺序，如overview,pace")
@click.option("--breaks", callback=_ids, help="评价报告（docx）哪些部分另起一页，如analysis,remedies；''为接着排")
@click.option("--confidential", "confidentiality", help="每页的密级文字，如内部资料、征求意见稿；''为不写")
@click.option("--watermark/--no-watermark", default=None, help="每页加上制作人姓名和日期的水印；工作簿印在页眉")
@click.option("--by", default="", help="制作人姓名；省略时水印写作未署名")
@click.option("--template", type=FILE, help="本单位的模板：幻灯片用.pptx，评价报告用.docx；模板缺什么写在标准错误里")
@click.option(
    "--lang", "language", type=click.Choice(_LANGUAGES), default="zh", help="中文（zh）或英文（en），默认中文"
)
@click.option("--out", "file", required=True, type=FILE, help="写到哪个文件；png写到哪个文件夹")
def export(
    kind: str, project: str | None, by: str, like: str | None, template: Path | None, language: str, file: Path,
    **chosen: Any,
) -> Reply:  # fmt: skip
    """写出幻灯片（pptx）、评价报告（docx）、工作簿（xlsx）、图框（pdf，或每图一个png）、一页简报（brief），或全部文件（zip）；已有的文件不覆盖。"""
    if template is not None and kind not in ("pptx", "docx"):
        raise RenewalError(Message("--template只用于幻灯片（pptx）和评价报告（docx）。"))
    ctx = replace(person(by) if by else CONTEXT, language=_LANGUAGES[language])
    choice = _choice(ctx, named_project(project), like, chosen)
    if kind == "png":
        from core.service.briefing import frames

        return _all_written(file, frames.frames_png(ctx, named_project(project), choice))
    ending = _ENDINGS.get(kind, kind)
    if file.suffix.lower() != f".{ending}":
        raise RenewalError(Message("“{file}”应以.{kind}结尾。", {"file": file.name, "kind": ending}))
    if template is not None:
        return _in_template(ctx, kind, template, file, named_project(project), choice)
    made = _made(ctx, kind, named_project(project), choice)
    return replace(written(file, made.content), err=_lines(made.said))


def _choice(ctx: Context, project: str, like: str | None, said: dict[str, Any]) -> PaperChoice:
    """What is said on the command line, over a kept choice or the project's default."""
    from core.service.briefing import kept_choices

    begun = kept_choices.default(ctx, project) if like is None else kept_choices.choice(ctx, project, like)
    return replace(begun, **{name: value for name, value in said.items() if value is not None})


def _lines(said: Sequence[Message]) -> str:
    return "".join(f"{render(each, 'zh_CN')}\n" for each in said)


def _in_template(ctx: Context, kind: str, template: Path, file: Path, project: str, choice: PaperChoice) -> Reply:
    from core.service.base.file import load
    from core.service.briefing import evaluation, paper, slide_deck

    make = slide_deck.deck_in if kind == "pptx" else evaluation.report_in
    made = make(ctx, project, load(template, paper.MOST_TEMPLATE).content, choice)
    return replace(written(file, made.content), err=_lines(made.said))


def _made(ctx: Context, kind: str, project: str, choice: PaperChoice) -> File:
    from core.service.briefing import all_documents, evaluation, frames, slide_deck

    make: Callable[[Context, str, PaperChoice], File] = {
        "pptx": slide_deck.deck,
        "docx": evaluation.report,
        "xlsx": evaluation.workbook,
        "pdf": frames.frames_pdf,
        "brief": frames.brief_pdf,
        "zip": all_documents.all_documents,
    }[kind]
    return make(ctx, project, choice)


@click.command("export-all")
@click.option("--out", "folder", required=True, type=FILE, help="在哪个文件夹里，按时间另建一个文件夹")
def export_all(folder: Path) -> Reply:
    """写出每个项目的简报（幻灯片、全部图框、一页简报）和预警，放进按时间命名的新文件夹，绝不覆盖；有做不成的时退出码1。"""
    from core.service.briefing import scheduled_export
    from core.store.clock import now

    where = folder / scheduled_export.folder_of(now())
    out: list[str] = []
    problems: list[str] = []
    left: list[str] = []
    said: list[str] = []
    for each in scheduled_export.scheduled_files(CONTEXT):
        if each.file is None:
            problem = render(each.problem or "", "zh_CN")
            problems.append(f"{each.project} {each.kind}：{problem}\n")
            continue
        out.append(_all_written(where / each.project, [each.file]).out)
        left.extend(f"{each.project} {each.kind}：{render(line, 'zh_CN')}\n" for line in each.file.said)
        if each.kind == "alarms":
            said.append(each.file.content.decode())
    return Reply(1 if problems else 0, "\n".join(("".join(out), *said)), "".join((*problems, *left)))


def _all_written(folder: Path, files: Sequence[File]) -> Reply:
    """Write new files into a folder, which is made where it is missing; none if one of them is there."""
    there = tuple(each.name for each in files if (folder / each.name).exists())
    if there:
        params = {"folder": str(folder), "files": there}
        raise RenewalError(Message("“{folder}”里已有{files}，未写入。请换一个文件夹。", params))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        params = {"folder": str(folder), "reason": refusal(error)}
        raise RenewalError(Message("文件夹“{folder}”无法建立（{reason}）。请检查路径和权限。", params)) from error
    return Reply(0, "".join(written(folder / each.name, each.content).out for each in files))


@click.command("code")
@click.argument("code")
@json_option
def view_code(code: str, as_json: bool) -> Reply:
    """查验码代表什么画面，之后有什么变化；仍为最新时退出码0，已过期时3。"""
    from core.service.briefing import view_codes

    found = view_codes.opened(CONTEXT, code)
    stale = 3 if found.since else 0
    if as_json:
        content = {
            "code": found.code,
            "view": json.loads(found.view.canonical),
            "since": [vars(s) for s in found.since],
        }
        return Reply(stale, as_text(content))
    state = Message("已过期：之后有{count}处变化", {"count": len(found.since)}) if stale else Message("仍为最新")
    head = f"{found.code}  {render(found.made, 'zh_CN')}  {render(state, 'zh_CN')}\n"
    rows = [["变化", "当时", "现在", "原因"]] + [[s.what, s.before, s.after, s.why] for s in found.since]
    return Reply(stale, head + (table(rows) if found.since else ""))


@click.command("check-deck")
@click.argument("file", type=FILE)
@json_option
def check_deck(file: Path, as_json: bool) -> Reply:
    """核对一份旧幻灯片：哪些数已过期、为什么，哪些被手工改过；都没有时退出码0，有时3。"""
    from core.service.briefing import old_deck
    from core.service.manage.importing import load

    found = old_deck.check(CONTEXT, load(file))
    code = 3 if found.stale or found.by_hand else 0
    if as_json:
        stale, by_hand = ([vars(each) for each in part] for part in (found.stale, found.by_hand))
        return Reply(code, as_text({"code": found.opened.code, "stale": stale, "by_hand": by_hand}))
    rows = [["结果", "幻灯片", "位置", "当时", "现在", "原因"]]
    rows += [["手工改过", each.slide, each.where, each.before, each.after, ""] for each in found.by_hand]
    rows += [["已过期", each.slide, each.where, each.before, each.after, each.why] for each in found.stale]
    if not code:
        return Reply(0, render(Message("与制作时一致，各数仍为最新。"), "zh_CN") + "\n")
    return Reply(code, table(rows))
