"""Commands that print figures: measures, checks, alarms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from core.commands.parts import CONTEXT, Reply, as_text, json_option, listed, named_project, project_option, table
from core.model.measure import Measure
from core.service.base import project as project_service
from core.text import render
from core.text.numbers import measure as print_measure


@click.command()
@project_option
@click.option("--basis", help="只列该计算口径：estimate bond budget arrived …")
@click.option("--baseline", help="计划工期，如2306-2512")
@json_option
def measures(project: str | None, basis: str | None, baseline: str | None, as_json: bool) -> Reply:
    """列出项目的全部指标值及其计算口径。"""
    found = project_service.measures(CONTEXT, named_project(project), basis=basis, baseline=baseline)
    rows = [["指标", "名称", "街镇", "值", "单位", "口径", "情形"]]
    for m in found:
        unit = "" if m.unit == "ratio" else m.unit
        rows.append([m.id, m.name, m.place or "", print_measure(m), unit, m.basis or "", m.scenario or ""])
    return listed(as_json, [measure_json(measure) for measure in found], rows)


def measure_json(measure: Measure) -> dict[str, Any]:
    """One measure as `measures --json` prints it: numbers as exact text, days as YYYY-MM-DD, the undefined as null."""

    def exact(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    return {
        "id": measure.id,
        "name": measure.name,
        "place": measure.place,
        "value": measure.value.isoformat() if isinstance(measure.value, date) else exact(measure.value),
        "value_type": measure.value_type,
        "unit": measure.unit,
        "numerator": exact(measure.numerator),
        "denominator": exact(measure.denominator),
        "basis": measure.basis,
        "source": measure.source,
        "as_of": measure.as_of.isoformat(),
        "scenario": measure.scenario,
    }


@click.command()
@project_option
@json_option
def checks(project: str | None, as_json: bool) -> Reply:
    """列出核对结果：一致P，提示W，不一致E，待核实Q。"""
    from core.service.evidence import data_checks

    here = named_project(project)
    found = data_checks.as_json(data_checks.checks(CONTEXT, here), CONTEXT, data_checks.answers(CONTEXT, here))
    rows = [["编号", "结果", "数据疑点", "说明"]] + [[f["id"], f["status"], f["title"], f["message"]] for f in found]
    return listed(as_json, found, rows)


@click.command()
@project_option
@click.option("--all", "every", is_flag=True, help="列出全部项目的预警")
@json_option
def alarms(project: str | None, every: bool, as_json: bool) -> Reply:
    """列出预警：越过预警线的数，与上一期相比新增、持续或已解除；有越线的时退出码3，没有时0。"""
    from core.service.evidence import alarms as alarm_list

    here = [each.id for each in project_service.projects(CONTEXT)] if every else [named_project(project)]
    found = {each: alarm_list.alarms(CONTEXT, each) for each in here}
    code = 3 if any(view.crossed for view in found.values()) else 0
    if as_json:
        lines = [{"project": each} | line for each, view in found.items() for line in alarm_list.as_json(view, "zh_CN")]
        return Reply(code, as_text(lines))
    parts = []
    for each, view in found.items():
        if every and not view.lines:
            continue
        said = [f"{each}  {view.title}", render(view.compared, "zh_CN")]
        listing = table([view.table.headings, *view.table.rows]).rstrip()
        said.append(listing if view.lines else render(alarm_list.NONE, "zh_CN"))
        parts.append("\n".join(said) + "\n")
    parts.append(render(next(iter(found.values())).limits if found else alarm_list.NONE, "zh_CN") + "\n")
    return Reply(code, "\n".join(parts))
