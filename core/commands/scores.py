"""Commands over score tables and schemes: show, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from core.commands.parts import (
    CONTEXT,
    FILE,
    Reply,
    as_text,
    by_option,
    importer,
    json_option,
    named_project,
    notes,
    project_option,
    table,
    written,
)
from core.scoring.workflow import WORKING
from core.service import score_json
from core.service import scoring as scoring_service


@click.group(invoke_without_command=True)
@project_option
@click.option("--round", "round_id", help="轮次,如 r1")
@click.option("--sheet", help="评分表,如 r1/panel;省略时为该轮次的 working")
@json_option
@click.pass_context
def scorecard(
    command: click.Context, project: str | None, round_id: str | None, sheet: str | None, as_json: bool
) -> Reply | None:
    """列出评分表的各项得分、建议分、合计与等级;导入评分表。"""
    if command.invoked_subcommand is not None:
        return None
    sheet = _sheet(round_id, sheet)
    card = scoring_service.scorecard(CONTEXT, named_project(project), sheet)
    content = score_json.as_json(card, CONTEXT)
    if as_json:
        return Reply(0, as_text(content))
    rows = [["编号", "三级指标", "满分", "得分", "建议分", "状态", "原因"]]
    rows += [
        [i["code"], i["l3"], i["weight"], i["points"] or "—", _suggested(i["suggestion"]), i["status"], i["reason"]]
        for i in content["items"]
    ]
    rows.append(["", "合计", content["weight"], content["total"], "", content["grade"] or "—", ""])
    return Reply(0, table(rows))


def _sheet(round_id: str | None, sheet: str | None) -> str:
    """The sheet that is meant: `--sheet r1/panel`, `--round r1` (its working sheet), `--round r1 --sheet panel`."""
    if round_id is None:
        return sheet or scoring_service.WORKING
    name = sheet or WORKING
    return name if name.startswith(f"{round_id}/") else f"{round_id}/{name}"


def _suggested(suggestion: dict[str, Any]) -> str:
    """A suggestion in a cell: its points, or those by each basis."""
    several = "/".join(each["points"] for each in suggestion["alternatives"])
    return suggestion["points"] or several or "—"


@scorecard.command("import")
@click.argument("file", type=FILE)
@project_option
@by_option
def import_scorecard(file: Path, project: str | None, by: str) -> Reply:
    """由.xlsx或.csv导入已填写的评分表;不指明项目时新建项目。有问题时全部列出,什么也不写入。"""
    from core.service import manage

    found = manage.import_scorecard(importer(by), file, project)
    return Reply(0, f"project: {found.project}\nsheet: {found.sheet}\n", notes(found.notes))


@scorecard.command("export")
@click.argument("file", type=FILE)
@project_option
@click.option("--round", "round_id", help="轮次,如 r1")
@click.option("--sheet", help="评分表,如 working 或 r1/working")
def export_scorecard(file: Path, project: str | None, round_id: str | None, sheet: str | None) -> Reply:
    """把评分表写成.xlsx或.csv;已有的文件不覆盖。"""
    from core.service import manage

    form = manage.form_of(file)
    return written(
        file, manage.export_scorecard(CONTEXT, named_project(project), _sheet(round_id, sheet), form).content
    )


@click.group()
def scheme() -> None:
    """指标体系。"""


@scheme.command("import")
@click.argument("file", type=FILE)
@by_option
def import_scheme(file: Path, by: str) -> Reply:
    """由.xlsx或.csv导入指标体系;同名的成为新版本。有问题时全部列出,什么也不写入。"""
    from core.service import manage

    found = manage.import_scheme(importer(by), file)
    return Reply(0, f"scheme: {found.scheme.id}\nversion: {found.scheme.version}\n", notes(found.notes))


@scheme.command("export")
@click.argument("name")
@click.argument("file", type=FILE)
@click.option("--version", type=int, help="第几版;省略时为最新一版")
def export_scheme(name: str, file: Path, version: int | None) -> Reply:
    """把指标体系写成.xlsx或.csv;已有的文件不覆盖。"""
    from core.service import manage

    return written(file, manage.export_scheme(CONTEXT, name, version, manage.form_of(file)).content)
