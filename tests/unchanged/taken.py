"""Take down what the program shows of a project, as named texts: all calls into the program stand in this file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from numbers import Number
from pathlib import Path
from typing import Any
from unittest.mock import patch

from core.briefing.brief import brief
from core.briefing.frames import draw
from core.commands import figures as commands
from core.errors import Message
from core.figures.figure import FigurePanel
from core.ingest.files import deck_file
from core.model.context import Actor, Context, Language
from core.model.key_figure import KeyFigure
from core.model.measure import Measure
from core.model.paper import PaperChoice
from core.model.scorecard import GradeScheme, Indicator, Scheme
from core.render import plotly, typst
from core.scoring.consensus import Consensus
from core.service.base import batches, open_store, project
from core.service.base.project_figures import FigureTable
from core.service.briefing import evaluation, frames, scheduled_export, slide_deck
from core.service.briefing.content import content_of
from core.service.evidence import alarms, data_checks, findings
from core.service.manage import demo, portfolio, scheme_files, scorecard_files, versioned_files
from core.service.progress import benefit, communities, first_sight, funds, money_and_households, overview, trend
from core.service.scoring import (
    history,
    item_records,
    leading_sheet,
    meeting,
    minutes,
    rounds,
    score_panels,
    scorecard_json,
    scorecards,
    steps,
)
from core.store import clock
from core.text import how_computed, render
from core.text.numbers import measure as print_measure
from tests.unchanged import files, screens

SAMPLE = "lingang-2023"
STORES = {SAMPLE: open_store.build_at, demo.ID: demo.make}
"""What makes each project's store."""
LANGUAGES: tuple[Language, ...] = ("zh_CN", "en")
FORMS: tuple[versioned_files.Form, ...] = ("xlsx", "csv")
ASKER = Actor("unchanged", "快照")
PEOPLE = {SAMPLE: ASKER, demo.ID: demo.PEOPLE[0].actor}
"""Who sits in front of each project's screens: in the demo one of its evaluators."""
SCREENS = (
    "progress/overview", "progress/budget", "progress/beneficiaries", "progress/communities",
    "scoring/scorecard", "scoring/panel", "scoring/history", "evidence/checks", "evidence/alarms",
    "evidence/findings", "briefing/frames", "briefing/verify", "manage/importing", "manage/portfolio",
)  # fmt: skip
"""Pages by their place below pages/."""
_WIDE = 118
_MADE_ON = re.compile(r"_\d{8}\.")
"""The day on which a score table was written, at the end of its name."""

