"""Import of a monthly series: each month of one file as a snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from core.commands.answers import objections, question_json
from core.commands.parts import Reply, as_text, problem_json, table
from core.errors import Message
from core.model.context import Context
from core.text import render
from core.text.numbers import by_unit

if TYPE_CHECKING:
    from core.service.manage.monthly import Months


def import_months(
    ctx: Context,
    project: str,
    name: str,
    content: bytes,
    as_of: date | None,
    said: Mapping[str, str],
    answers: Sequence[str],
    *,
    hidden: bool,
    dry_run: bool,
    hold: bool,
    as_json: bool,
) -> Reply:
    """Import every month of a file, or say what is in it. The series itself is among what `answers` are to."""
    from core.service.manage import importing, monthly

    seen = monthly.preview(ctx, project, name, content, as_of, said, hidden=hidden)
    objected = () if seen.problems or seen.already else objections(name, seen.questions, answers)
    if not dry_run and not objected and not seen.problems:
        seen = monthly.take_over(ctx, project, name, content, as_of, said, hold=hold, hidden=hidden)
    problems = (*seen.problems, *objected)
    code = 1 if problems else 0
    if as_json:
        return Reply(code, as_text(_json(project, seen) | {"problems": [problem_json(each) for each in problems]}))
    told: list[Message] = [importing.already_there(seen.already)] if seen.already else []
    if problems:
        count = {"file": name, "count": len(problems)}
        told.append(Message("《{file}》有{count}处问题，整份文件未导入。请修改后重新导入。", count))
    told += [problem.sentence() for problem in (*problems, *seen.questions)]
    told += [problem.sentence() for each in seen.months[-1:] for problem in each.preview.reading.unread]
    told += [kept] if not code and (kept := _kept(seen)) else []
    told += [monthly.same_as_before(each) for each in seen.months if each.same]
    sentences = "".join(f"{render(sentence, 'zh_CN')}\n" for sentence in told)
    if code:
        # Whoever still has to answer sees what it is about.
        return Reply(code, "" if seen.problems or not dry_run else _listed(seen), sentences)
    return Reply(0, f"project: {project}\n{_listed(seen)}", sentences)


def _kept(seen: Months) -> Message | None:
    """What goes on from the snapshot before the first; the other months go on from that."""
    return seen.months[0].preview.reading.kept if seen.months else None


def _listed(seen: Months) -> str:
    """The snapshots by day, with their sums."""
    if not seen.months:
        return ""
    names = dict.fromkeys(total.name for month in seen.months for total in month.sums)
    rows = [["截至", *names, "批次"]]
    for month in seen.months:
        values = {total.name: by_unit(total.number, total.unit) for total in month.sums}
        batch = month.there if month.same else seen.batches.get(month.day, "")
        rows.append([month.day.isoformat(), *(values.get(name, "—") for name in names), batch])
    return table(rows)


def _json(project: str, seen: Months) -> dict[str, Any]:
    return {
        "project": project,
        "digest": seen.digest,
        "already": seen.already.batch if seen.already else None,
        "snapshots": [
            {
                "as_of": month.day.isoformat(),
                "batch": seen.batches.get(month.day),
                "there": month.there or None,
                "same": month.same,
                "sums": {total.id: f"{total.number:f}" for total in month.sums},
                "changes": [vars(change) for change in month.preview.changes],
            }
            for month in seen.months
        ],
        "questions": [question_json(question) for question in seen.questions],
        "kept": render(kept, "zh_CN") if (kept := _kept(seen)) else None,
    }
