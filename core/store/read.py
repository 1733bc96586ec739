"""Reading the tables into the field's own values. Each call has its own cursor and fetches everything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, cast

from core.errors import Message, UnknownName
from core.model.context import NEWEST, Version
from core.model.project import (
    Arrival,
    Baseline,
    BudgetGroup,
    Claim,
    Community,
    CommunitySums,
    Comparison,
    Delivery,
    Facts,
    Funding,
    Milestone,
    Project,
    RenovationLine,
    SourceMoney,
    SpendLine,
)
from core.model.scorecard import FINEST, Grade, GradeScheme, Indicator, Scheme, ScoreEvent, Sheet, Status, is_minus
from core.store import event_log
from core.store.database import Session, Source, Store
from core.store.digest import Link
from core.store.event_log import Log
from core.text.numbers import shortest

Row = dict[str, Any]
"""A row by the names of its columns."""


def _points_turned(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table knows no points below 0: of a 扣分项 it holds what is taken off."""
    return {**row, "points": -row["points"]} if row["points"] and is_minus(row["code"]) else row


SCORES = Log(
    "score_event",
    ScoreEvent,
    "sheet",
    ("code",),
    chained=True,
    own_name=False,
    words={"status": Status},
    turned=_points_turned,
)
"""The changes of a sheet's items."""
TITLE_PLACES = "、"
"""The mark between the places of a title, which share one cell."""
NO_DAY = date.min
"""The day of an approval that is not known, in a column that wants one."""


def projects(store: Store, version: Version = NEWEST) -> tuple[Project, ...]:
    """All projects that have data at that version, ordered by id."""

    def make(session: Session) -> tuple[Project, ...]:
        return tuple(map(_project, session.rows("projects", until=until(session, version))))

    return store.remembered(("projects", version.batch, version.data), make)


def project_names(store: Store, version: Version = NEWEST) -> Mapping[str, str]:
    """The name of each project that has data at that version, by its id, in the order of the ids."""

    def make(session: Session) -> Mapping[str, str]:
        # Every page asks for them. Texts alone: of ten thousand objects each run's garbage collection would see all.
        return {id_: name for id_, name, *_ in session.run("projects", until=until(session, version))}

    return store.remembered(("project_names", version.batch, version.data), make)


def first_project(store: Store) -> str | None:
    """The project that was there before all others, whatever became of it; None: none, or nobody can tell."""

    def make(session: Session) -> str | None:
        found = session.run("first_projects")
        return cast(str, found[0][0]) if len(found) == 1 else None

    return store.remembered(("first_project",), make)


def facts(store: Store, project: str, version: Version = NEWEST) -> Facts:
    """All that is known of a project at that version. Raises UnknownName."""

    def make(session: Session) -> Facts:
        found = session.run("batches", project=project, until=until(session, version))
        if not found:
            raise _unknown_project(project, version)
        ((_, batch, as_of),) = found
        return _facts(session, {batch: as_of})[batch]

    return store.remembered(("facts", project, version.batch, version.data), make)


def series(source: Source, project: str, version: Version = NEWEST) -> tuple[Facts, ...]:
    """The project's snapshots that count at that version, one an as-of date, in the order of time; none for none."""

    def make(session: Session) -> tuple[Facts, ...]:
        found = dict(session.run("series", project=project, until=until(session, version)))
        return tuple(_facts(session, found).values()) if found else ()

    return source.remembered(("series", project, version.batch, version.data), make)


def answers(store: Store) -> None:
    """Ask the store something small. Raises StoreError when it does not answer."""
    with store.reading() as session:
        session.run("schema_version")


def until(session: Session, version: Version) -> datetime:
    """The last moment (naive UTC) of imports that count at that version; before all others for an unknown batch."""
    if version.data is not None or version.batch is None:
        return version.data or datetime.max
    found = session.run("moment_of_batch", batch=version.batch)
    return cast(datetime, found[0][0]) if found else datetime.min


def _unknown_project(project: str, version: Version) -> UnknownName:
    if version.data is not None:
        return UnknownName(Message("项目“{project}”在这个版本时还没有数据。", {"project": project}))
    if version.batch is None:
        return UnknownName(Message("没有编号为“{project}”的项目。请核对项目编号。", {"project": project}))
    return UnknownName(
        Message("项目“{project}”在数据批次“{batch}”时没有数据。", {"project": project, "batch": version.batch})
    )


