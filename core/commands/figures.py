"""Commands that say figures: measures, checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from core.commands.parts import CONTEXT, Reply, as_text, json_option, named_project, project_option, table
from core.model.measure import Measure
from core.service import project as project_service
from core.text import render
from core.text.numbers import measure as print_measure


@click.command()
@project_option
@click.option("--basis", help="只列该计算口径:estimate bond budget arrived …")
@click.option("--baseline", help="计划工期,如 2306-2512")
@json_option
def measures(project: str | None, basis: str | None, baseline: str | None, as_json: bool) -> Reply:
    """列出项目的全部指标值及其计算口径。"""
    found = project_service.measures(CONTEXT, named_project(project), basis=basis, baseline=baseline)
    if as_json:
        return Reply(0, as_text([_measure_json(measure) for measure in found]))
    heading = ["指标", "名称", "街镇", "值", "单位", "口径", "情形"]
    return Reply(
        0,
        table(
            [heading]
            + [
                [
                    m.id,
                    m.name,
                    m.place or "",
                    print_measure(m),
                    "" if m.unit == "ratio" else m.unit,
                    m.basis or "",
                    m.scenario or "",
                ]
                for m in found
            ]
        ),
    )


def _measure_json(measure: Measure) -> dict[str, Any]:
    def exact(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    is_date = isinstance(measure.value, date)
    return {
        "id": measure.id,
        "name": measure.name,
        "place": measure.place,
        "value": measure.value.isoformat() if isinstance(measure.value, date) else exact(measure.value),
        "value_type": "date" if is_date or measure.unit == "" else "decimal",
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
    """列出核对结果:一致 P,提示 W,不一致 E,待核实 Q。"""
    from core.service import evidence

    here = named_project(project)
    found = evidence.as_json(evidence.checks(CONTEXT, here), CONTEXT, evidence.answers(CONTEXT, here))
    if as_json:
        return Reply(0, as_text(found))
    return Reply(
        0,
        table([["编号", "结果", "核对", "说明"]] + [[f["id"], f["status"], f["title"], f["message"]] for f in found]),
    )


@click.command()
@project_option
@click.option("--all", "every", is_flag=True, help="列出全部项目的预警")
@json_option
def alarms(project: str | None, every: bool, as_json: bool) -> Reply:
    """列出预警:越过预警线的数,与上一期相比新增、持续或已解除;有越线的时退出码3,没有时0。"""
    from core.service import alarms as alarm_list

    here = [each.id for each in project_service.projects(CONTEXT)] if every else [named_project(project)]
    found = {each: alarm_list.alarms(CONTEXT, each) for each in here}
    code = 3 if any(view.standing for view in found.values()) else 0
    if as_json:
        lines = [{"project": each} | line for each, view in found.items() for line in alarm_list.as_json(view, "zh_CN")]
        return Reply(code, as_text(lines))
    parts = []
    for each, view in found.items():
        if every and not view.lines:
            continue
        said = [f"{each}  {view.title}", render(view.compared, "zh_CN")]
        said += (
            [table([view.table.headings, *view.table.rows]).rstrip()]
            if view.lines
            else [render(alarm_list.NONE, "zh_CN")]
        )
        parts.append("\n".join(said) + "\n")
    parts.append(render(next(iter(found.values())).limits if found else alarm_list.NONE, "zh_CN") + "\n")
    return Reply(code, "\n".join(parts))
