"""What is in the tables, as the trade's own values. Each call has its own cursor and fetches everything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    Delivery,
    Facts,
    Funding,
    Milestone,
    Project,
    RenovationLine,
    SpendLine,
)
from core.model.scorecard import Grade, GradeScheme, Indicator, Scheme, ScoreEvent, Sheet, Status
from core.store.database import Session, Store
from core.store.digest import Link, first_altered, start

TITLE_PLACES = "、"
"""What joins the places of a title in its one cell."""


def projects(store: Store, version: Version = NEWEST) -> tuple[Project, ...]:
    """All projects that have data at that version, ordered by id."""

    def make(session: Session) -> tuple[Project, ...]:
        return tuple(_project(*row) for row in session.run("projects", until=until(session, version)))

    return store.remembered(("projects", version.batch, version.data), make)


def project_names(store: Store, version: Version = NEWEST) -> Mapping[str, str]:
    """The name of each project that has data at that version, by its id, in the order of the ids."""

    def make(session: Session) -> Mapping[str, str]:
        # Every page asks for them. Texts alone: of ten thousand objects each run's garbage collection would see all.
        return {id_: name for id_, name, *_ in session.run("projects", until=until(session, version))}

    return store.remembered(("project_names", version.batch, version.data), make)


def facts(store: Store, project: str, version: Version = NEWEST) -> Facts:
    """All that is known of a project at that version. Raises UnknownName."""

    def make(session: Session) -> Facts:
        found = session.run("batches", project=project, until=until(session, version))
        if not found:
            raise _unknown_project(project, version)
        ((_, batch, as_of),) = found
        return _facts(session, project, batch, as_of)

    return store.remembered(("facts", project, version.batch, version.data), make)


def series(store: Store, project: str, version: Version = NEWEST) -> tuple[Facts, ...]:
    """The project's snapshots that count at that version, one an as-of date, in the order of time; none for none."""

    def make(session: Session) -> tuple[Facts, ...]:
        found = session.run("series", project=project, until=until(session, version))
        return tuple(_facts(session, project, batch, as_of) for batch, as_of in found)

    return store.remembered(("series", project, version.batch, version.data), make)


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


def _project(name: str, title: str, title_places: str, approval: str, approved_on: date, source: str) -> Project:
    return Project(name, title, tuple(filter(None, title_places.split(TITLE_PLACES))), approval, approved_on, source)


def facts_of_batches(store: Store, batches: Mapping[str, date]) -> dict[str, Facts]:
    """All that is known in each of these batches, whose as-of days are given: a statement a table, however many.

    For a page of a long list; nothing of it is remembered. A batch that is not there is left out.
    """
    if not batches:
        return {}
    with store.reading() as session:
        tables = {name: _by_batch(session, name, list(batches)) for name in ("project", *_OF_FACTS)}
    return {
        batch: _made(batch, as_of, lambda name, batch=batch: tables[name].get(batch, []))  # type: ignore[misc]
        for batch, as_of in batches.items()
        if batch in tables["project"]
    }