def _project(row: Row) -> Project:
    title = tuple(filter(None, row["title_places"].split(TITLE_PLACES)))
    # Without the number of an approval its day says nothing: a project of a scorecard alone has one all the same.
    known = bool(row["approval"]) and row["approved_on"] != NO_DAY
    return Project(**row | {"title_places": title, "approved_on": row["approved_on"] if known else None})


def facts_of_batches(store: Store, batches: Mapping[str, date]) -> dict[str, Facts]:
    """All that is known in each of these batches, whose as-of days are given: a statement a table, however many.

    For a page of a long list; nothing of it is remembered. A batch that is not there is left out.
    """
    if not batches:
        return {}
    with store.reading() as session:
        return _facts(session, batches)


_PARTS: Mapping[str, type] = {
    "funding": Funding,
    "spend": SpendLine,
    "renovation": RenovationLine,
    "baselines": Baseline,
    "claims": Claim,
    "deliveries": Delivery,
    "arrivals": Arrival,
    "milestones": Milestone,
    "comparisons": Comparison,
    "source_money": SourceMoney,
}
"""The parts of facts of which each row of the statement of that name is one."""
_OF_FACTS = ("places", "budget_groups", "budget_group_places", "not_reported", *_PARTS)
"""The statements that facts are read with, beside that of the project itself."""


def _facts(session: Session, batches: Mapping[str, date]) -> dict[str, Facts]:
    """Facts of batches, whose as-of days are given; one that is not there is left out."""
    tables: dict[str, dict[str, list[Row]]] = {}
    for name in ("project", *_OF_FACTS):
        tables[name] = {batch: [] for batch in batches}
        for row in session.rows_for(list(batches), name):
            tables[name][row.pop("batch")].append(plain_row(row))
    return {
        batch: _made(batch, as_of, {name: found[batch] for name, found in tables.items()})
        for batch, as_of in batches.items()
        if tables["project"][batch]
    }


def _made(batch: str, as_of: date, rows: Mapping[str, list[Row]]) -> Facts:
    """Facts out of what each statement gives for the batch."""
    covered: dict[str, list[str]] = {}
    for row in rows["budget_group_places"]:
        covered.setdefault(row["budget_group"], []).append(row["place"])
    silent = {(row["place"], row["field"]) for row in rows["not_reported"]}
    for row in (*rows["spend"], *rows["renovation"]) if silent else ():
        row.update((name, None) for name in row if (row["place"], name) in silent)
    return Facts(
        project=_project(*rows["project"]),
        batch=batch,
        as_of=as_of,
        places=tuple(row["name"] for row in rows["places"]),
        budget_groups=tuple(
            BudgetGroup(**row, places=tuple(covered.get(row["id"], ()))) for row in rows["budget_groups"]
        ),
        **{part: tuple(kind(**row) for row in rows[part]) for part, kind in _PARTS.items()},
    )


CommunitySort = Literal[
    "file", "name", "buildings", "households", "area", "invested", "paid", "physical", "begun_on", "done_on"
]
"""Order of the detail: as the file has it, or by a column."""


def communities(
    store: Store,
    facts: Facts,
    place: str | None,
    first: int,
    most: int,
    *,
    text: str | None = None,
    sort: CommunitySort = "file",
    descending: bool = False,
) -> tuple[Community, ...]:
    """`most` rows of the detail of a snapshot from the row `first` (from 0), of one place or of all.

    `text`: only those whose name holds it. What is not reported comes last, whichever way it is ordered.
    """
    asked = {"place": place, "text": text, "sort": None if sort == "file" else sort, "descending": descending}
    with store.reading() as session:
        found = session.rows(
            "communities", batch=facts.batch, project=facts.project.id, first=first, most=most, **asked
        )
        return tuple(Community(**plain_row(row)) for row in found)


_EVERY = 2**31 - 1


def every_community(session: Session, facts: Facts) -> tuple[Community, ...]:
    """The whole detail of a snapshot, in the order of the file; none for one without."""
    found = session.rows("every_community", batch=facts.batch, project=facts.project.id)
    return tuple(Community(**plain_row(row)) for row in found)


def communities_of(source: Source, facts: Facts, places: Sequence[str]) -> tuple[Community, ...]:
    """The detail of some places, in the order of the file."""

    def make(session: Session) -> tuple[Community, ...]:
        asked = {"batch": facts.batch, "project": facts.project.id, "first": 0, "most": _EVERY, "text": None}
        found = (
            row
            for place in places
            for row in session.rows("communities", **asked, place=place, sort=None, descending=False)
        )
        return tuple(Community(**plain_row(row)) for row in found)

    return source.remembered(("communities_of", facts.project.id, facts.batch, tuple(places)), make)


