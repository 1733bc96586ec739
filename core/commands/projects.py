"""Commands over a project's particulars: a new project without a file, and what was missing filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from core.commands.parts import (
    CONTEXT,
    Reply,
    as_text,
    json_option,
    named_project,
    person,
    project_option,
    table,
    who_option,
)
from core.text import render

if TYPE_CHECKING:
    from core.model.particulars import Particulars

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def project() -> None:
    """项目概况：新建项目，补填或更改名称、批复、计划工期和资金计划。"""


def _particulars(command: Callable[..., Reply]) -> Callable[..., Reply]:
    """Options for what a person says of a project."""
    for option in reversed(
        (
            click.option("--name", default="", help="项目名称"),
            click.option("--approval", default="", help="批复文号"),
            click.option("--approved-on", type=_DAY, help="批复日期，如2022-10-18"),
            click.option("--start", type=_DAY, help="计划工期的开始日，如2023-06-01"),
            click.option("--end", type=_DAY, help="计划工期的结束日，如2025-12-31"),
            click.option("--fund", multiple=True, help="资金计划的一项（万元），如“专项债=11400”；可重复，写全部来源"),
        )
    ):
        command = option(command)
    return command


@project.command()
@click.option("--project", "project_id", help="新项目的编号；省略时由名称生成")
@_particulars
@who_option
@json_option
def add(project_id: str | None, by: str, as_json: bool, **said: Any) -> Reply:
    """新建一个项目；它的数据以后导入。"""
    from core.service.manage import project_particulars

    ctx, entered = person(by), _entered(**said)
    made = project_id or project_particulars.suggested_id(ctx, entered.name)
    return _written(made, project_particulars.add(ctx, made, entered), as_json)


@project.command()
@project_option
@_particulars
@click.option("--reason", default="", help="为什么更改；补填原来没有的内容时可省略")
@who_option
@json_option
def edit(project: str | None, reason: str, by: str, as_json: bool, **said: Any) -> Reply:
    """补填或更改项目概况，成为同一截至日期的新批次；原批次保留。"""
    from core.service.manage import project_particulars

    here = named_project(project)
    return _written(here, project_particulars.edit(person(by), here, _entered(**said), reason), as_json)


@project.command()
@project_option
@json_option
def show(project: str | None, as_json: bool) -> Reply:
    """列出项目概况，以及还缺什么。"""
    from core.service.manage import project_particulars

    here = named_project(project)
    known, lacking = project_particulars.particulars_of(CONTEXT, here), project_particulars.lacking(CONTEXT, here)
    if as_json:
        content = vars(known) | {
            "project": here,
            **{name: day.isoformat() for name in ("approved_on", "start", "end") if (day := getattr(known, name))},
            "funding": [{"name": name, "planned": str(amount)} for name, amount in known.funding],
            "missing": [{"id": each.id, "message": render(each.sentence, "zh_CN")} for each in lacking],
        }
        return Reply(0, as_text(content))
    rows = [["项目编号", here], *([render(what, "zh_CN"), text] for what, text in project_particulars.printed(known))]
    return Reply(0, table(rows), "".join(f"{render(each.sentence, 'zh_CN')}\n" for each in lacking))


def _entered(
    name: str,
    approval: str,
    approved_on: datetime | None,
    start: datetime | None,
    end: datetime | None,
    fund: Sequence[str],
) -> Particulars:
    from core.service.manage.project_particulars import Particulars, read_plan

    approved, first, last = (moment.date() if moment else None for moment in (approved_on, start, end))
    return Particulars(name, approval, approved, first, last, read_plan("\n".join(fund)))


def _written(project: str, batch: str, as_json: bool) -> Reply:
    if as_json:
        return Reply(0, as_text({"project": project, "batch": batch}))
    return Reply(0, f"project: {project}\nbatch: {batch}\n")