_MASKS = (
    (re.compile(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}\b"), "<code>"),
    (re.compile(r"(?<!\d)\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?"), "<time>"),
    (re.compile(r"(?<!\d)\d{4}\\+-\d\d\\+-\d\d \d\d\\+:\d\d"), "<time>"),  # escaped for Markdown
    (re.compile(r'("(?:at|time)\\*": ?\\*")\d\d:\d\d'), r"\1<time>"),
    (re.compile(r"\b(r\d+/)[0-9a-f]{12}\b"), r"\1<hex>"),
    (re.compile(r"(?<![\w.])(?=\d*[a-f])[0-9a-f]{12,64}\b|(?<=\| )\d{12}(?= \|)|(?<=-c-)\d{12}\b"), "<hex>"),
)


def masked(text: str) -> str:
    """A text without what hangs on when it was made: codes of views, moments, digests and random ids."""
    for pattern, word in _MASKS:
        text = pattern.sub(word, text)
    return text.replace("\r", "␍")  # else Git would change it


def build(of: str, path: Path) -> None:
    """Make the store of a project, all of it within a minute: minutes of a meeting put together what was done then."""
    start = clock.now().replace(second=0, microsecond=0)
    ticks = (start + timedelta(microseconds=number) for number in count())
    with patch.object(clock, "now", lambda: next(ticks)):
        STORES[of](path)


def take(store: Path, of: str, language: Language) -> dict[str, str]:
    """Everything that the program shows of a project in a store, by name."""
    before = os.environ.get("RENEWAL_STORE")
    open_store.close()
    os.environ["RENEWAL_STORE"] = str(store)
    try:
        found = dict(_everything(of, Context(ASKER, language)))
    finally:
        open_store.close()
        if before is None:
            del os.environ["RENEWAL_STORE"]
        else:
            os.environ["RENEWAL_STORE"] = before
    return {name: masked(text) for name, text in found.items()}


def _everything(of: str, ctx: Context) -> Iterator[tuple[str, str]]:
    yield from _figures(of, ctx)
    yield from _new(_pages(of, ctx))
    yield from _scores(of, ctx)
    yield from _frames(of, ctx)
    yield from _documents(of, ctx)
    for page in SCREENS:
        yield f"screen.{page.replace('/', '.')}", screens.screen(page, of, ctx.language, PEOPLE[of])


def _new(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The texts, without those that an earlier one already says: most pages are alike whatever is chosen."""
    known: dict[str, str] = {}
    for name, text in texts:
        if text in known:
            continue
        known[text] = name
        yield name, text


# Figures


def _figures(of: str, ctx: Context) -> Iterator[tuple[str, str]]:
    facts = project.facts(ctx, of)
    usual = [_measure(m, ctx) for m in project.measures(ctx, of)]
    yield "measures", _lines(usual)
    for baseline in (each.id for each in facts.baselines if not each.default):
        others = (_measure(m, ctx) for m in project.measures(ctx, of, baseline=baseline))
        yield f"measures.{baseline}", _lines(each for each in others if each not in usual)
    yield "checks", pretty(data_checks.as_json(data_checks.checks(ctx, of), ctx, data_checks.answers(ctx, of)))
    over = alarms.alarms(ctx, of)
    yield (
        "alarms",
        _words(ctx, over) + pretty(alarms.as_json(over, ctx.language)) + scheduled_export.alarm_text(ctx, of),
    )
    yield "findings", _words(ctx, findings.findings(ctx, of))
    yield "snapshots", _words(ctx, (batches.snapshots(ctx, of), batches.corrections(ctx, of)))
    changed = {each.batch: batches.compared(ctx, of, each.batch) for each in batches.snapshots(ctx, of)}
    yield "changes", _words(ctx, changed)
    reported = {place: batches.figures(ctx, of, place) for place in facts.places}
    yield "reported", _words(ctx, reported)


def _measure(m: Any, ctx: Context) -> str:
    kept = commands.measure_json(m)
    told = (kept.pop(name) for name in ("id", "place", "basis", "scenario"))
    label = " ".join(str(each) for each in told if each is not None)
    shown = (
        print_measure(m),
        render(how_computed.printed(m), ctx.language),
        render(how_computed.condition(m), ctx.language),
    )
    values = " ".join(f"{name}={files.one_line(value)}" for name, value in kept.items() if value is not None)
    return f"{label} | {' / '.join(shown)} | {values}"


# Pages


def _pages(of: str, ctx: Context) -> Iterator[tuple[str, str]]:
    facts = project.facts(ctx, of)
    first, other = facts.places[0], next((each.id for each in facts.baselines if not each.default), None)
    for name, asked in _asked(first, other) if ctx.language == "zh_CN" else [("", (None, None, False))]:
        yield from _page(ctx, f"overview{name}", overview.overview(ctx, of, *asked))
        yield from _page(ctx, f"first_sight{name}", first_sight.first_sight(ctx, of, *asked))
        yield from _page(ctx, f"beneficiaries{name}", money_and_households.beneficiaries(ctx, of, *asked[1:]))
        yield from _page(ctx, f"benefit{name}", benefit.benefit(ctx, of, asked[1], False, asked[2]))
        yield from _page(ctx, f"budget{name}", money_and_households.budget(ctx, of, asked[0], None, *asked[1:]))
        yield from _page(ctx, f"funds{name}", funds.funds(ctx, of, asked[0], None, *asked[1:]))
        yield from _page(ctx, f"trend{name}", trend.over_time(ctx, of, *asked))
        yield from _page(ctx, f"work{name}", trend.work(ctx, of, *asked))
    yield from _page(ctx, "benefit.shares", benefit.benefit(ctx, of, None, True))
    for key in ("household", "m2", "building", "community"):
        yield from _page(ctx, f"budget.{key}", money_and_households.budget(ctx, of, None, key))
    for name, wanted in _portfolios():
        yield from _page(ctx, f"portfolio{name}", portfolio.portfolio(Context(ASKER, ctx.language), wanted))
    yield from _page(ctx, "portfolio.narrow", portfolio.portfolio(ctx, portfolio.PortfolioAsked(), True))
    for place in (None, *facts.places):
        asked = communities.CommunitiesAsked(place)
        yield f"page.communities.{place or 'all'}", _words(ctx, communities.communities(ctx, of, asked))
    for sort in ("paid", "name"):
        found = communities.communities(ctx, of, communities.CommunitiesAsked(sort=sort, descending=True, page=2))
        yield f"page.communities.by-{sort}", _words(ctx, found)
    rows = communities.communities(ctx, of, communities.CommunitiesAsked()).lines[:3]
    sources = [communities.source_row(ctx, of, row.place or "", row.name) for row in rows]
    yield "page.communities.source", _words(ctx, sources)


def _asked(place: str, baseline: str | None) -> Iterator[tuple[str, tuple[str | None, str | None, bool]]]:
    yield "", (None, None, False)
    yield ".place", (None, place, False)
    yield ".narrow", (None, None, True)
    if baseline is not None:
        yield f".{baseline}", (baseline, None, False)


def _portfolios() -> Iterator[tuple[str, portfolio.PortfolioAsked]]:
    yield "", portfolio.PortfolioAsked()
    for sort in portfolio.SORTS:
        yield f".by-{sort}", portfolio.PortfolioAsked(sort=sort, descending=True)


def _page(ctx: Context, name: str, view: object) -> Iterator[tuple[str, str]]:
    """A page's words, and each of its figures by itself."""
    yield f"page.{name}", _words(ctx, view)
    for each in _panels(view):
        yield f"figure.{name}.{each.id}", _figure(ctx, each)


def _panels(value: object) -> Iterator[FigurePanel]:
    if isinstance(value, FigurePanel):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _panels(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _panels(getattr(value, part.name))


def _figure(ctx: Context, found: FigurePanel) -> str:
    drawn = json.loads(plotly.drawn(found).to_json())
    drawn["layout"].pop("template", None)
    return pretty(drawn) if ctx.language == "zh_CN" else _lines(_texts(drawn))


def _texts(drawn: object, key: str = "") -> Iterator[str]:
    """The words of a figure: in a second language its lines and places are no others."""
    if isinstance(drawn, dict):
        for name in sorted(drawn):
            yield from _texts(drawn[name], name)
    elif isinstance(drawn, list):
        for each in drawn:
            yield from _texts(each, key)
    elif isinstance(drawn, str) and key in ("text", "hovertext", "ticktext"):
        yield files.one_line(drawn)


# Scores


def _scores(of: str, ctx: Context) -> Iterator[tuple[str, str]]:
    yield "rounds", _words(ctx, (rounds.rounds(ctx, of), rounds.sheet_titles(ctx, of)))
    yield "heading", _words(ctx, leading_sheet.since_lock(ctx, of))
    every = scorecards.sheets(ctx, of)
    for number, sheet in enumerate(every if ctx.language == "zh_CN" else every[-1:]):
        name = f"sheet{number}"
        card = scorecards.scorecard(ctx, of, sheet.id)
        yield f"{name}.scorecard", pretty(scorecard_json.as_json(card, ctx))
        yield f"{name}.said", _words(ctx, (card.notes, card.claimed, card.read_only, card.state, card.open_flags))
        pictures = score_panels.figures(ctx, of, sheet.id)
        yield from _page(ctx, name, pictures)
        yield f"{name}.history", _words(ctx, _histories(ctx, of, sheet.id))
        yield f"{name}.missing", _words(ctx, item_records.missing_inputs(ctx, of, sheet.id))
    for each in rounds.rounds(ctx, of):
        yield from _round(of, ctx, each.id)


def _histories(ctx: Context, of: str, sheet: str) -> dict[str, object]:
    codes = [item.indicator.code for item in scorecards.scorecard(ctx, of, sheet).items]
    return {code: history.item_history(ctx, of, sheet, code) for code in codes}


def _round(of: str, ctx: Context, round_id: str) -> Iterator[tuple[str, str]]:
    yield f"{round_id}.timeline", _words(ctx, history.timeline(ctx, of, round_id))
    yield f"{round_id}.meeting", _words(ctx, meeting.meeting(ctx, of, round_id))
    yield f"{round_id}.sensitivity", _words(ctx, meeting.sensitivity(ctx, of, round_id))
    yield f"{round_id}.lock_problems", _words(ctx, steps.lock_problems(ctx, of, round_id))
    yield f"{round_id}.minutes", minutes.draft_minutes(ctx, of, round_id)


# Frames


def _frames(of: str, ctx: Context) -> Iterator[tuple[str, str]]:
    found = frames.frames(ctx, of, PaperChoice(checks=True))
    drawing = draw.drawn([replace(each, view_code=None) for each in found], "png")
    for each in found:
        shown = {"data": draw.data_of([replace(each, view_code=None)]), "cut": drawing.said.cut.get(each.id, ())}
        yield f"frame.{each.id}", f"{each.name}\n{each.alt}\n{pretty(shown)}"
    known = content_of(ctx, of, checks=True)
    page = brief.page(known)
    leaf = typst.draw(brief.TEMPLATE, page, "png", 150)
    yield "frame.brief", pretty({"data": page, "cut": leaf.said.cut})
    digests = {each.id: content for each, content in zip(found, drawing.pages, strict=True)}
    digests |= {f"brief-{number}": content for number, content in enumerate(leaf.pages, 1)}
    yield "pictures", _lines(f"{name} {_digest(content)}" for name, content in digests.items())


def _digest(content: bytes) -> str:
    return "sha256:" + files.short(content)


# Documents


def _documents(of: str, ctx: Context) -> Iterator[tuple[str, str]]:
    slides = slide_deck.deck(ctx, of, PaperChoice(checks=True))
    yield "deck", f"{slides.name}\n{files.deck(slides.content)}"
    said = deck_file.said_by(slides.content)
    yield "deck.figures", pretty(json.loads(deck_file.as_json(said)))
    if ctx.language == "zh_CN":  # the others are Chinese whatever the screen's language is
        yield from _chinese(of, ctx)


def _chinese(of: str, ctx: Context) -> Iterator[tuple[str, str]]:
    report, book = evaluation.report(ctx, of), evaluation.workbook(ctx, of)
    yield "report", f"{report.name}\n{files.document(report.content)}"
    yield "workbook", f"{book.name}\n{files.workbook(book.content)}"
    yield "data_sheet", files.workbook(batches.template(ctx, of))
    for number, sheet in enumerate(scorecards.sheets(ctx, of)):
        made = {form: scorecard_files.export_scorecard(ctx, of, sheet.id, form) for form in FORMS}
        names = {form: _MADE_ON.sub("_<day>.", file.name) for form, file in made.items()}
        yield f"sheet{number}.xlsx", f"{names['xlsx']}\n{files.workbook(made['xlsx'].content)}"
        yield f"sheet{number}.csv", f"{names['csv']}\n{made['csv'].content.decode('utf-8-sig')}"
    if of != SAMPLE:  # the schemes are those of the sample
        return
    for scheme in scheme_files.schemes(ctx):
        name = f"scheme.{scheme.id}.{scheme.version}"
        made = {form: scheme_files.export_scheme(ctx, scheme.id, scheme.version, form) for form in FORMS}
        yield f"{name}.xlsx", f"{made['xlsx'].name}\n{files.workbook(made['xlsx'].content)}"
        yield f"{name}.csv", f"{made['csv'].name}\n{made['csv'].content.decode('utf-8-sig')}"


# Values as lines


def pretty(value: object) -> str:
    """JSON with sorted keys; what fits one line stands on one."""
    return "\n".join(_pretty(json.loads(json.dumps(value, ensure_ascii=False, default=str)), "")) + "\n"


def _pretty(value: object, indent: str) -> list[str]:
    whole = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(indent) + len(whole) <= _WIDE or not isinstance(value, dict | list) or not value:
        return [indent + whole]
    inner = indent + " "
    out: list[str] = []
    if isinstance(value, dict):
        for key in sorted(value):
            head, *rest = _pretty(value[key], inner)
            out += [f"{inner}{json.dumps(key, ensure_ascii=False)}: {head.lstrip()}", *rest]
        return [indent + "{", *out, indent + "}"]
    for each in value:
        out += _pretty(each, inner)
    return [indent + "[", *out, indent + "]"]


def _lines(each: Iterable[str]) -> str:
    return "\n".join(each) + "\n"


def _words(ctx: Context, value: object) -> str:
    return _lines(_told(ctx, value))


def _told(ctx: Context, value: object) -> list[str]:
    """A value's words without the names of its fields: what fits one line stands on one, parts stand further in."""
    if value is None or isinstance(value, str | Number | date | bytes):
        return [files.one_line(f"{value:f}" if isinstance(value, Decimal) else "—" if value is None else value)]
    if isinstance(value, Message):
        return [files.one_line(render(value, ctx.language))]
    if isinstance(value, Mapping):
        parts = [_under(f"{key}:", _told(ctx, each)) for key, each in value.items()]
    elif isinstance(value, frozenset | set):
        parts = [sorted(files.one_line(each) for each in value)]
    else:
        parts = [_told(ctx, each) for each in _parts(value)]
    if all(len(part) == 1 for part in parts):
        whole = " | ".join(part[0] for part in parts)
        if len(whole) <= _WIDE:
            return [f"({whole})"]
    return ["(", *(f" {line}" for part in parts for line in part), ")"]


def _under(head: str, told: list[str]) -> list[str]:
    return [f"{head} {told[0]}", *told[1:]]


def _parts(value: object) -> Iterator[object]:
    """What belongs to a value; what has a text of its own (measures, schemes, figures) stands there."""
    if isinstance(value, FigurePanel):
        yield from (value.id, value.title, value.alt, value.headings, value.rows, value.how, value.picture)
    elif isinstance(value, FigureTable):
        yield from (value.id, value.title, value.headings, value.rows, value.how)
    elif isinstance(value, KeyFigure):
        yield from (value.label, value.value, value.caveat, value.how)
    elif isinstance(value, Indicator):
        yield value.code
    elif isinstance(value, Scheme | GradeScheme):
        yield value.id
    elif is_dataclass(value):
        every = (getattr(value, part.name) for part in fields(value))
        yield from (each for each in every if not isinstance(each, Measure | Consensus | rounds.RoundView))
    elif isinstance(value, Iterable):
        yield from (each for each in value if not isinstance(each, Measure))
    else:
        raise TypeError(type(value))