def communities_found(store: Store, facts: Facts, place: str | None, text: str | None) -> int:
    """Number of rows of the detail that `communities` finds."""
    with store.reading() as session:
        found = session.run("communities_found", batch=facts.batch, project=facts.project.id, place=place, text=text)
        return int(found[0][0])


def community(store: Store, facts: Facts, place: str, name: str) -> Community | None:
    """One of them by the name under its place; None: there is none of that name."""
    with store.reading() as session:
        found = session.rows("community", batch=facts.batch, project=facts.project.id, place=place, name=name)
        return Community(**plain_row(found[0])) if found else None


def communities_told(store: Store, facts: Facts) -> tuple[str, ...]:
    """The things that few lists have, as far as a snapshot's detail tells them."""

    def make(session: Session) -> tuple[str, ...]:
        (found,) = session.rows("communities_told", batch=facts.batch, project=facts.project.id)
        return tuple(name for name, count in found.items() if count)

    return store.remembered(("communities_told", facts.project.id, facts.batch), make)


@dataclass(frozen=True)
class Origin:
    """The import that brought a row."""

    batch: str
    file: str
    """Its name; "" when it came from no file."""
    by: str
    made_at: datetime


def origin(store: Store, facts: Facts, row: Community) -> Origin:
    """The import that first brought a row of a snapshot's detail."""
    with store.reading() as session:
        key = {"project": facts.project.id, "place": row.place, "name": row.name, "as_of": facts.as_of}
        (found,) = session.made(Origin, "community_origin", source=row.source, raw=row.raw, **key)
        return found


def community_sums(source: Source, facts: Facts) -> tuple[CommunitySums, ...]:
    """Sums of a snapshot's detail by place; none for one without detail."""

    def make(session: Session) -> tuple[CommunitySums, ...]:
        found = session.rows("community_sums", batch=facts.batch, project=facts.project.id)
        return tuple(CommunitySums(**plain_row(row)) for row in found)

    return source.remembered(("community_sums", facts.project.id, facts.batch), make)


def plain_row(row: Row) -> Row:
    """A row whose decimals are as short as they can be."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    """A stored decimal without the zeros that its column's scale adds."""
    return shortest(value) if isinstance(value, Decimal) else value


def sheets(store: Store, project: str, version: Version = NEWEST) -> tuple[Sheet, ...]:
    """The sheets that the project had at the version's moment, in the order in which they were made; or none."""
    moment = version.moment or datetime.max
    return store.remembered(("sheets", project, moment), lambda session: _sheets(session, project, moment))


def _sheets(session: Session, project: str, moment: datetime) -> tuple[Sheet, ...]:
    indicators: dict[tuple[str, int], list[Indicator]] = {}
    for row in session.rows("indicators", project=project):
        indicators.setdefault((row.pop("scheme"), row.pop("version")), []).append(_indicator(row))
    grade_schemes = {scheme.id: scheme for scheme in _grade_schemes(session)}
    return tuple(
        Sheet(
            project=project,
            id=row["id"],
            name=row["name"],
            scheme=Scheme(
                row["scheme"],
                row["scheme_version"],
                row["scheme_name"],
                tuple(indicators[row["scheme"], row["scheme_version"]]),
                _step(row["step"]),
            ),
            grade_scheme=grade_schemes[row["grade_scheme"]],
            reconstruction=row["reconstruction"],
        )
        for row in session.rows("sheets", project=project, moment=moment)
    )


def grade_schemes(store: Store) -> tuple[GradeScheme, ...]:
    """Every grade scheme, by id."""
    return store.remembered(("grade_schemes",), _grade_schemes)


def _grade_schemes(session: Session) -> tuple[GradeScheme, ...]:
    found: dict[tuple[str, str], list[Grade]] = {}
    for row in session.rows("grades"):
        found.setdefault((row["id"], row["name"]), []).append(Grade(row["grade"], row["floor"]))
    return tuple(GradeScheme(scheme, name, tuple(grades)) for (scheme, name), grades in found.items())


def schemes(store: Store) -> tuple[Scheme, ...]:
    """Every version of every scheme, by id and version."""
    return store.remembered(("schemes",), _schemes)


def _schemes(session: Session) -> tuple[Scheme, ...]:
    found: dict[tuple[str, int, str, Decimal], list[Indicator]] = {}
    for row in session.rows("schemes"):
        key = (row.pop("scheme"), row.pop("version"), row.pop("scheme_name"), _step(row.pop("step")))
        found.setdefault(key, []).append(_indicator(row))
    return tuple(
        Scheme(name, version, title, tuple(indicators), step)
        for (name, version, title, step), indicators in found.items()
    )


