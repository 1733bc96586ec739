"""Whether the records are whole: every chain of digests computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Message
from core.model.context import Context
from core.model.panel import SheetEvent
from core.model.rights import Deed
from core.service import home
from core.service.asking import asks
from core.service.moments import day_and_time
from core.store import logs, read
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
    """What checking the records has found."""

    events: int
    """Records whose chain was recomputed."""
    problems: tuple[Problem, ...]


@asks(Deed.SEE_ALL)
def verify(ctx: Context, project: str | None = None) -> Verified:
    """Recompute every chain of digests (of one project, or of all) and name each record that does not hold.

    Raises UnknownName.
    """
    store = home.store()
    names = [project] if project is not None else [each.id for each in read.projects(store)]
    count, problems = 0, list[Problem]()
    for name in names:
        read.facts(store, name)
        chains = logs.check_chains(store, name)
        count += chains.events
        problems += [_problem(broken) for broken in chains.broken]
        problems += [_lost(lock, sheet) for lock, sheet in chains.missing_heads]
    return Verified(count, tuple(problems))


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
        "项目{project}评分表{sheet}的{table}被改动过:{code}第{revision}次({who},{when}),与其摘要不符。", params
    )
    if not broken.altered:
        text = Message(
            "项目{project}评分表{sheet}的{table}不连续:{code}第{revision}次({who},{when})之前的一条已被删除或改动。",
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
    text = Message("项目{project}:{who}于{when}锁定的内容与其摘要不符。", params)
    if sheet:
        text = Message("项目{project}:{who}于{when}锁定的评分表{sheet},其记录已被删除或改动。", params)
    return Problem(lock.project, sheet or lock.sheet, "sheet_event", "", lock.revision, text)
