"""Commands over standards of renovation: import, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

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
    not_read,
    notes,
    problem_json,
    written,
)


@click.group()
def standard() -> None:
    """改造标准。"""


@standard.command("import")
@click.argument("file", type=FILE)
@answer_option
@dry_run_option
@by_option
@json_option
def import_standard(file: Path, answers: tuple[str, ...], dry_run: bool, by: str, as_json: bool) -> Reply:
    """由.xlsx或.csv导入改造标准；同名的成为新版本。有问题时全部列出，什么也不写入。"""
    from core.service.manage import standard_files

    ctx = importer(by)
    seen = standard_files.preview_standard(ctx, file)
    if seen.standard is not None and (unanswered := objections(file.name, seen.questions, answers)):
        seen = replace(seen, problems=unanswered, standard=None)
    if seen.standard is not None and not dry_run:
        seen = standard_files.import_standard(ctx, file)
    found = seen.standard
    if as_json:
        content = {
            "standard": found.id if found else None,
            "version": found.version if found else None,
            "new_standard": seen.new if found else None,
            "problems": [problem_json(problem) for problem in seen.problems],
            "questions": [question_json(question) for question in seen.questions],
        }
        return Reply(1 if found is None else 0, as_text(content))
    if found is None:
        return not_read(file, seen.problems)
    return Reply(0, f"standard: {found.id}\nversion: {found.version}\n", notes(seen.questions))


@standard.command("export")
@click.argument("name")
@click.argument("file", type=FILE)
@click.option("--version", type=int, help="第几版；省略时为最新一版")
def export_standard(name: str, file: Path, version: int | None) -> Reply:
    """把改造标准写成.xlsx或.csv；已有的文件不覆盖。"""
    from core.service.manage import standard_files, versioned_files

    form = versioned_files.form_of(file)
    return written(file, standard_files.export_standard(CONTEXT, name, version, form).content)