def _step(stored: Decimal | None) -> Decimal:
    return FINEST if stored is None else shortest(stored)


def _indicator(row: Row) -> Indicator:
    # parse_float: a rule's 0.6 is the decimal 0.6, not the nearest binary fraction.
    found = Indicator(**row | {"params": json.loads(row["params"], parse_float=Decimal)})
    # The table knows no full marks of 0: of a 扣分项 it holds the most that is taken off.
    return replace(found, weight=Decimal(0), least=-found.weight) if found.minus else found


def sheet(store: Store, project: str, sheet_id: str) -> Sheet:
    """One sheet. Raises UnknownName."""
    found = next((sheet for sheet in sheets(store, project) if sheet.id == sheet_id), None)
    if found is None:
        raise unknown_sheet(project, sheet_id)
    return found


def unknown_sheet(project: str, sheet_id: str) -> UnknownName:
    """The sentence about a sheet that is not there."""
    return UnknownName(
        Message(
            "项目“{project}”没有评分表“{sheet}”。请核对评分表和轮次的编号。", {"project": project, "sheet": sheet_id}
        )
    )


def scores(store: Store, project: str, sheet_id: str, version: Version = NEWEST) -> dict[str, ScoreEvent]:
    """The newest event of each item that has any, by code, as it stood at the version's moment."""
    with store.reading() as session:
        if version == NEWEST:
            links: Sequence[Link[ScoreEvent]] = links_now(store, session, project, sheet_id)
        else:
            links = newest_links(session, project, sheet_id, version)
        return {link.event.code: link.event for link in sorted(links, key=lambda link: link.event.code)}


def links_now(store: Store, session: Session, project: str, sheet_id: str) -> Sequence[Link[ScoreEvent]]:
    """The newest events of the newest version; within a write transaction, what is so when it is written.

    Where nobody else can write, those that were read or written last.
    """
    key, make = _links(project, sheet_id)
    return store.certain(session, key, make, until="any")


def remember_links(session: Session, project: str, sheet_id: str, links: Sequence[Link[ScoreEvent]]) -> None:
    """Remember the newest events once the transaction is durable: `links` and, after them, those just written."""
    newest: dict[str, Link[ScoreEvent]] = {}
    for link in links:
        newest.pop(link.event.code, None)
        newest[link.event.code] = link
    session.becomes[_links(project, sheet_id)[0]] = tuple(newest.values())


def _links(
    project: str, sheet_id: str
) -> tuple[tuple[str, str, str], Callable[[Session], tuple[Link[ScoreEvent], ...]]]:
    return ("links", project, sheet_id), lambda session: tuple(newest_links(session, project, sheet_id))


def newest_links(session: Session, project: str, sheet_id: str, version: Version = NEWEST) -> list[Link[ScoreEvent]]:
    """The newest event of each item with its digests; the newest of all, which no other follows, is the last."""
    if version.moment is None:
        rows = [(SCORES.link(row), last) for row, last in session.run("scores", project=project, sheet=sheet_id)]
        return [link for link, _ in sorted(rows, key=lambda row: (row[1], row[0].event.made_at))]
    newest: dict[str, Link[ScoreEvent]] = {}
    for moment, link in event_log.placed(session, SCORES, project, sheet_id):
        if moment <= version.moment:
            newest.pop(link.event.code, None)
            newest[link.event.code] = link
    return list(newest.values())


def history(store: Store, project: str, sheet_id: str, code: str | None = None) -> tuple[ScoreEvent, ...]:
    """Every event of a sheet, or of one of its items, in the order in which they were made."""
    return tuple(event for _, event in placed(store, project, sheet_id) if code in (None, event.code))


def placed(store: Store, project: str, sheet_id: str) -> tuple[tuple[datetime, ScoreEvent], ...]:
    """Every event of a sheet with the moment by which it was there: a version up to that moment has it."""
    with store.reading() as session:
        return tuple((moment, link.event) for moment, link in event_log.placed(session, SCORES, project, sheet_id))


def known_edits(source: Source, project: str, sheet_id: str, edit_ids: Iterable[str]) -> dict[str, ScoreEvent]:
    """Those of the edits that the sheet already holds, by edit_id."""
    wanted = list(edit_ids)
    if not wanted:
        return {}
    with source.reading() as session:
        rows = session.run("known_edits", project=project, sheet=sheet_id, edit_ids=wanted)
        return {event.edit_id: event for event in (SCORES.link(row).event for (row,) in rows)}
