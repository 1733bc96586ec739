"""The command line: python -m core …

A command that meets a store held by the running app hands its arguments over and prints what comes back, so that
its output is the same with and without the app.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.errors import CellProblem, InputError, Message, RenewalError, RowProblem
from core.model.context import Actor, Context
from core.model.measure import Measure
from core.scoring.workflow import WORKING
from core.service import home
from core.service import project as project_service
from core.service import scoring as scoring_service
from core.store import owner
from core.store.errors import StoreLocked
from core.text import render, word
from core.text.numbers import measure as print_measure

if TYPE_CHECKING:
    from core.service import importing
    from core.store.snapshots import Snapshot

CONTEXT = Context(Actor("command"))


@dataclass(frozen=True)
class Reply:
    """What a command has to say: exit code, standard output, standard error."""

    code: int
    out: str = ""
    err: str = ""


class SeveralProjects(RenewalError):  # noqa: N818
    """More than one project and none named: exit code 2."""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns of equal width on a terminal, Chinese characters counting two."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def _project(named: str | None) -> str:
    ids = [project.id for project in project_service.projects(CONTEXT)]
    if named is not None:
        return named
    if not ids:
        raise RenewalError(Message("还没有项目。请先导入资金明细表和受益明细表。"))
    if len(ids) > 1:
        raise SeveralProjects(Message("有多个项目,请用 --project 指明其中一个:{ids}", {"ids": " ".join(ids)}))
    return ids[0]


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


_project_option = click.option("--project", help="项目编号;只有一个项目时可省略")
_by_option = click.option("--by", default=word("命令行"), show_default=True, help="导入人姓名,记作这些得分是谁给的")
_who_option = click.option("--by", default=word("命令行"), show_default=True, help="经办人姓名")
_json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """旧改绩效看板的命令。"""


@cli.command()
def build() -> Reply:
    """没有数据文件时,由随附的样例建立。"""
    return _build(empty=False)


@cli.command()
@click.option("--empty", is_flag=True, help="不装入样例项目,只装入指标体系")
def init(empty: bool) -> Reply:
    """建立数据文件;已有的不改动。"""
    return _build(empty=empty)


def _build(*, empty: bool) -> Reply:
    if home.build(empty=empty):
        return Reply(0, render(Message("已建立数据文件:{path}", {"path": str(home.location())}), "zh_CN") + "\n")
    home.store()
    return Reply(0, render(Message("数据文件已存在,未改动:{path}", {"path": str(home.location())}), "zh_CN") + "\n")


@cli.command()
@_project_option
@click.option("--basis", help="只列该计算口径:estimate bond budget arrived …")
@click.option("--baseline", help="计划工期,如 2306-2512")
@_json_option
def measures(project: str | None, basis: str | None, baseline: str | None, as_json: bool) -> Reply:
    """列出项目的全部指标值及其计算口径。"""
    found = project_service.measures(CONTEXT, _project(project), basis=basis, baseline=baseline)
    if as_json:
        return Reply(0, _json([_measure_json(measure) for measure in found]))
    heading = ["指标", "名称", "街镇", "值", "单位", "口径", "情形"]
    return Reply(
        0,
        _table(
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


@cli.group(invoke_without_command=True)
@_project_option
@click.option("--round", "round_id", help="轮次,如 r1")
@click.option("--sheet", help="评分表,如 r1/panel;省略时为该轮次的 working")
@_json_option
@click.pass_context
def scorecard(
    command: click.Context, project: str | None, round_id: str | None, sheet: str | None, as_json: bool
) -> Reply | None:
    """列出评分表的各项得分、建议分、合计与等级;导入评分表。"""
    if command.invoked_subcommand is not None:
        return None
    sheet = _sheet(round_id, sheet)
    card = scoring_service.scorecard(CONTEXT, _project(project), sheet)
    content = scoring_service.as_json(card, CONTEXT)
    if as_json:
        return Reply(0, _json(content))
    rows = [["编号", "三级指标", "满分", "得分", "建议分", "状态", "原因"]]
    rows += [
        [i["code"], i["l3"], i["weight"], i["points"] or "—", _suggested(i["suggestion"]), i["status"], i["reason"]]
        for i in content["items"]
    ]
    rows.append(["", "合计", content["weight"], content["total"], "", content["grade"] or "—", ""])
    return Reply(0, _table(rows))


@scorecard.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_project_option
@_by_option
def import_scorecard(file: Path, project: str | None, by: str) -> Reply:
    """由.xlsx或.csv导入已填写的评分表;不指明项目时新建项目。有问题时全部列出,什么也不写入。"""
    from core.service import manage

    found = manage.import_scorecard(_importing(by), file, project)
    return Reply(0, f"project: {found.project}\nsheet: {found.sheet}\n", _notes(found.notes))


@cli.group()
def scheme() -> None:
    """指标体系。"""


@scheme.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_by_option
def import_scheme(file: Path, by: str) -> Reply:
    """由.xlsx或.csv导入指标体系;同名的成为新版本。有问题时全部列出,什么也不写入。"""
    from core.service import manage

    found = manage.import_scheme(_importing(by), file)
    return Reply(0, f"scheme: {found.scheme.id}\nversion: {found.scheme.version}\n", _notes(found.notes))


@scorecard.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@_project_option
@click.option("--round", "round_id", help="轮次,如 r1")
@click.option("--sheet", help="评分表,如 working 或 r1/working")
def export_scorecard(file: Path, project: str | None, round_id: str | None, sheet: str | None) -> Reply:
    """把评分表写成.xlsx或.csv;已有的文件不覆盖。"""
    from core.service import manage

    form = manage.form_of(file)
    return _written(file, manage.export_scorecard(CONTEXT, _project(project), _sheet(round_id, sheet), form).content)


@scheme.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--version", type=int, help="第几版;省略时为最新一版")
def export_scheme(name: str, file: Path, version: int | None) -> Reply:
    """把指标体系写成.xlsx或.csv;已有的文件不覆盖。"""
    from core.service import manage

    return _written(file, manage.export_scheme(CONTEXT, name, version, manage.form_of(file)).content)


@cli.command("export")
@click.argument("kind", type=click.Choice(["pptx", "docx", "xlsx"]))
@_project_option
@click.option("--round", "round_id", help="轮次,如 r1;省略时为最新一轮")
@click.option("--checks", is_flag=True, help="幻灯片中加一页核对")
@click.option("--out", "file", required=True, type=click.Path(path_type=Path), help="写到哪个文件")
def export(kind: str, project: str | None, round_id: str | None, checks: bool, file: Path) -> Reply:
    """写出汇报幻灯片(pptx)、评价报告(docx)或工作簿(xlsx);已有的文件不覆盖。"""
    from core.service import briefing, briefing_report

    if file.suffix.lower() != f".{kind}":
        raise RenewalError(Message("“{file}”应以.{kind}结尾。", {"file": file.name, "kind": kind}))
    here = _project(project)
    if kind == "pptx":
        made = briefing.deck(CONTEXT, here, round_id, checks)
    else:
        made = (briefing_report.report if kind == "docx" else briefing_report.workbook)(CONTEXT, here, round_id)
    return _written(file, made.content)


def _written(file: Path, content: bytes) -> Reply:
    """Write a new file; one that is there stays as it is."""
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise RenewalError(Message("“{file}”已存在,未覆盖。请换一个文件名。", {"file": str(file)})) from None
    except OSError as error:
        params = {"file": str(file), "reason": error.strerror or type(error).__name__}
        raise RenewalError(Message("“{file}”无法写入({reason})。请检查文件夹和权限。", params)) from error
    return Reply(0, f"file: {file}\n")


def _importing(name: str) -> Context:
    """Who imports: scores that came in a file count as theirs."""
    return replace(CONTEXT, actor=replace(CONTEXT.actor, name=name))


def _notes(notes: Sequence[RowProblem]) -> str:
    """What was noticed in an imported file, for standard error."""
    return "".join(f"{render(note.sentence(), 'zh_CN')}\n" for note in notes)


def _suggested(suggestion: dict[str, Any]) -> str:
    """A suggestion in a cell: its points, or those by each basis."""
    several = "/".join(each["points"] for each in suggestion["alternatives"])
    return suggestion["points"] or several or "—"


def _sheet(round_id: str | None, sheet: str | None) -> str:
    """The sheet that is meant: `--sheet r1/panel`, `--round r1` (its working sheet), `--round r1 --sheet panel`."""
    if round_id is None:
        return sheet or scoring_service.WORKING
    name = sheet or WORKING
    return name if name.startswith(f"{round_id}/") else f"{round_id}/{name}"


@cli.command()
@_project_option
@_json_option
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
        return Reply(code, _json({"events": found.events, "problems": problems}))
    if sentences:
        return Reply(code, err="".join(f"{text}\n" for text in sentences))
    return Reply(code, render(Message("共{count}条记录,摘要链完整。", {"count": found.events}), "zh_CN") + "\n")


@cli.command()
@_project_option
@_json_option
def checks(project: str | None, as_json: bool) -> Reply:
    """列出核对结果:一致 P,提示 W,不一致 E,待核实 Q。"""
    from core.service import evidence

    here = _project(project)
    found = evidence.as_json(evidence.checks(CONTEXT, here), CONTEXT, evidence.answers(CONTEXT, here))
    if as_json:
        return Reply(0, _json(found))
    return Reply(
        0,
        _table([["编号", "结果", "核对", "说明"]] + [[f["id"], f["status"], f["title"], f["message"]] for f in found]),
    )


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--project", required=True, help="项目编号;没有这个项目时新建")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="数据截至哪一天,如 2025-03-31;省略时用文件中写明的日期"
)
@click.option("--dry-run", is_flag=True, help="只预览,什么也不写入")
@click.option("--hold", is_flag=True, help="待另一人复核放行后才生效")
@_who_option
@_json_option
def import_data(
    file: Path, project: str, as_of: datetime | None, dry_run: bool, hold: bool, by: str, as_json: bool
) -> Reply:
    """由.docx、.xlsx或.csv导入项目数据,成为新的一期。有问题时全部列出,什么也不写入。"""
    from core.service import importing

    day, content, ctx = as_of.date() if as_of else None, importing.load(file), _person(by)
    if dry_run:
        taken = importing.Taken(importing.preview(ctx, project, file.name, content, day), None)
    else:
        taken = importing.take_over(ctx, project, file.name, content, day, hold=hold)
    reading = taken.preview.reading
    code = 1 if reading.problems else 0
    if as_json:
        return Reply(code, _json(_taken_json(taken, project)))
    already = taken.preview.already
    told = [importing.already_there(already)] if already else []
    told += [problem.sentence() for problem in (*reading.problems, *reading.questions)]
    sentences = "".join(f"{render(sentence, 'zh_CN')}\n" for sentence in told)
    if code:
        return Reply(code, err=sentences)
    rows = [["数据项", "街镇", "上一期", "本文件"]]
    rows += [[each.what, each.place or "", each.before, each.after] for each in taken.preview.changes]
    batch = f"batch: {taken.batch}\n" if taken.batch else ""
    table = _table(rows) if taken.preview.changes else ""
    return Reply(0, f"project: {project}\n{batch}{table}", sentences)


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
    }


def _problem_json(problem: RowProblem) -> dict[str, Any]:
    place = {"file": problem.file, "row": problem.row, "column": problem.column}
    if isinstance(problem, CellProblem):
        place |= {"sheet": problem.sheet, "cell": problem.cell}
    return place | {"message": render(problem.message, "zh_CN")}


@cli.command()
@_project_option
@_json_option
def snapshots(project: str | None, as_json: bool) -> Reply:
    """列出项目的各期数据:截至日期、文件、导入人、状态。"""
    from core.service import importing

    here = _project(project)
    found, fixed = importing.snapshots(CONTEXT, here), importing.corrections(CONTEXT, here)
    if as_json:
        return Reply(
            0,
            _json(
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
                render(importing.STATES[each.state], "zh_CN"),
                each.by,
                each.file,
                reason,
            ]
        )
    return Reply(0, _table(rows))


def _moments(snapshot: Snapshot) -> dict[str, date | None]:
    return {"as_of": snapshot.as_of, "made_at": snapshot.made_at, "state_at": snapshot.state_at}


@cli.command()
@click.argument("batch")
@_project_option
@click.option("--reason", required=True, help="为什么撤回")
@_who_option
def withdraw(batch: str, project: str | None, reason: str, by: str) -> Reply:
    """撤回一个批次:它不再计入,前一期恢复生效;记录保留。"""
    from core.service import importing

    importing.withdraw(_person(by), _project(project), batch, reason)
    return Reply(0, f"withdrawn: {batch}\n")


@cli.command()
@click.argument("batch")
@_project_option
@_who_option
def release(batch: str, project: str | None, by: str) -> Reply:
    """放行一个待复核的批次;须由导入人以外的人进行。"""
    from core.service import importing

    importing.release(_person(by), _project(project), batch)
    return Reply(0, f"released: {batch}\n")


@cli.command()
@click.argument("field")
@click.argument("value")
@_project_option
@click.option("--place", default="", help="街镇;全项目的数据项省略")
@click.option("--reason", required=True, help="为什么更正")
@_who_option
def correct(field: str, value: str, project: str | None, place: str, reason: str, by: str) -> Reply:
    """更正现有数据中的一个数,成为同一截至日期的新批次;原批次保留。"""
    from core.service import importing

    return Reply(0, f"batch: {importing.correct(_person(by), _project(project), place, field, value, reason)}\n")


def _person(name: str) -> Context:
    """Who acts, as a person of their own: two names on the command line are two people."""
    return replace(CONTEXT, actor=Actor(f"{CONTEXT.actor.id}:{name}", name))


def answer(argv: Sequence[str]) -> Reply:
    """Run a command in this process, on this process's store. Raises StoreLocked, click.ClickException."""
    try:
        reply = cli.main(list(argv), prog_name="python -m core", standalone_mode=False)
    except StoreLocked:
        raise
    except SeveralProjects as error:
        return Reply(2, err=f"{error}\n")
    except InputError as error:
        problems = "".join(f"  {problem.sentence()}\n" for problem in error.problems)
        return Reply(1, err=f"{error}\n{problems}")
    except RenewalError as error:
        return Reply(1, err=f"{error}\n")
    return reply if isinstance(reply, Reply) else Reply(int(reply or 0))


