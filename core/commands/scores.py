"""Commands over score tables and schemes: show, import, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.commands.answers import answer_option, objections, question_json
from core.commands.parts import (
    CONTEXT,
    FILE,
    Reply,
    as_text,
    by_option,
    dry_run_option,
    importer,
    json_option,
    named_project,
    not_read,
    notes,
    problem_json,
    project_option,
    table,
    written,
)
from core.service.scoring import scorecard_json
from core.service.scoring import scorecards as scoring_service
from core.service.scoring.rounds import round_or_leading

if TYPE_CHECKING:
    from core.service.manage import scheme_files


@click.group(invoke_without_command=True)
@project_option
@click.option("--round", "round_id", help="轮次，如r1")
@click.option("--sheet", help="评分表，如r1/panel；省略时为已锁定的结果，没有锁定的为评审组的，再没有为working")
@json_option
@click.pass_context
def scorecard(
    command: click.Context, project: str | None, round_id: str | None, sheet: str | None, as_json: bool
) -> Reply | None:
    """列出评分表的各项得分、建议分、合计与等级；导入评分表。"""
    if command.invoked_subcommand is not None:
        return None
    of = named_project(project)
    card = scoring_service.scorecard(CONTEXT, of, _sheet(of, round_id, sheet))
    content = scorecard_json.as_json(card, CONTEXT)
    if as_json:
        return Reply(0, as_text(content))
    rows = [["编号", "三级指标", "满分", "得分", "建议分", "状态", "原因"]]
    rows += [
        [
            i["code"],
            i["l3"],
            i["weight"],
            i["points"] or "—",
            _suggested(i["suggestion"]),
            i["out"] or i["status"],
            i["reason"],
        ]
        for i in content["items"]
    ]
    rows.append(["", "合计", content["weight"], content["total"], "", content["grade"] or "—", ""])
    return Reply(0, table(rows))


def _sheet(project: str, round_id: str | None, sheet: str | None) -> str:
    """Find the sheet: `--sheet r1/panel`, `--round r1 --sheet panel`, else the leading one of the project or round."""
    if sheet is None:
        head = round_or_leading(CONTEXT, project, round_id)
        return scoring_service.WORKING if head is None else head.result
    return sheet if round_id is None or sheet.startswith(f"{round_id}/") else f"{round_id}/{sheet}"


def _suggested(suggestion: dict[str, Any]) -> str:
    """Print a suggestion in a cell: its points, or those by each basis."""
    several = "/".join(each["points"] for each in suggestion["alternatives"])
    return suggestion["points"] or several or "—"


@scorecard.command("import")
@click.argument("file", type=FILE)
@project_option
@click.option("--round", "round_id", help="轮次，如r1；只有一轮时可省略；self为自评轮，没有时新开")
@click.option("--points", metavar="列", help="得分在哪一列：表头或列号，如“复核得分”或F；有几列得分时指明")
@click.option("--form", type=click.IntRange(1), metavar="第几张", help="文件里有几张评分表时，导入第几张")
@click.option("--others", is_flag=True, help="其余各列得分也各成一张评分表，自评的归入自评轮")
@answer_option
@dry_run_option
@by_option
@json_option
def import_scorecard(
    file: Path,
    project: str | None,
    round_id: str | None,
    points: str | None,
    form: int | None,
    others: bool,
    answers: tuple[str, ...],
    dry_run: bool,
    by: str,
    as_json: bool,
) -> Reply:
    """由.xlsx、.docx或.csv导入已填写的评分表或自评表；不指明项目时新建项目。有问题时全部列出，什么也不写入。"""
    from core.service.manage import scorecard_files

    ctx = importer(by)
    seen = _answered(
        file, scorecard_files.preview_scorecard(ctx, file, project, round_id, points, form, others=others), answers
    )
    if seen.imported is not None and not dry_run:
        made = scorecard_files.import_scorecard(ctx, file, project, round_id, points, form, others=others)
        seen = replace(seen, imported=made)
    found = seen.imported
    if as_json:
        read = seen.read.title if seen.read else None
        columns, forms = [each.title for each in seen.columns], list(seen.file.forms if seen.file else ())
        sheets = list(found.sheets) if found else []
        return _import_json(seen, {"sheets": sheets, "points": read, "columns": columns, "forms": forms})
    if found is None:
        return not_read(file, seen.problems, _hint(seen))
    made_sheets = "".join(f"sheet: {each}\n" for each in found.sheets)
    return Reply(0, f"project: {found.project}\n{made_sheets}", notes(seen.questions))


def _hint(seen: scheme_files.SchemePreview) -> str:
    """Say which option chooses, where a column of points or a form has to be chosen."""
    if seen.columns and seen.read is None:
        return f"请用--points指明其中一列，如 --points {seen.columns[-1].letter}。\n"
    forms = seen.file.forms if seen.file else ()
    return "请用--form指明其中一张，如 --form 1。\n" if len(forms) > 1 else ""


def _answered(file: Path, seen: scheme_files.SchemePreview, answers: tuple[str, ...]) -> scheme_files.SchemePreview:
    """The preview, with nothing to import where an answer is missing or a no."""
    found = objections(file.name, seen.questions, answers) if seen.imported is not None else ()
    return replace(seen, problems=found, imported=None) if found else seen


def _import_json(seen: scheme_files.SchemePreview, more: Mapping[str, Any]) -> Reply:
    """Print an import's result, or with --dry-run its preview."""
    found = seen.imported
    content = {
        "project": (found.project or None) if found else None,
        "sheet": (found.sheet or None) if found else None,
        "scheme": found.scheme.id if found else None,
        "version": found.scheme.version if found else None,
        "new_scheme": found.new_scheme if found else None,
        **more,
        "problems": [problem_json(problem) for problem in seen.problems],
        "questions": [question_json(question) for question in seen.questions],
    }
    return Reply(1 if found is None else 0, as_text(content))