def _by_batch(session: Session, name: str, batches: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for batch, *row in session.run_for(batches, name):
        found.setdefault(batch, []).append(_plain_row(tuple(row)))
    return found


_OF_FACTS = (
    "places", "budget_groups", "budget_group_places", "funding", "spend", "renovation", "baselines", "claims",
    "deliveries", "arrivals", "milestones",
)  # fmt: skip
"""The statements that facts are read with, beside that of the project itself."""


def _facts(session: Session, project: str, batch: str, as_of: date) -> Facts:
    def rows(name: str) -> list[tuple[Any, ...]]:
        return [_plain_row(row) for row in session.run(name, batch=batch, project=project)]

    return _made(batch, as_of, rows)


def _made(batch: str, as_of: date, rows: Callable[[str], list[tuple[Any, ...]]]) -> Facts:
    """Facts out of what each statement gives for the batch."""
    covered = rows("budget_group_places")
    return Facts(
        project=_project(*rows("project")[0]),
        batch=batch,
        as_of=as_of,
        places=tuple(name for (name,) in rows("places")),
        budget_groups=tuple(
            BudgetGroup(name, amount, tuple(place for group, place in covered if group == name), source)
            for name, amount, source in rows("budget_groups")
        ),
        funding=tuple(Funding(*row) for row in rows("funding")),
        spend=tuple(SpendLine(*row) for row in rows("spend")),
        renovation=tuple(RenovationLine(*row) for row in rows("renovation")),
        baselines=tuple(Baseline(*row) for row in rows("baselines")),
        claims=tuple(Claim(*row) for row in rows("claims")),
        deliveries=tuple(Delivery(*row) for row in rows("deliveries")),
        arrivals=tuple(Arrival(*row) for row in rows("arrivals")),
        milestones=tuple(Milestone(*row) for row in rows("milestones")),
    )


CommunitySort = Literal["file", "name", "buildings", "households", "area", "invested", "paid", "physical"]
"""How the detail is ordered: as the file has it, or by a column."""


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
        found = session.run("communities", batch=facts.batch, project=facts.project.id, first=first, most=most, **asked)
        return tuple(Community(*_plain_row(row)) for row in found)


def communities_found(store: Store, facts: Facts, place: str | None, text: str | None) -> int:
    """How many there are of them."""
    with store.reading() as session:
        found = session.run("communities_found", batch=facts.batch, project=facts.project.id, place=place, text=text)
        return int(found[0][0])


def community(store: Store, facts: Facts, place: str, name: str) -> Community | None:
    """One of them by the name under its place; None: there is none of that name."""
    with store.reading() as session:
        found = session.run("community", batch=facts.batch, project=facts.project.id, place=place, name=name)
        return Community(*_plain_row(found[0])) if found else None


@dataclass(frozen=True)
class Origin:
    """The import that brought a row."""

    batch: str
    file: str
    """Its name; "" when it came from no file."""
    by: str
    made_at: datetime


def origin(store: Store, facts: Facts, row: Community) -> Origin:
    """Where a row of a snapshot's detail came from."""
    with store.reading() as session:
        key = {"project": facts.project.id, "place": row.place, "name": row.name, "as_of": facts.as_of}
        ((batch, file, by, made_at),) = session.run("community_origin", source=row.source, raw=row.raw, **key)
        return Origin(batch, file, by, made_at)


def community_sums(store: Store, facts: Facts) -> tuple[CommunitySums, ...]:
    """What the detail of a snapshot adds up to, by place; none for one without detail."""

    def make(session: Session) -> tuple[CommunitySums, ...]:
        found = session.run("community_sums", batch=facts.batch, project=facts.project.id)
        return tuple(CommunitySums(*_plain_row(row)) for row in found)

    return store.remembered(("community_sums", facts.project.id, facts.batch), make)


def _plain_row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(map(_plain, row))


def _plain(value: object) -> object:
    """A stored decimal without the zeros that its column's scale adds: 2164.000000 is 2164, 112.380000 is 112.38."""
    if not isinstance(value, Decimal):
        return value
    short = value.normalize()
    # normalize() writes 8000 as 8E+3, which would print so.
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def sheets(store: Store, project: str, version: Version = NEWEST) -> tuple[Sheet, ...]:
    """The sheets that the project had at the version's moment, in the order in which they were made; or none."""
    moment = version.moment or datetime.max
    return store.remembered(("sheets", project, moment), lambda session: _sheets(session, project, moment))


def _sheets(session: Session, project: str, moment: datetime) -> tuple[Sheet, ...]:
    indicators: dict[tuple[str, int], list[Indicator]] = {}
    for scheme, version, *rest in session.run("indicators", project=project):
        indicators.setdefault((scheme, version), []).append(_indicator(*rest))
    grade_schemes = {scheme.id: scheme for scheme in _grade_schemes(session)}
    return tuple(
        Sheet(
            project=project,
            id=sheet_id,
            name=name,
            scheme=Scheme(scheme, version, scheme_name, tuple(indicators[scheme, version])),
            grade_scheme=grade_schemes[grade_scheme],
            reconstruction=reconstruction,
        )
        for sheet_id, name, scheme, version, scheme_name, grade_scheme, reconstruction in session.run(
            "sheets", project=project, moment=moment
        )
    )


def grade_schemes(store: Store) -> tuple[GradeScheme, ...]:
    """Every grade scheme, by id."""
    return store.remembered(("grade_schemes",), _grade_schemes)


def _grade_schemes(session: Session) -> tuple[GradeScheme, ...]:
    found: dict[tuple[str, str], list[Grade]] = {}
    for scheme, name, grade, floor in session.run("grades"):
        found.setdefault((scheme, name), []).append(Grade(grade, floor))
    return tuple(GradeScheme(scheme, name, tuple(grades)) for (scheme, name), grades in found.items())


def schemes(store: Store) -> tuple[Scheme, ...]:
    """Every version of every scheme, by id and version."""
    return store.remembered(("schemes",), _schemes)


def _schemes(session: Session) -> tuple[Scheme, ...]:
    found: dict[tuple[str, int, str], list[Indicator]] = {}
    for scheme, version, name, *rest in session.run("schemes"):
        found.setdefault((scheme, version, name), []).append(_indicator(*rest))
    return tuple(Scheme(*key, tuple(indicators)) for key, indicators in found.items())


def _indicator(code: str, l1: str, l2: str, l3: str, weight: Decimal, kind: str, params: str, *texts: str) -> Indicator:
    # parse_float: a rule's 0.6 is the decimal 0.6, not the nearest binary fraction.
    return Indicator(code, l1, l2, l3, weight, kind, json.loads(params, parse_float=Decimal), *texts)


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
        return {link.event.code: link.event for link in links}


def links_now(store: Store, session: Session, project: str, sheet_id: str) -> Sequence[Link[ScoreEvent]]:
    """The newest events of the newest version; within a write transaction, what is so when it is written.

    Where nobody else can write, those that were read or written last.
    """
    key, make = _links(project, sheet_id)
    return store.certain(session, key, make, until="any")


def remember_links(session: Session, project: str, sheet_id: str, links: Sequence[Link[ScoreEvent]]) -> None:
    """What the newest events will be once the transaction is durable: `links` and, after them, those just written."""
    newest = {link.event.code: link for link in links}
    session.becomes[_links(project, sheet_id)[0]] = tuple(newest[code] for code in sorted(newest))


def _links(
    project: str, sheet_id: str
) -> tuple[tuple[str, str, str], Callable[[Session], tuple[Link[ScoreEvent], ...]]]:
    return ("links", project, sheet_id), lambda session: tuple(newest_links(session, project, sheet_id))


def newest_links(session: Session, project: str, sheet_id: str, version: Version = NEWEST) -> list[Link[ScoreEvent]]:
    """The newest event of each item with its digests, ordered by code."""
    moment = version.moment or datetime.max
    rows = session.run("scores", project=project, sheet=sheet_id, moment=moment)
    return sorted((_link(row) for (row,) in rows), key=lambda link: link.event.code)


def history(store: Store, project: str, sheet_id: str, code: str | None = None) -> tuple[ScoreEvent, ...]:
    """Every event of a sheet, or of one of its items, ordered by (made_at, sheet, code, revision)."""
    with store.reading() as session:
        return tuple(link.event for link in links_in(session, project, sheet_id, code))


def links_in(session: Session, project: str, sheet_id: str | None, code: str | None) -> list[Link[ScoreEvent]]:
    """The same with their digests, within a transaction; without a sheet, of the whole project."""
    return [_link(row) for (row,) in session.run("history", project=project, sheet=sheet_id, code=code)]


def known_edits(store: Store, project: str, sheet_id: str, edit_ids: Iterable[str]) -> dict[str, ScoreEvent]:
    """Those of the edits that the sheet already holds, by edit_id."""
    with store.reading() as session:
        return known_edits_in(session, project, sheet_id, edit_ids)


def known_edits_in(session: Session, project: str, sheet_id: str, edit_ids: Iterable[str]) -> dict[str, ScoreEvent]:
    """The same, within a transaction."""
    wanted = list(edit_ids)
    if not wanted:
        return {}
    rows = session.run("known_edits", project=project, sheet=sheet_id, edit_ids=wanted)
    return {event.edit_id: event for event in (_link(row).event for (row,) in rows)}


def altered(store: Store, project: str, sheet_id: str) -> ScoreEvent | None:
    """The first event of a sheet whose content or place no longer fits the chain of digests; None if all do."""
    with store.reading() as session:
        return first_altered(start(project, sheet_id), links_in(session, project, sheet_id, None))


def _link(row: dict[str, Any]) -> Link[ScoreEvent]:
    fields = row | {"status": Status(row["status"])}
    previous, own = fields.pop("previous"), fields.pop("digest")
    return Link(ScoreEvent(**fields), previous, own)
