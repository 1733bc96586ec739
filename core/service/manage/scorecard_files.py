"""Score tables as files, in and out: a filled one becomes a sheet of a project."""

from __future__ import annotations

from pathlib import Path

from core.errors import Message, NotAllowed
from core.ingest.score_tables.in_english import SCORE_TITLE
from core.ingest.score_tables.scorecard import read_scorecard
from core.model.context import Actor, Context
from core.model.rights import Deed
from core.scoring.round_state import round_of
from core.scoring.sheet_source import sheet_source
from core.scoring.whatif import margin_sentence
from core.scoring.workflow import may
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.file import File
from core.service.base.moments import last_changed
from core.service.base.project import round_titles
from core.service.manage.scheme_files import Imported, SchemePreview, accepted
from core.service.manage.scorecard_plan import Planned, planned
from core.service.manage.versioned_files import NAMELESS, Form, loaded
from core.service.scoring import scorecards
from core.service.scoring.scorecards import Scorecard
from core.store import imports, logs, read
from core.store.database import Session, Store
from core.text import render
from core.text.file_text import file_name


@asks(Deed.IMPORT_SHEET)
def preview_scorecard(
    ctx: Context,
    source: Path | File,
    project: str | None = None,
    round_id: str | None = None,
    points: str | None = None,
    form: int | None = None,
    *,
    others: bool = False,
) -> SchemePreview:
    """Preview `import_scorecard`. Raises UnknownName, SeveralRounds, and InputError when there is no file."""
    actor = named(ctx, NAMELESS)
    file = loaded(source)
    store = open_store.of(ctx)
    _known(store, project)
    found, problems = read_scorecard(file.name, file.content, points, form)
    if found is None or problems:
        return SchemePreview(problems, found.notes if found else (), None, (), found)
    plan = planned(store, file, found, project, round_id, actor, others=others)
    return SchemePreview((), found.notes, plan.imported, found.rows, found)


@asks(Deed.IMPORT_SHEET)
def import_scorecard(
    ctx: Context,
    source: Path | File,
    project: str | None = None,
    round_id: str | None = None,
    points: str | None = None,
    form: int | None = None,
    *,
    others: bool = False,
) -> Imported:
    """Take over a filled scorecard; its scores count as confirmed by the importer, with the file's reasons.

    Without `project`: a new project, named by the file, with a sheet r1/working. With it: a new sheet in its round
    `round_id` (an id, or SELF_ROUND), which may be left out while others score in one only; a 自评表 goes to its round
    of 自评 then, which is opened where it has none.
    `points`: the column of points, by its heading or letter, where the file has several and does not tell. `form`: the
    number of the form, where it has several. `others`: the other columns of points become sheets, too.
    The file's scheme is one that is there, if codes, names and full marks agree; otherwise it becomes a new scheme or,
    within a round that has one, its next version, whose rules go on for unchanged items.
    Raises UnknownName, SeveralRounds, NotAllowed in a locked round, InputError with all problems, StoreError.
    Whatever is raised, nothing was written.
    """
    actor = named(ctx, NAMELESS)
    file = loaded(source)
    store = open_store.of(ctx)
    _known(store, project)
    found = accepted(file, *read_scorecard(file.name, file.content, points, form))
    plan = planned(store, file, found, project, round_id, actor, others=others)
    imports.add_sheets(store, plan.new, file.name, actor, lambda session: _check(session, plan, actor))
    return plan.imported


def _known(store: Store, project: str | None) -> None:
    """Raise UnknownName for an unknown project: before the file is spoken of."""
    if project is not None:
        read.facts(store, project)


def _check(session: Session, plan: Planned, actor: Actor) -> None:
    """Raise NotAllowed where a round that a sheet joins takes no more."""
    for each in plan.new.sheets:
        round_id = round_of(each.sheet.id)
        if round_id not in plan.joined:
            continue
        state = logs.round_state(session, each.sheet.project, round_id)
        if (refusal := may(actor, "score", state, each.sheet.id)) is not None:
            raise NotAllowed([refusal])


@asks(Deed.SEE)
def export_scorecard(ctx: Context, project: str, sheet: str = scorecards.WORKING, form: Form = "xlsx") -> File:
    """Write a sheet into a file to print, sign or fill in. Raises UnknownName, NotAllowed."""
    from core.briefing import spreadsheet

    card = scorecards.scorecard(ctx, project, sheet)
    facts = read.facts(open_store.of(ctx), project, ctx.version)
    of_round = render(round_titles(open_store.of(ctx), project)[round_of(sheet)], "zh_CN")
    table = spreadsheet.ScoreTable(
        title=SCORE_TITLE.format(project=card.project.name),
        round=of_round,
        sheet=card.sheet,
        items=card.items,
        as_of=facts.as_of,
        source=render(sheet_source(card.sheet, of_round), "zh_CN"),
        grade=card.tally.grade,
        remark=" ".join(render(each, "zh_CN") for each in (card.banner, _decided(card)) if each is not None),
        owner=logs.round_state(open_store.of(ctx), project, round_of(sheet)).owner_name(sheet),
    )
    make = spreadsheet.scorecard_xlsx if form == "xlsx" else spreadsheet.scorecard_csv
    name = file_name(form, card.project.name, of_round, card.sheet.name, day=last_changed(card.items))
    return File(name, make(table))


def _decided(card: Scorecard) -> Message | None:
    """Say why the grade is not that of the total."""
    sums = card.tally
    return None if sums.veto is None or sums.grade is None else margin_sentence(sums, card.sheet.grade_scheme)
