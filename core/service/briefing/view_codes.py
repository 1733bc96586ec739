"""查验码: given when a picture or document is made, and what has changed since when one is looked up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from core.checks.finding import STATUS_NAMES
from core.errors import Message, NotAllowed, UnknownName
from core.model.context import NEWEST, Context
from core.model.rights import Deed
from core.model.view_code import View, ViewCode, tidy
from core.service.base import open_store, project
from core.service.base.asking import asks, need
from core.service.base.moments import day_and_time
from core.service.base.since import Since, data_changes
from core.service.evidence import data_checks, findings
from core.service.scoring import leading_sheet, scorecards
from core.service.scoring.rounds import STATE_WORDS, round_or_leading
from core.store import views
from core.text import render, word
from core.text.marks import listed
from core.text.numbers import MISSING, points

__all__ = ["Opened", "Since", "find", "keep", "opened", "since", "view_code", "view_of"]

MOST_CODE = 40
"""Characters of an unknown code that are repeated back."""


@dataclass(frozen=True)
class Opened:
    """What a code stands for."""

    code: str
    view: View
    made: Message
    """When it was made, and by whom."""
    since: tuple[Since, ...]
    """None: what was shown is still so."""


@asks(Deed.SEE)
def view_of(
    ctx: Context,
    of: str,
    kind: str,
    *,
    frame: str = "",
    baseline: str | None = None,
    basis: str | None = None,
    place: str | None = None,
    round_id: str | None = None,
    checks: bool = False,
    names: bool = False,
    template: str = "",
    confidentiality: str = "",
    watermark: str = "",
    parts: tuple[str, ...] = (),
) -> View:
    """What is about to be made, at the context's version. Raises UnknownName."""
    project.facts(ctx, of)
    data, moment = views.newest(open_store.of(ctx), of, ctx.version)
    return View(
        kind, frame, of, ctx.language, baseline, basis, place, round_id, checks, data, moment,
        names, template, confidentiality, watermark, parts,
    )  # fmt: skip


def view_code(view: View) -> ViewCode:
    """The view's code, and where it opens when `RENEWAL_BASE_URL` says where the dashboard is reached."""
    base = os.environ.get("RENEWAL_BASE_URL", "").rstrip("/")
    return ViewCode(view.code, f"{base}/?{urlencode({'code': view.code})}" if base else "")


@asks(Deed.SEE)
def keep(ctx: Context, view: View, figures: str = "") -> None:
    """Put the view down, now that something has been made of it. Raises StoreError."""
    views.keep(open_store.of(ctx), view, figures, ctx.actor)


@asks(Deed.SEE)
def find(ctx: Context, code: str) -> views.Made:
    """What the code stands for. Raises UnknownName for one that was not made here, NotAllowed for another's project."""
    found = views.find(open_store.of(ctx), tidy(code))
    if found is None:
        raise UnknownName(
            Message(
                "没有查验码“{code}”的记录：可能抄错了，或不是由本系统制作的。请对照原件再输一次。",
                {"code": code[:MOST_CODE]},
            )
        )
    need(ctx, Deed.SEE, found.view.project)
    return found


@asks(Deed.SEE)
def opened(ctx: Context, code: str) -> Opened:
    """What the code stands for, and what has changed since. Raises UnknownName."""
    made = find(ctx, code)
    view = made.view
    params = {"time": day_and_time(made.made_at), "name": made.by}
    said = Message("{time}由{name}制作", params) if made.by else Message("{time}制作", params)
    return Opened(view.code, view, said, since(ctx, view))


@asks(Deed.SEE)
def since(ctx: Context, view: View) -> tuple[Since, ...]:
    """All that the view would show otherwise now, as far as the one who asks may see it."""
    now, then = replace(ctx, version=NEWEST), replace(ctx, version=view.version)
    found = [*_data(now, then, view), *_scores(now, then, view), *_findings(now, then, view)]
    if view.checks:
        found += _checks(now, then, view)
    return tuple(found)


def _data(now: Context, then: Context, view: View) -> Iterator[Since]:
    """The figures of what was made, and how many of them stand otherwise beside it since its round was locked."""
    made_then, made_now = (leading_sheet.as_locked(ctx, view.project, view.round) for ctx in (then, now))
    yield from data_changes(made_now, view.project, made_then)
    was, is_now = (leading_sheet.since_lock(ctx, view.project, view.round) for ctx in (then, now))
    if was != is_now:
        before, after = (render(Message("{count}处", {"count": len(each)}), now.language) for each in (was, is_now))
        why = listed(dict.fromkeys(each.why for each in is_now if each not in was), now.language)
        yield Since(render(word("锁定后有变"), now.language), "data", "", before, after, why)


def _scores(now: Context, then: Context, view: View) -> Iterator[Since]:
    shown = round_or_leading(then, view.project, view.round)
    if shown is None or shown.result not in {sheet.id for sheet in project.sheets(then, view.project)}:
        return
    try:
        before, after = (scorecards.scorecard(ctx, view.project, shown.result) for ctx in (then, now))
    except NotAllowed:
        return  # who may not see the sheet learns nothing of it, by whichever way
    newest = {item.indicator.code: item.event for item in after.items}
    for row in scorecards.differences_of(before, after).differences:
        event, why = newest[row.code], ""
        if event is not None:
            params = {"time": day_and_time(event.made_at), "by": event.actor_name, "reason": event.reason or MISSING}
            why = render(Message("{time}由{by}改分：{reason}", params), now.language)
        what = f"{row.code} {render(row.name, now.language)}"
        yield Since(what, "scores", row.code, points(row.left), points(row.right), why)
    if before.tally.total != after.tally.total:
        was, is_now = (points(each.tally.total) for each in (before, after))
        yield Since(render(word("合计得分"), now.language), "scores", "", was, is_now, "")
    if before.state is not after.state:
        was, is_now = (render(STATE_WORDS[each.state], now.language) for each in (before, after))
        yield Since(render(word("评分表状态"), now.language), "scores", "", was, is_now, "")


def _findings(now: Context, then: Context, view: View) -> Iterator[Since]:
    before, after = (findings.findings(ctx, view.project) for ctx in (then, now))
    old = {each.point.id: each for each in before.items}
    for each in after.items:
        known = old.get(each.point.id)
        was = MISSING if known is None else render(findings.STATE_WORDS[known.state], now.language)
        now_is = render(findings.STATE_WORDS[each.state], now.language)
        if was != now_is:
            yield Since(each.point.text, "findings", "", was, now_is, "")


def _checks(now: Context, then: Context, view: View) -> Iterator[Since]:
    made_then, made_now = (leading_sheet.as_locked(ctx, view.project, view.round) for ctx in (then, now))
    before = {each.id: each for each in data_checks.checks(made_then, view.project)}
    for each in data_checks.checks(made_now, view.project):
        known = before.get(each.id)
        was, is_now = (
            MISSING if one is None else render(STATUS_NAMES[one.status], now.language) for one in (known, each)
        )
        if was != is_now:
            yield Since(render(each.title, now.language), "checks", "", was, is_now, "")