def answer_for_owner(argv: list[str]) -> tuple[int, str, str]:
    """The same for a command that another process has handed over."""
    try:
        reply = answer(argv)
    except click.ClickException as error:
        return error.exit_code, "", f"{error.format_message()}\n"
    return reply.code, reply.out, reply.err


def serve_commands() -> Callable[[], None]:
    """Listen beside the store that this process has open. Returns what ends it."""
    home.store()
    return owner.listen(home.location(), answer_for_owner).close


_WRITTEN = (".xlsx", ".csv", ".docx", ".pptx")


def _with_whole_paths(argv: Sequence[str]) -> list[str]:
    """The arguments for a process that stands in another folder: a file to read or write is named from the root."""
    words = list(argv)
    if "export" in words:
        last = max(range(len(words)), key=lambda position: words[position].lower().endswith(_WRITTEN))
        words[last] = str(Path(words[last]).resolve())
        return words
    if "import" in words:
        for position in range(words.index("import") + 1, len(words)):
            if not words[position - 1].startswith("--") and Path(words[position]).is_file():
                words[position] = str(Path(words[position]).resolve())
    return words


def main(argv: Sequence[str]) -> int:
    """Answer a command, here or through the app that holds the store. Returns the exit code."""
    try:
        reply = answer(argv)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except StoreLocked as locked:
        handed = owner.ask(home.location(), _with_whole_paths(argv))
        reply = Reply(*handed) if handed is not None else Reply(1, err=f"{locked}\n")
    for stream, text in ((sys.stdout, reply.out), (sys.stderr, reply.err)):
        stream.write(text)
        stream.flush()
    return reply.code


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
