"""项目群: projects with money, time, score, checks and findings: a page of the list, and one picture."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.checks import STATUS_NAMES, Status, run
from core.errors import Message
from core.figures import portfolio as portfolio_figures
from core.figures.figure import FigureLook, FigurePanel
from core.model.context import Context
from core.model.rights import Deed
from core.progress import quotient
from core.scoring.leading_sheet import RoundSheets, leading_round, result_of
from core.scoring.tally import scaled
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.base.ledger import ledger_of
from core.service.base.project import round_titles
from core.service.base.project_figures import panel_of
from core.service.base.reference import reference
from core.service.scoring import scorecards
from core.service.scoring.leading_sheet import how_many, since_lock
from core.store import payments, read
from core.store import portfolio as store_portfolio
from core.store.database import Store
from core.store.portfolio import Found, Only, ProjectRow, Sort, Totals
from core.text import render, word
from core.text.amounts import Amount, cell, headed
from core.text.numbers import MISSING, count, money, percent, points

PAGE = 50
"""Most projects on a page of the list."""
MOST_CHECKED = 300
"""Up to as many projects are all checked to sort by it; of more only those that are shown are."""
SORTS: dict[Sort, str] = {
    "name": word("项目名称"),
    "estimate": word("概算"),
    "paid": word("累计支付"),
    "rate": word("累计支付占概算"),
    "elapsed": word("工期已过"),
    "gap": word("支付快慢"),
    "score": word("得分"),
    "checks": word("核对不一致"),
    "findings": word("未完成整改"),
    "overdue": word("逾期整改"),
}
ONLY: dict[Only, str] = {
    "all": word("全部"),
    "slow": word("支付慢于工期"),
    "open": word("整改未完成"),
    "late": word("整改逾期"),
}
HEADINGS: tuple[str | Message, ...] = (
    word("项目"),
    headed(word("概算")),
    headed(word("累计支付")),
    word("占概算"),
    word("工期已过"),
    word("快慢（百分点）"),
    word("报告得分"),
    word("评分表合计"),
    word("数据疑点"),
    word("整改"),
    word("逾期"),
    word("数据截至"),
)


@dataclass(frozen=True)
class PortfolioAsked:
    """Request for a page of projects: filter, order, page (from 1)."""

    text: str = ""
    only: Only = "all"
    sort: Sort = "name"
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class ProjectLine:
    """A project's row as it is printed, and its id for the link."""

    project: str
    cells: tuple[str, ...]
    """Cells in the order of `HEADINGS`."""


@dataclass(frozen=True)
class PortfolioView:
    """One page of 项目群."""

    headline: Message
    lines: tuple[ProjectLine, ...]
    headings: tuple[str, ...]
    pages: int
    panel: FigurePanel | None
    """None: no project has both a payment rate and a planned time."""
    sorts: tuple[Sort, ...]
    """Orders that can be chosen: by checks only where all are checked."""
    projects: int
    """Number of projects that the filter lets through."""