@scorecard.command("export")
@click.argument("file", type=FILE)
@project_option
@click.option("--round", "round_id", help="轮次，如r1")
@click.option("--sheet", help="评分表，如working或r1/working")
def export_scorecard(file: Path, project: str | None, round_id: str | None, sheet: str | None) -> Reply:
    """把评分表写成.xlsx或.csv；已有的文件不覆盖。"""
    from core.service.manage import scorecard_files, versioned_files

    form = versioned_files.form_of(file)
    of = named_project(project)
    return written(file, scorecard_files.export_scorecard(CONTEXT, of, _sheet(of, round_id, sheet), form).content)


@click.group()
def scheme() -> None:
    """指标体系。"""


@scheme.command("import")
@click.argument("file", type=FILE)
@answer_option
@dry_run_option
@by_option
@json_option
def import_scheme(file: Path, answers: tuple[str, ...], dry_run: bool, by: str, as_json: bool) -> Reply:
    """由.xlsx、.docx或.csv导入指标体系；同名的成为新版本。有问题时全部列出，什么也不写入。"""
    from core.service.manage import scheme_files

    ctx = importer(by)
    seen = _answered(file, scheme_files.preview_scheme(ctx, file), answers)
    if seen.imported is not None and not dry_run:
        seen = replace(seen, imported=scheme_files.import_scheme(ctx, file))
    found = seen.imported
    if as_json:
        return _import_json(seen, {})
    if found is None:
        return not_read(file, seen.problems)
    return Reply(0, f"scheme: {found.scheme.id}\nversion: {found.scheme.version}\n", notes(seen.questions))


@scheme.command("export")
@click.argument("name")
@click.argument("file", type=FILE)
@click.option("--version", type=int, help="第几版；省略时为最新一版")
def export_scheme(name: str, file: Path, version: int | None) -> Reply:
    """把指标体系写成.xlsx或.csv；已有的文件不覆盖。"""
    from core.service.manage import scheme_files, versioned_files

    return written(file, scheme_files.export_scheme(CONTEXT, name, version, versioned_files.form_of(file)).content)
