"""Commands over the store itself: build, verify."""

from __future__ import annotations

import click

from core.commands.parts import CONTEXT, Reply, as_text, json_option, project_option
from core.errors import Message
from core.service import home
from core.text import render


@click.command()
def build() -> Reply:
    """没有数据文件时,由随附的样例建立。"""
    return _built(home.build())


@click.command()
@click.option("--empty", is_flag=True, help="不装入样例项目,只装入指标体系")
def init(empty: bool) -> Reply:
    """建立数据文件,或在RENEWAL_STORE指明的空数据库里建表;已有的不改动。"""
    return _built(home.init(empty=empty))


def _built(made: bool) -> Reply:
    where = {"path": str(home.location())}
    if made:
        return Reply(0, render(Message("已建立数据文件:{path}", where), "zh_CN") + "\n")
    home.store()
    return Reply(0, render(Message("数据文件已存在,未改动:{path}", where), "zh_CN") + "\n")


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
