"""/plain: 总览 and the score table as one HTML page without script: for browsers that are too old, for paper, to send.

Its figures come from the calls that the dashboard's own page asks; it is of who asks and kept by nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from string import Template
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from core.briefing.report.analysis import points_or_word
from core.errors import Message, NotAllowed, RenewalError, UnknownName
from core.figures.figure import Words
from core.figures.palette import RECONSTRUCTION_BAND
from core.model.context import AMOUNT_UNITS, LANGUAGES, Actor, AmountUnit, Context, Language
from core.model.key_figure import KeyFigure
from core.render import svg
from core.scoring.tally import ScoredItem
from core.service.base import identity
from core.service.base.project import default_project, names
from core.service.progress.decisions import Decision
from core.service.progress.first_sight import FirstSight, first_sight
from core.service.scoring.leading_sheet import LeadingScore, leading_score
from core.text import render, word
from core.text.amounts import usual
from core.text.numbers import points
from deploy.asker import asker
from deploy.index_page import part

PLAIN = "/plain"
_WIDE, _HIGH = 1200, 620
"""The chart, in pixels of a frame of 1600."""
_BUTTON = re.compile(r"<(/?)button[^>]*>")
_LOCAL = Actor("anonymous")
Say = Callable[[Words], str]
_NAME, _STREETS, _DECIDE, _SCORES = word("旧改绩效看板"), word("各街镇"), word("今天要定"), word("绩效评分")
_NOTHING, _LIVE, _CHOOSE, _TOTAL = word("没有要定的事。"), word("打开总览"), word("切换项目"), word("合计")
_HEADS = (word("编号"), word("三级指标"), word("分值"), word("得分"))
_EMPTY = word("还没有项目。请先导入资金明细表和受益明细表。")
_LIVE_ONLY = Message("统一登录时没有简版页面：登录人只有看板知道。请用较新的浏览器打开看板。")


def routes() -> list[Route]:
    """The one address."""
    return [Route(PLAIN, plain)]


async def plain(request: Request) -> Response:
    """The page of the project that the address names; or the list of projects, or a sentence in both languages."""
    who = await asker(request)
    asked = request.query_params
    language: Language = "en" if asked.get("lang") == "en" else "zh_CN"
    unit: AmountUnit = next((each for each in AMOUNT_UNITS if each == asked.get("unit")), usual(language))
    status = 200
    try:
        if identity.mode() == "oidc":
            raise NotAllowed([_LIVE_ONLY])
        content = await to_thread.run_sync(page, Context(who or _LOCAL, language, unit=unit), asked.get("project"))
    except RenewalError as error:
        status = 404 if isinstance(error, UnknownName) else 403 if isinstance(error, NotAllowed) else 503
        said = "".join(f"<p>{escape(render(error.message, each))}</p>" for each in LANGUAGES)
        content = _filled(language, render(_NAME, language), f"<main>{said}</main>")
    return HTMLResponse(content, status, {"Cache-Control": "private, no-store"})


def page(ctx: Context, project: str | None) -> str:
    """The page in the words and unit of who asks. Raises UnknownName, NotAllowed, StoreError."""

    def say(words: Words) -> str:
        return escape(render(words, ctx.language, ctx.unit))

    here = project or default_project(ctx)
    if here is None:
        return _filled(ctx.language, say(_NAME), _projects(ctx, say))
    view, head = first_sight(ctx, here), leading_score(ctx, here)
    return _filled(ctx.language, say(view.title), "\n".join(_parts(here, view, head, say)))


def _parts(project: str, view: FirstSight, head: LeadingScore, say: Say) -> Iterable[str]:
    yield f"<header><h1>{say(view.title)} · {say(view.subtitle)}</h1></header><main><h2>{say(view.headline)}</h2>"
    if view.changed is not None:
        yield f"<p>{say(view.changed)}</p><ul>{''.join(f'<li>{say(each)}</li>' for each in view.changes)}</ul>"
    yield f"<dl>{''.join(_card(each, say) for each in view.cards)}</dl>"
    if view.streets.table.rows:
        # Without script a row is not chosen and nothing put in order: what were buttons are words.
        yield _section(say(_STREETS), _BUTTON.sub(r"<\1span>", view.streets.html), ' class="streets"')
    yield '<div class="two">'
    for panel in view.panels:
        drawn = "".join(svg.charts(panel, _WIDE, _HIGH))  # the picture bears its name itself
        # Wider than a telephone: who has a keyboard only scrolls it too.
        yield f'<div class="chart" role="img" tabindex="0" aria-label="{escape(panel.alt)}">{drawn}</div>'
    yield f"{_section(say(_DECIDE), _decisions(view.decisions, say))}</div>"
    if head.card is not None:
        yield _section(say(_SCORES), _scores(head, say), ' class="sheet"')
    live = escape(f"./?{urlencode({'project': project})}")
    yield f'</main><footer><a href="{live}">{say(_LIVE)}</a></footer>'


def _projects(ctx: Context, say: Say) -> str:
    known = names(ctx)
    if not known:
        return f"<main><h1>{say(_EMPTY)}</h1></main>"
    lang = {} if ctx.language == "zh_CN" else {"lang": "en"}
    links = ((escape(f"./plain?{urlencode({'project': each, **lang})}"), say(name)) for each, name in known.items())
    listed = "".join(f'<li><a href="{address}">{name}</a></li>' for address, name in links)
    return f"<main><h1>{say(_CHOOSE)}</h1><ul>{listed}</ul></main>"


def _card(card: KeyFigure, say: Say) -> str:
    lines = (each for each in (card.caveat, card.more, card.reviewed) if each is not None)
    small = "".join(f"<small>{say(each)}</small>" for each in lines)
    return f"<div><dt>{say(card.label)}</dt><dd><b>{say(card.value)}</b>{small}</dd></div>"


def _decisions(found: Sequence[Decision], say: Say) -> str:
    if not found:
        return f"<p>{say(_NOTHING)}</p>"
    return f"<ul>{''.join(f'<li><b>{say(each.what)}</b><small>{say(each.why)}</small></li>' for each in found)}</ul>"


def _scores(head: LeadingScore, say: Say) -> str:
    """The items of the sheet that heads the project, with their points: to be read, not changed."""
    card = head.card
    assert card is not None
    band = (RECONSTRUCTION_BAND,) if card.sheet.reconstruction else ()
    named = (*(() if head.round is None else (head.round.title,)), card.sheet.name, *band)
    notes = "".join(f"<p>{say(each)}</p>" for each in (card.banner, card.claimed) if each is not None)
    heads = "".join(f'<th scope="col">{say(each)}</th>' for each in _HEADS)
    rows = "".join(_item(each, say) for each in card.items)
    total = f"<td>{points(card.tally.weight)}</td><td>{points(card.tally.total)}</td>"
    return (
        f'{notes}<table class="scores"><caption>{" · ".join(map(say, named))}</caption><thead><tr>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody><tfoot><tr><th scope="row">{say(_TOTAL)}</th><td></td>{total}</tr></tfoot></table>'
    )


def _item(item: ScoredItem, say: Say) -> str:
    each = item.indicator
    figures = f"<td>{points(each.weight)}</td><td>{say(points_or_word(item))}</td>"
    return f'<tr><th scope="row">{escape(each.code)}</th><td>{say(each.l3)}</td>{figures}</tr>'


def _section(title: str, inner: str, kind: str = "") -> str:
    return f"<section{kind}><h2>{title}</h2>{inner}</section>"


def _filled(language: Language, title: str, body: str) -> str:
    spoken = "zh-CN" if language == "zh_CN" else "en"
    return Template(part("plain.html")).substitute(language=spoken, title=title, body=body)
