"""Import of a list of projects, one row a project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from core.commands.parts import Reply, as_text, problem_json, table
from core.errors import InputError, Message
from core.model.context import Context
from core.text import render

if TYPE_CHECKING:
    from core.service.manage.many_projects import Several


def import_each(
    ctx: Context,
    name: str,
    content: bytes,
    as_of: date | None,
    which: Sequence[str],
    approved_on: date | None,
    *,
    dry_run: bool,
    hold: bool,
    as_json: bool,
) -> Reply:
    """Import every project of a list, or say what is in it. `which`: 名称=编号."""
    from core.service.manage import many_projects

    pairs = [each.partition("=") for each in which]
    if wrong := [each for each in which if "=" not in each]:
        raise InputError(Message("“{text}”应写作“项目名称=项目编号”。", {"text": wrong[0][:40]}), ())
    said = {name.strip(): project.strip() for name, _, project in pairs}
    if dry_run:
        seen = many_projects.preview(ctx, name, content, as_of, said, approved_on)
    else:
        seen = many_projects.several(ctx, name, content, as_of, said, approved_on, hold=hold)
    code = 1 if seen.problems else 0
    if as_json:
        return Reply(code, as_text(_json(seen)))
    told: list[Message] = []
    if seen.problems:
        count = {"file": name, "count": len(seen.problems)}
        told.append(Message("《{file}》有{count}处问题，整份文件未导入。请修改后重新导入。", count))
    told += [problem.sentence() for problem in (*seen.problems, *seen.questions)]
    sentences = "".join(f"{render(sentence, 'zh_CN')}\n" for sentence in told)
    if code:
        return Reply(code, err=sentences)
    rows = [["项目", "编号", "新项目", "批次"]]
    rows += [[one.name, one.id, "是" if one.new else "", seen.batches.get(one.id, "")] for one in seen.found]
    return Reply(0, table(rows), sentences)


def _json(seen: Several) -> dict[str, Any]:
    return {
        "projects": [
            {
                "name": one.name,
                "project": one.id,
                "new": one.new,
                "batch": seen.batches.get(one.id),
                "changes": [vars(change) for change in one.changes],
            }
            for one in seen.found
        ],
        "as_of": seen.as_of.isoformat() if seen.as_of else None,
        "digest": seen.digest,
        "problems": [problem_json(problem) for problem in seen.problems],
        "questions": [problem_json(problem) for problem in seen.questions],
    }
