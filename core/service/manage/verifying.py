"""Verification of the records: every chain of digests computed again, every row compared with its digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.errors import Message
from core.model.context import Context
from core.model.panel_events import SheetEvent
from core.model.rights import Deed
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.moments import day_and_time
from core.store import copying, logs, read, row_digests
from core.store.row_digests import Altered, Checked
from core.text import word


@dataclass(frozen=True)
class Problem:
    """A record that does not hold."""

    project: str
    sheet: str
    table: str
    code: str
    """"" for steps of a sheet."""
    revision: int
    message: Message


@dataclass(frozen=True)
class Verified:
    """Result of a verification."""

    events: int
    """Records whose chain was recomputed."""
    rows: int
    """Rows of all other tables that were compared with their digests, of all projects."""
    note: Message | None
    """Sentence on rows that an older version wrote without a digest."""
    problems: tuple[Problem, ...]


@asks(Deed.SEE_ALL)
def verify(ctx: Context, project: str | None = None) -> Verified:
    """Recompute every chain of digests and hold every row against it (of one project, or of all): name what does not
    hold.

    Raises UnknownName.
    """
    store = open_store.of(ctx)
    if project is not None:
        read.facts(store, project)
    with store.reading() as session, session.transaction():
        rows = copying.rows_checked(session)
    count, problems = 0, list(_of_rows(rows, project))
    for name in [project] if project is not None else logs.chained_projects(store):
        chains = logs.check_chains(store, name)
        count += chains.events
        problems += [_problem(broken) for broken in chains.broken]
        problems += [_lost(lock, sheet) for lock, sheet in chains.missing_heads]
    return Verified(count, rows.rows, _late(rows), tuple(problems))


def _of_rows(found: Checked, project: str | None) -> Iterator[Problem]:
    """List the problems outside of the chains of sheets; those of no project are always among them."""
    for number in found.broken:
        text = Message("第{number}次写入的摘要记录被改动过，或它之前的被删除。", {"number": number})
        yield Problem("", "", row_digests.TABLE, "", number, text)
    for row in found.altered:
        named = row.key.get("project", "")
        if project is None or named in ("", project):
            params: dict[str, object] = {"table": row.table, "row": _key(row)}
            text = Message("表{table}中的一行被改动过，或不是本系统写入的：{row}。", params)
            yield Problem(named, row.key.get("sheet", ""), row.table, row.key.get("code", ""), 0, text)
    for table, count in found.gone.items():
        text = Message("表{table}中有{count}行被删除。", {"table": table, "count": count})
        yield Problem("", "", table, "", 0, text)


def _key(row: Altered) -> str:
    return "，".join(f"{name}={value}" for name, value in row.key.items())


def _late(found: Checked) -> Message | None:
    if found.late is None:
        return None
    rows, at = found.late
    return Message(
        "其中{count}行由旧版本写入，摘要在{when}升级时补记，此前的改动无从查出。",
        {"count": rows, "when": day_and_time(at)},
    )


_TABLE_WORDS: Mapping[str, str] = {
    "score_event": word("评分记录"),
    "sheet_event": word("流程记录"),
    "item_input": word("填报记录"),
}


def _problem(broken: logs.Broken) -> Problem:
    event = broken.event
    code = "" if isinstance(event, SheetEvent) else event.code
    params: dict[str, object] = {
        "project": broken.project,
        "sheet": broken.sheet,
        "table": _TABLE_WORDS[broken.table],
        "code": code or "—",
        "revision": event.revision,
        "who": event.actor_name,
        "when": day_and_time(event.made_at),
    }
    text = Message(
        "项目{project}评分表{sheet}的{table}被改动过：{code}第{revision}次（{who}，{when}），与其摘要不符。", params
    )
    if not broken.altered:
        text = Message(
            "项目{project}评分表{sheet}的{table}不连续：{code}第{revision}次（{who}，{when}）之前的一条已被删除或改动。",
            params,
        )
    return Problem(broken.project, broken.sheet, broken.table, code, event.revision, text)


def _lost(lock: SheetEvent, sheet: str) -> Problem:
    params = {
        "project": lock.project,
        "who": lock.actor_name,
        "when": day_and_time(lock.made_at),
        "sheet": sheet,
    }
    text = Message("项目{project}：{who}于{when}锁定的内容与其摘要不符。", params)
    if sheet:
        text = Message("项目{project}：{who}于{when}锁定的评分表{sheet}，其记录已被删除或改动。", params)
    return Problem(lock.project, sheet or lock.sheet, "sheet_event", "", lock.revision, text)