@asks(Deed.SEE_ALL)
def portfolio(ctx: Context, asked: PortfolioAsked, narrow: bool = False) -> PortfolioView:
    """List the projects asked for at the context's version. A page beyond the last shows the last.

    `narrow`: the figure is for a telephone.
    """
    store = open_store.of(ctx)
    found = _found(ctx, store, asked)
    pages = max(1, -(-found.totals.projects // PAGE))
    if asked.page > pages:
        found = _found(ctx, store, replace(asked, page=pages))
    checked = statuses(ctx, store, found.rows)
    return PortfolioView(
        headline=_headline(found.totals),
        lines=tuple(
            ProjectLine(row.id, _cells(ctx, row, _head(ctx, store, row), checked[row.batch])) for row in found.rows
        ),
        headings=tuple(render(heading, ctx.language, ctx.unit) for heading in HEADINGS),
        pages=pages,
        panel=_panel(ctx, found, narrow) if found.points else None,
        sorts=tuple(sort for sort in SORTS if found.totals.every <= MOST_CHECKED or sort != "checks"),
        projects=found.totals.projects,
    )


def _found(ctx: Context, store: Store, asked: PortfolioAsked) -> Found:
    known = _contradictions(ctx, store) if asked.sort == "checks" else {}
    rounds = store_portfolio.rounds(store, ctx.version)
    return store_portfolio.portfolio(
        store,
        ctx.version,
        text=asked.text.strip() or None,
        only=asked.only,
        sort=asked.sort,
        descending=asked.descending,
        first=(max(1, asked.page) - 1) * PAGE,
        most=PAGE,
        contradictions=known,
        sheets={
            project: result_of(head) for project, every in rounds.items() if (head := leading_round(every)) is not None
        },
    )


def _contradictions(ctx: Context, store: Store) -> dict[str, int]:
    """Count contradictions by batch; none when there are too many projects to check all of them."""
    found = store_portfolio.portfolio(store, ctx.version, most=MOST_CHECKED)
    if found.totals.every > MOST_CHECKED:
        return {}
    return {batch: counts["E"] for batch, counts in statuses(ctx, store, found.rows).items()}


_lock = threading.Lock()
_checked: dict[tuple[str, str], dict[Status, int]] = {}
_MOST_KEPT = 20_000


@asks(Deed.SEE)
def statuses(ctx: Context, store: Store, rows: Sequence[ProjectRow]) -> dict[str, dict[Status, int]]:
    """Count the checks of each row's batch by status. A batch never changes: asked once a process."""
    known = {row.batch: _checked.get((store.location, row.batch)) for row in rows}
    asked = {row.batch: row.as_of for row in rows if known[row.batch] is None}
    ledgers = payments.batches_with(store, asked)
    for batch, facts in read.facts_of_batches(store, asked).items():
        found = run(facts, reference(), ledger_of(store, facts) if batch in ledgers else None)
        counts: dict[Status, int] = {status: sum(each.status == status for each in found) for status in STATUS_NAMES}
        known[batch] = counts
        with _lock:
            if len(_checked) >= _MOST_KEPT:
                _checked.clear()
            _checked[store.location, batch] = counts
    return {batch: counts for batch, counts in known.items() if counts is not None}


def _head(ctx: Context, store: Store, row: ProjectRow) -> RoundSheets | None:
    """Find the leading round of a row, if anybody has confirmed an item and the one who asks may see its sheet."""
    head = leading_round(store_portfolio.rounds(store, ctx.version).get(row.id, ()))
    if row.total is None or head is None:
        return None
    return head if result_of(head) in {sheet.id for sheet in scorecards.sheets(ctx, row.id)} else None


def rate(row: ProjectRow) -> Decimal | None:
    """Rate of paid to the estimate."""
    return quotient(row.paid, row.estimate)


def elapsed(row: ProjectRow) -> Decimal | None:
    """Rate of time passed to the planned time."""
    if row.passed is None or row.days is None:
        return None
    return quotient(Decimal(row.passed), Decimal(row.days))


def score(row: ProjectRow) -> Decimal | None:
    """Total of the leading sheet; scaled to what applies where some of it does not."""
    return row.total if row.total is None or row.applying is None else scaled(row.total, row.applying)


def _scored(ctx: Context, row: ProjectRow, head: RoundSheets) -> Message:
    title = round_titles(open_store.of(ctx), row.id)[head.id]
    params: dict[str, object] = {"total": points(score(row)), "round": title, "sheet": row.sheet or ""}
    params["confirmed"] = row.confirmed
    changed = how_many(since_lock(ctx, row.id, head.id)) if head.locked else None
    if changed is not None:
        return Message("{total}（{round}·{sheet}，已锁定；{changed}）", params | {"changed": changed})
    if head.locked:
        return Message("{total}（{round}·{sheet}，已锁定）", params)
    return Message("{total}（{round}·{sheet}，已确认{confirmed}项）", params)


def _cells(ctx: Context, row: ProjectRow, head: RoundSheets | None, checked: dict[Status, int]) -> tuple[str, ...]:
    paid_rate, time = rate(row), elapsed(row)
    told: Sequence[Message | str] = (
        row.name,
        cell(row.estimate),
        cell(row.paid),
        percent(paid_rate),
        percent(time),
        _gap(paid_rate, time),
        MISSING if row.reported is None else points(row.reported),
        MISSING if head is None else _scored(ctx, row, head),
        Message("不一致{wrong} · 待核实{asked}", {"wrong": checked["E"], "asked": checked["Q"]}),
        f"{row.done}/{row.findings}" if row.findings else MISSING,
        count(row.overdue) if row.findings else MISSING,
        Message("{day}", {"day": row.as_of}),
    )
    return tuple(render(each, ctx.language, ctx.unit) for each in told)


def _gap(paid_rate: Decimal | None, time: Decimal | None) -> Message | str:
    if paid_rate is None or time is None:
        return MISSING
    gap = 100 * (paid_rate - time)
    shown = {"points": money(abs(gap))}
    if money(abs(gap)) == "0.00":
        return Message("同步")
    return Message("慢{points}", shown) if gap < 0 else Message("快{points}", shown)


def _headline(totals: Totals) -> Message:
    if not totals.projects:
        return Message("没有符合条件的项目")
    params: dict[str, object] = {
        "projects": count(totals.projects), "known": count(totals.known),
        "estimate": Amount(totals.estimate), "paid": Amount(totals.paid),
        "rate": percent(quotient(totals.paid, totals.estimate), 1),
        "slow": count(totals.slow), "done": count(totals.done), "all": count(totals.findings),
    }  # fmt: skip
    if not totals.known:
        return Message("{projects}个项目：概算和累计支付均未填报齐；整改{done}/{all}", params)
    if totals.known < totals.projects:
        return Message(
            "{projects}个项目，其中{known}个填报齐概算和累计支付：概算{estimate}，已支付{paid}（{rate}）；"
            "{slow}个支付慢于工期，整改{done}/{all}",
            params,
        )
    return Message(
        "{projects}个项目：概算{estimate}，已支付{paid}（{rate}）；{slow}个支付慢于工期，整改{done}/{all}", params
    )


def _panel(ctx: Context, found: Found, narrow: bool) -> FigurePanel:
    totals = found.totals
    as_of = totals.last_day
    assert as_of is not None  # there is a point, so there is a project
    figure = portfolio_figures.pace(
        [
            portfolio_figures.dot(point.x, point.y, point.projects, render(point.name, ctx.language))
            for point in found.points
        ],
        [(row.name, percent(elapsed(row)), percent(rate(row))) for row in found.rows],
        Message("{name}：{headline}", {"name": Message("各项目支付与工期"), "headline": _headline(totals)}),
        projects=totals.projects,
        slow=totals.slow,
        sources=totals.sources,
        days=(totals.first_day or as_of, as_of),
    )
    return panel_of(figure, FigureLook(ctx.language, narrow=narrow, unit=ctx.unit))
