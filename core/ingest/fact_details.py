"""The optional tables that do not go by place alone: funds arrived, milestones, and every 小区 under its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from json.encoder import encode_basestring
from typing import cast

from core.errors import Message
from core.ingest.fact_headings import PARTS, Section
from core.ingest.fact_rows import BAD, Line, Notes, Rows, name_of
from core.ingest.fact_tables import MOST_UNDERSTOOD, Places, key_of, tell
from core.model.project import Arrival, FundingSource, Milestone


def arrivals(section: Section, notes: Notes) -> tuple[Arrival, ...]:
    """Funds arrived, by source and date."""
    rows = Rows(section, "arrivals", notes, PARTS["arrivals"])
    _complete(section, PARTS["arrivals"], notes)
    found: list[Arrival] = []
    for line in rows.lines():
        name, day, amount = (line.get(field) for field in PARTS["arrivals"])
        source = funding_of(str(name or ""))
        if source is None and not line.bad("funding"):
            text = Message("应为专项债或财政预算资金,读到“{cell}”。", {"cell": str(name or "")})
            notes.wrong(section, line.row, "funding", text)
        for field, value in (("arrived_on", day), ("arrived", amount)):
            if value is None and field in section.columns and not line.bad(field):
                notes.wrong(section, line.row, field, Message("没有填写。"))
        if source is not None and isinstance(day, date) and isinstance(amount, Decimal):
            found.append(Arrival(source, day, amount, rows.at(line.row, line.ordinal)))
            tell(rows, line, str(name), notes)
    return tuple(found)


def funding_of(name: str) -> FundingSource | None:
    """Which source of money a name means."""
    if "债" in name:
        return "bond"
    return "budget" if any(word in name for word in ("财政", "预算", "自筹", "配套")) else None


def _complete(section: Section, fields: tuple[str, ...], notes: Notes) -> None:
    for name in fields:
        if name not in section.columns:
            text = Message("表头缺少“{name}”这一列。", {"name": name_of(name)})
            notes.wrong(section, section.row, None, text)


def milestones(section: Section, places: Places, notes: Notes) -> tuple[Milestone, ...]:
    """批复, 开工, 竣工 with planned and actual dates, of the project or of a place."""
    rows = Rows(section, "milestones", notes, (*PARTS["milestones"], "place"))
    found: dict[tuple[str, str | None], Milestone] = {}
    for line in rows.lines():
        name = line.get("milestone")
        if not isinstance(name, str) or not name:
            if not line.bad("milestone"):
                notes.wrong(section, line.row, "milestone", Message("没有填写里程碑的名称。"))
            continue
        place = places.find(section, line, notes) if line.get("place") or line.bad("place") else None
        planned, actual = (cast("date | None", line.get(field)) for field in ("planned", "actual"))
        if (name, place) in found:
            notes.wrong(section, line.row, "milestone", Message("里程碑“{name}”重复。", {"name": name}))
            continue
        found[name, place] = Milestone(name, planned, actual, rows.at(line.row, line.ordinal), place)
        tell(rows, line, name, notes)
    return tuple(found.values())


def communities(
    section: Section, places: Places, notes: Notes, seen: dict[tuple[str, str], str]
) -> list[tuple[object, ...]]:
    """Every 小区 of a sheet, as a row of `core.model.detail`. A blank place means the one above.

    `seen`: those read so far and where.
    """
    rows = Rows(section, "communities", notes, ("place", *PARTS["communities"]))
    if "place" not in section.columns:
        _complete(section, ("place",), notes)
        return []
    for line in islice(rows.lines(), MOST_UNDERSTOOD):
        tell(rows, line, str(line.get("community") or ""), notes)
    found: list[tuple[object, ...]] = []
    for row, at, place, name, values, raw in zip(
        rows.data,
        _places_in_file(rows),
        _filled_down(rows, places, notes),
        rows.columns["community"],
        _figures(rows),
        _as_json(rows),
        strict=True,
    ):
        if not isinstance(name, str) or not name:
            if name is not BAD:
                notes.wrong(section, row, "community", Message("没有填写小区名称。"))
            continue
        if place is None:
            continue
        key = place, key_of(name)
        if key in seen:
            params = {"name": name, "first": seen[key]}
            notes.wrong(section, row, "community", Message("小区“{name}”与{first}重复。", params))
            continue
        seen[key] = at
        found.append((place, name, at, *values, raw))
    return found


def _filled_down(rows: Rows, places: Places, notes: Notes) -> Iterator[str | None]:
    """The place of each row, None with a problem."""
    known: dict[str, str | None] = {}
    above = ""
    for row, text in zip(rows.data, rows.columns["place"], strict=True):
        if isinstance(text, str) and text:
            above = text
        elif not above and text is not BAD:
            notes.wrong(rows.section, row, "place", Message("没有填写街镇。"))
        if above not in known:
            known[above] = places.find(rows.section, Line(row, 0, {"place": above}), notes) if above else None
        yield known[above]


def _places_in_file(rows: Rows) -> list[str]:
    """Table and row of each row of data."""
    return [rows.at(row, ordinal) for ordinal, row in enumerate(rows.data, start=1)]


def _figures(rows: Rows) -> Iterator[tuple[object, ...]]:
    """Of each row what `core.model.detail` holds after place, name and source, in that order; None without a column."""
    nothing = [None] * len(rows.data)
    columns = [rows.columns.get(name, nothing) for name in PARTS["communities"][1:]]
    return zip(*columns, strict=True)


def _as_json(rows: Rows) -> Iterator[str]:
    """The cells of each row by column and heading, as C:户数 (in a document by heading); blank ones are left out."""
    columns = []
    for name in rows.fields:
        heading = encode_basestring(rows.section.heading(name) if rows.in_text else rows.section.lettered(name))
        columns.append([f"{heading}: {encode_basestring(text)}" if text else "" for text in rows.texts(name)])
    return (f"{{{', '.join(filter(None, row))}}}" for row in zip(*columns, strict=True))
