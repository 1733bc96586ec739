"""Commands over a project's snapshots: import, list, withdraw, release, correct."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    table,
    who_option,
)
from core.errors import CellProblem, Message, RowProblem
from core.text import render

if TYPE_CHECKING:
    from core.service import importing
    from core.store.snapshots import Snapshot


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--project", required=True, help="项目编号;没有这个项目时新建")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="数据截至哪一天,如 2025-03-31;省略时用文件中写明的日期"
)
@click.option("--dry-run", is_flag=True, help="只预览,什么也不写入")
@click.option("--hold", is_flag=True, help="待另一人复核放行后才生效")
@who_option
@json_option
def import_data(
    file: Path, project: str, as_of: datetime | None, dry_run: bool, hold: bool, by: str, as_json: bool
) -> Reply:
    """由.docx、.xlsx或.csv导入项目数据,成为新的一期。有问题时全部列出,什么也不写入。"""
    from core.service import importing

    day, content, ctx = as_of.date() if as_of else None, importing.load(file), person(by)
    if dry_run:
        taken = importing.Taken(importing.preview(ctx, project, file.name, content, day), None)
    else:
        taken = importing.take_over(ctx, project, file.name, content, day, hold=hold)
    reading = taken.preview.reading
    code = 1 if reading.problems else 0
    if as_json:
        return Reply(code, as_text(_taken_json(taken, project)))
    already = taken.preview.already
    told = [importing.already_there(already)] if already else []
    if reading.problems:
        count = {"file": file.name, "count": len(reading.problems)}
        told.append(Message("《{file}》有{count}处问题,整份文件未导入。请修改后重新导入。", count))
    told += [problem.sentence() for problem in (*reading.problems, *reading.questions)]
    told += [reading.kept] if reading.kept and not code else []
    sentences = "".join(f"{render(sentence, 'zh_CN')}\n" for sentence in told)
    if code:
        return Reply(code, err=sentences)
    rows = [["数据项", "街镇", "上一期", "本文件"]]
    rows += [[each.what, each.place or "", each.before, each.after] for each in taken.preview.changes]
    batch = f"batch: {taken.batch}\n" if taken.batch else ""
    changed = table(rows) if taken.preview.changes else ""
    return Reply(0, f"project: {project}\n{batch}{changed}", sentences)


def _taken_json(taken: importing.Taken, project: str) -> dict[str, Any]:
    preview = taken.preview
    return {
        "project": project,
        "batch": taken.batch,
        "as_of": preview.as_of.isoformat() if preview.as_of else None,
        "digest": preview.digest,
        "already": preview.already.batch if preview.already else None,
        "changes": [vars(change) for change in preview.changes],
        "problems": [_problem_json(problem) for problem in preview.reading.problems],
        "questions": [_problem_json(problem) for problem in preview.reading.questions],
        "understood": [vars(cell) for cell in preview.reading.understood],
        "headings": dict(preview.reading.headings),
        "kept": render(preview.reading.kept, "zh_CN") if preview.reading.kept else None,
    }


def _problem_json(problem: RowProblem) -> dict[str, Any]:
    place = {"file": problem.file, "row": problem.row, "column": problem.column}
    if isinstance(problem, CellProblem):
        place |= {"sheet": problem.sheet, "cell": problem.cell}
    return place | {"message": render(problem.message, "zh_CN")}


@click.command()
@project_option
@json_option
def snapshots(project: str | None, as_json: bool) -> Reply:
    """列出项目的各期数据:截至日期、文件、导入人、状态。"""
    from core.service import batches

    here = named_project(project)
    found, fixed = batches.snapshots(CONTEXT, here), batches.corrections(CONTEXT, here)
    if as_json:
        return Reply(
            0,
            as_text(
                [
                    vars(each)
                    | {name: moment and moment.isoformat() for name, moment in _moments(each).items()}
                    | {"correction": vars(fixed[each.batch]) if each.batch in fixed else None}
                    for each in found
                ]
            ),
        )
    rows = [["批次", "截至", "状态", "导入人", "文件", "原因"]]
    for each in found:
        reason = each.reason or (fixed[each.batch].reason if each.batch in fixed else "")
        rows.append(
            [
                each.batch,
                str(each.as_of or ""),
                render(batches.STATES[each.state], "zh_CN"),
                each.by,
                each.file,
                reason,
            ]
        )
    return Reply(0, table(rows))


def _moments(snapshot: Snapshot) -> dict[str, date | None]:
    return {"as_of": snapshot.as_of, "made_at": snapshot.made_at, "state_at": snapshot.state_at}


@click.command()
@click.argument("batch")
@project_option
@click.option("--reason", required=True, help="为什么撤回")
@who_option
def withdraw(batch: str, project: str | None, reason: str, by: str) -> Reply:
    """撤回一个批次:它不再计入,前一期恢复生效;记录保留。"""
    from core.service import batches

    batches.withdraw(person(by), named_project(project), batch, reason)
    return Reply(0, f"withdrawn: {batch}\n")


@click.command()
@click.argument("batch")
@project_option
@who_option
def release(batch: str, project: str | None, by: str) -> Reply:
    """放行一个待复核的批次;须由导入人以外的人进行。"""
    from core.service import batches

    batches.release(person(by), named_project(project), batch)
    return Reply(0, f"released: {batch}\n")


@click.command()
@click.argument("field")
@click.argument("value")
@project_option
@click.option("--place", default="", help="街镇;全项目的数据项省略")
@click.option("--reason", required=True, help="为什么更正")
@who_option
def correct(field: str, value: str, project: str | None, place: str, reason: str, by: str) -> Reply:
    """更正现有数据中的一个数,成为同一截至日期的新批次;原批次保留。"""
    from core.service import batches

    return Reply(0, f"batch: {batches.correct(person(by), named_project(project), place, field, value, reason)}\n")
