"""Commands over the store itself: build, verify."""

from __future__ import annotations

from pathlib import Path

import click

from core.commands.parts import (
    CONTEXT,
    Reply,
    as_text,
    json_option,
    named_project,
    person,
    project_option,
    who_option,
)
from core.errors import Message, RenewalError
from core.service import home
from core.text import render


@click.command()
def build() -> Reply:
    """没有数据文件时,由随附的样例建立。"""
    return _build(empty=False)


@click.command()
@click.option("--empty", is_flag=True, help="不装入样例项目,只装入指标体系")
def init(empty: bool) -> Reply:
    """建立数据文件;已有的不改动。"""
    return _build(empty=empty)


def _build(*, empty: bool) -> Reply:
    if home.build(empty=empty):
        return Reply(0, render(Message("已建立数据文件:{path}", {"path": str(home.location())}), "zh_CN") + "\n")
    home.store()
    return Reply(0, render(Message("数据文件已存在,未改动:{path}", {"path": str(home.location())}), "zh_CN") + "\n")


@click.command()
@project_option
@json_option
def verify(project: str | None, as_json: bool) -> Reply:
    """重新计算全部记录的摘要链;有记录被改动时指出是哪一条,退出码1。"""
    from core.service import history

    found = history.verify(CONTEXT, project)
    sentences = [render(problem.message, "zh_CN") for problem in found.problems]
    code = 1 if sentences else 0
    if as_json:
        problems = [
            {"project": p.project, "sheet": p.sheet, "table": p.table, "code": p.code, "revision": p.revision}
            | {"message": text}
            for p, text in zip(found.problems, sentences, strict=True)
        ]
        return Reply(code, as_text({"events": found.events, "problems": problems}))
    if sentences:
        return Reply(code, err="".join(f"{text}\n" for text in sentences))
    return Reply(code, render(Message("共{count}条记录,摘要链完整。", {"count": found.events}), "zh_CN") + "\n")


@click.command()
@click.argument("digest")
@click.option("--reason", required=True, help="清除的理由和依据,记入过程记录")
@project_option
@who_option
def redact(digest: str, reason: str, project: str | None, by: str) -> Reply:
    """清除一份违法或误传的佐证文件(按其SHA-256):内容删去,摘要和记录保留,不能再存入。"""
    from core.service import redaction

    redaction.redact(person(by), named_project(project), digest, reason)
    told = Message("已清除。数据文件里的旧字节在停下看板、运行 python -m core rewrite 之后消失;备份另行处理。")
    return Reply(0, render(told, "zh_CN") + "\n")


@click.command()
@click.pass_context
def rewrite(context: click.Context) -> Reply:
    """重写数据文件,使清除了的内容不再留在磁盘上。须先停下看板。"""
    if context.find_object(Path) is not None:  # handed over: the dashboard has the file open
        raise RenewalError(Message("看板正在运行。请先停下看板,再重写数据文件;文件未改动。"))
    home.rewrite()
    return Reply(0, render(Message("已重写数据文件:{path}", {"path": str(home.location())}), "zh_CN") + "\n")
