"""Commands over a project's snapshots: import, list, withdraw, release, correct."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.commands.answers import answer_option, answered, but, how_to_say_yes, objections, question_json
from core.commands.monthly import import_months
from core.commands.parts import (
    CONTEXT,
    FILE,
    Reply,
    as_text,
    dry_run_option,
    json_option,
    listed,
    map_option,
    named_project,
    person,
    problem_json,
    project_option,
    table,
    who_option,
    written,
)
from core.commands.project_list import import_each
from core.errors import Message, RenewalError, RowProblem
from core.text import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ingest.project_tables.read_columns import ReadColumn
    from core.service.manage import importing
    from core.store.snapshots import Snapshot


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--project", help="项目编号；没有这个项目时新建")
@click.option("--each", is_flag=True, help="文件是项目清单，一行一个项目：每个项目各导入为一期，一起写入或都不写入")
@click.option(
    "--which", multiple=True, metavar="名称=编号", help="--each时：清单中的这个项目是哪一个；编号留空时不导入这一行"
)
@click.option("--approved-on", type=click.DateTime(["%Y-%m-%d"]), help="--each时：清单未写批复日期的新项目的批复日期")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="数据截至哪一天，如2025-03-31；省略时用文件中写明的日期"
)
@dry_run_option
@map_option
@click.option("--with-hidden", is_flag=True, help="连同隐藏的行、列和工作表一起读取")
@click.option("--hold", is_flag=True, help="待另一人复核放行后才生效")
@answer_option
@who_option
@json_option
def import_data(
    file: Path,
    project: str | None,
    each: bool,
    which: tuple[str, ...],
    approved_on: datetime | None,
    as_of: datetime | None,
    dry_run: bool,
    said: Mapping[str, str],
    with_hidden: bool,
    hold: bool,
    answers: tuple[str, ...],
    by: str,
    as_json: bool,
) -> Reply:
    """由.docx、.xlsx或.csv导入项目数据，成为新的一期。有问题时全部列出，什么也不写入。"""
    from core.service.manage import importing

    day, ctx = as_of.date() if as_of else None, person(by)
    if each:
        if answers:
            raise RenewalError(Message("--answer不能和--each同用：每个项目的问题不同。请逐个项目导入。"))
        approved, list_ = approved_on.date() if approved_on else None, importing.load(file)
        return import_each(ctx, file.name, list_, day, which, approved, dry_run=dry_run, hold=hold, as_json=as_json)
    if project is None:
        here = click.get_current_context()
        raise click.MissingParameter(ctx=here, param=next(p for p in here.command.params if p.name == "project"))
    content = importing.load(file)
    seen = (
        importing.preview(ctx, project, file.name, content, day, said, hidden=with_hidden)
        if dry_run or answers
        else None
    )
    series = seen.reading.series if seen else None
    if series is not None and answered(series.question, answers):
        return import_months(
            ctx, project, file.name, content, day, said, answers,
            hidden=with_hidden, dry_run=dry_run, hold=hold, as_json=as_json,
        )  # fmt: skip
    if series is not None:
        answers = but(series.question, answers)  # a no, or no answer: the file is one snapshot
    objected = objections(file.name, seen.reading.questions, answers) if seen and not seen.reading.problems else ()
    if seen and (dry_run or objected):
        reading = replace(seen.reading, problems=(*seen.reading.problems, *objected))
        taken = importing.Taken(replace(seen, reading=reading), None)
    else:
        taken = importing.take_over(ctx, project, file.name, content, day, said, hold=hold, hidden=with_hidden)
    reading = taken.preview.reading
    code = 1 if reading.problems else 0
    if as_json:
        return Reply(code, as_text(_taken_json(taken, project)))
    already = taken.preview.already
    told = [importing.already_there(already)] if already else []
    if reading.problems:
        count = {"file": file.name, "count": len(reading.problems)}
        told.append(Message("《{file}》有{count}处问题，整份文件未导入。请修改后重新导入。", count))
    told += [problem.sentence() for problem in (*reading.problems, *reading.questions)]
    if reading.series is not None and taken.batch is None:
        told += [reading.series.question.sentence(), how_to_say_yes(reading.series.question)]
    told += [problem.sentence() for problem in reading.unread]
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
        "problems": [problem_json(problem) for problem in preview.reading.problems],
        "questions": [question_json(question) for question in _asked(preview.reading)],
        "unread": [problem_json(problem) for problem in preview.reading.unread],
        "understood": [vars(cell) for cell in preview.reading.understood],
        "headings": dict(preview.reading.headings),
        "columns": [_column_json(column) for column in preview.reading.columns],
        "kept": render(preview.reading.kept, "zh_CN") if preview.reading.kept else None,
    }


def _asked(reading: importing.FactsReading) -> tuple[RowProblem, ...]:
    """What is asked of a file; last whether it is a monthly series, which may be left without an answer."""
    return (*reading.questions, *([reading.series.question] if reading.series is not None else []))


def _column_json(column: ReadColumn) -> dict[str, Any]:
    return {
        "cell": column.cell,
        "heading": column.heading,
        "field": column.field,
        "suggestions": [{"field": guess.field, "why": render(guess.why, "zh_CN")} for guess in column.suggestions],
    }


@click.command()
@project_option
@json_option
def snapshots(project: str | None, as_json: bool) -> Reply:
    """列出项目的各期数据：截至日期、文件、导入人、状态。"""
    from core.service.base import batches

    here = named_project(project)
    found, fixed = batches.snapshots(CONTEXT, here), batches.corrections(CONTEXT, here)
    content = [
        vars(each)
        | {name: moment and moment.isoformat() for name, moment in _moments(each).items()}
        | {"correction": vars(fixed[each.batch]) if each.batch in fixed else None}
        for each in found
    ]
    rows = [["批次", "截至", "状态", "导入人", "文件", "原因"]]
    for each in found:
        reason = each.reason or (fixed[each.batch].reason if each.batch in fixed else "")
        state = render(batches.STATES[each.state], "zh_CN")
        rows.append([each.batch, str(each.as_of or ""), state, each.by, each.file, reason])
    return listed(as_json, content, rows)


def _moments(snapshot: Snapshot) -> dict[str, date | None]:
    return {"as_of": snapshot.as_of, "made_at": snapshot.made_at, "state_at": snapshot.state_at}


@click.command()
@click.argument("batch")
@project_option
@click.option("--reason", required=True, help="为什么撤回")
@who_option
def withdraw(batch: str, project: str | None, reason: str, by: str) -> Reply:
    """撤回一个批次：它不再计入，前一期恢复生效；记录保留。"""
    from core.service.base import batches

    batches.withdraw(person(by), named_project(project), batch, reason)
    return Reply(0, f"withdrawn: {batch}\n")


@click.command()
@click.argument("batch")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@project_option
@click.option("--reason", required=True, help="为什么改")
@who_option
def redate(batch: str, day: datetime, project: str | None, reason: str, by: str) -> Reply:
    """改一个批次的数据截止日：同样的数成为新的批次，原批次撤回，两步记为一件事。"""
    from core.service.base import batches

    made = batches.redate(person(by), named_project(project), batch, day.date(), reason)
    return Reply(0, f"redated: {batch} -> {made}\n")


@click.command()
@click.argument("batch")
@project_option
@who_option
def release(batch: str, project: str | None, by: str) -> Reply:
    """放行一个待复核的批次；须由导入人以外的人进行。"""
    from core.service.base import batches

    batches.release(person(by), named_project(project), batch)
    return Reply(0, f"released: {batch}\n")


@click.command()
@click.argument("field")
@click.argument("value")
@project_option
@click.option("--place", default="", help="街镇；全项目的数据项省略")
@click.option("--reason", required=True, help="为什么更正")
@who_option
def correct(field: str, value: str, project: str | None, place: str, reason: str, by: str) -> Reply:
    """更正现有数据中的一个数，成为同一截至日期的新批次；原批次保留。"""
    from core.service.base import batches

    return Reply(0, f"batch: {batches.correct(person(by), named_project(project), place, field, value, reason)}\n")


@click.command()
@click.argument("file", type=FILE)
def template(file: Path) -> Reply:
    """写出一份空白的填报模板（.xlsx）：每张表一个工作表，表头带说明和下拉选项。填好后用import导入。"""
    from core.service.base import batches

    return written(file, batches.blank_template(CONTEXT))
