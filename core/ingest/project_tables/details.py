"""The optional tables that do not go by place alone: funds arrived, milestones, and every 小区 under its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from json.encoder import encode_basestring
from typing import cast

from core.errors import Message
from core.ingest.files.labels import plain
from core.ingest.files.total_words import without_layout
from core.ingest.project_tables.place_tables import MOST_UNDERSTOOD, Places, key_of, tell
from core.ingest.project_tables.row_kinds import street_lines
from core.ingest.project_tables.rows import BAD, Notes, Rows, TableLine, tolerance_of
from core.ingest.project_tables.section import TableSection, fields_of
from core.ingest.report_text.money_kinds import kind_of
from core.model.fields import COLUMNS, FIELDS
from core.model.project import Arrival, Milestone


def arrivals(section: TableSection, notes: Notes) -> tuple[Arrival, ...]:
    """Funds arrived, by source and date."""
    rows = Rows(section, "arrivals", notes, COLUMNS["arrivals"])
    _complete(section, COLUMNS["arrivals"], notes)
    rows.tell_units()
    found: list[Arrival] = []
    for line in rows.lines():
        name, day, amount = (line.get(field) for field in COLUMNS["arrivals"])
        for field, value in (("funding", name), ("arrived_on", day), ("arrived", amount)):
            if value in (None, "") and field in section.columns and not line.bad(field):
                notes.wrong(section, line.row, field, Message("没有填写。"))
        if isinstance(name, str) and name and isinstance(day, date) and isinstance(amount, Decimal):
            found.append(Arrival(funding_of(name), day, amount, rows.at(line.row, line.ordinal)))
            tell(rows, line, name, notes)
    return tuple(found)


def funding_of(name: str) -> str:
    """Tell the source of money that a name means; a kind that is neither bond nor budget stays under its own name."""
    own = without_layout(name)
    key = plain(own)
    kind = kind_of(key)
    return own if kind == key else kind


def _complete(section: TableSection, fields: tuple[str, ...], notes: Notes) -> None:
    for name in fields:
        if name not in section.columns:
            text = Message("表头缺少“{name}”这一列。", {"name": FIELDS[name].name})
            notes.wrong(section, section.row, None, text)


def milestones(
    section: TableSection, places: Places, notes: Notes, before: Sequence[Milestone] = ()
) -> tuple[Milestone, ...]:
    """批复、开工、竣工 with planned and actual dates, of the project or of a place.

    `before`: as they were known; who answers for one stays where the table has no such column.
    """
    owners = {} if "owner" in section.columns else {(each.name, each.place): each.owner for each in before}
    rows = Rows(section, "milestones", notes, (*COLUMNS["milestones"], "place"))
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
        owner = str(line.get("owner") or owners.get((name, place), ""))
        found[name, place] = Milestone(name, planned, actual, rows.at(line.row, line.ordinal), place, owner)
        tell(rows, line, name, notes)
    rows.tell_as_typed()
    return tuple(found.values())


def communities(
    section: TableSection,
    places: Places,
    notes: Notes,
    seen: dict[tuple[str, str], str],
    by_place: Collection[str],
    shared: dict[tuple[str, str], tuple[Decimal, int]],
    by_source: list[tuple[str, Mapping[str, Decimal]]],
) -> list[tuple[object, ...]]:
    """Every 小区 of a sheet, as a row of `core.model.detail`. A blank place means the one above.

    `seen`: those read so far and where. `by_place`: the figures that the places report themselves. `shared` gets, by
    place and field, what stands once for several communities, and how many these are. `by_source` gets the place of
    each community and its money of each source, where there are columns of them.
    """
    sources = fields_of("sources", section.columns)
    rows = Rows(section, "communities", notes, ("place", *fields_of("communities", section.columns)))
    if "place" not in section.columns:
        heads = street_lines(section)
        if not heads:
            _complete(section, ("place",), notes)
            return []
        rows.columns["place"] = [next((heads[top] for top in reversed(heads) if top < row), "") for row in rows.data]
        streets = {"places": tuple(dict.fromkeys(heads.values()))}
        text = Message("表中没有“街镇”这一列，按各组小区上方的一行（{places}）作为街镇读取。请核对。", streets)
        notes.ask(section, min(heads), None, text)
    of_rows = list(_filled_down(rows, places, notes))
    for name in rows.fields:
        if FIELDS[name].summed:
            _together(rows, name, of_rows, notes, None if name in by_place else shared)
    for line in islice(rows.lines(), MOST_UNDERSTOOD):
        tell(rows, line, str(line.get("community") or ""), notes)
    rows.tell_units()
    found: list[tuple[object, ...]] = []
    for number, (row, at, place, name, values, said, raw) in enumerate(
        zip(
            rows.data,
            places_in_file(rows),
            of_rows,
            rows.columns["community"],
            _figures(rows),
            _said(rows),
            as_json(rows),
            strict=True,
        )
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
        found.append((place, name, at, *values, said, raw))
        if sources:
            amounts = ((each, rows.columns[each][number]) for each in sources)
            by_source.append((place, {each: value for each, value in amounts if isinstance(value, Decimal)}))
    return found


def _together(
    rows: Rows,
    field: str,
    places: Sequence[str | None],
    notes: Notes,
    shared: dict[tuple[str, str], tuple[Decimal, int]] | None,
) -> None:
    """An amount that stands once for several communities is theirs together: it is not stored as one's own.

    It counts in the sum of their place, which is told. `shared` None: the places report the figure themselves.
    """
    column, values = rows.section.columns[field], rows.columns[field]
    covered: dict[int, list[int]] = {}
    for row in rows.data:
        top, of = rows.table.merged.get((row, column), (0, 0))
        if of == column and top != row:
            covered.setdefault(top, []).append(row)
    if shared is not None:
        _blanks(rows, field, places, {row for others in covered.values() for row in others}, notes, shared)
    at = {row: number for number, row in enumerate(rows.data)} if covered else {}
    for top, others in covered.items():
        amount = values[at[top]] if top in at else None
        if amount is None:
            continue
        names = tuple(str(rows.columns["community"][at[row]]) for row in (top, *others))
        theirs = {places[at[row]] for row in (top, *others)}
        values[at[top]] = None
        rows.together[top, field] = "、".join(names)
        params = {
            "count": len(names),
            "names": names,
            "name": FIELDS[field].name,
            "places": tuple(filter(None, theirs)),
        }
        place = next(iter(theirs))
        if shared is None:
            text = Message(
                "这个数合并了{count}个小区（{names}），是它们共有的，不计入其中一个；街镇的{name}另有填报。", params
            )
            notes.ask(rows.section, top, field, text)
        elif len(theirs) == 1 and place is not None and isinstance(amount, Decimal | int):
            text = Message(
                "这个数合并了{count}个小区（{names}），是它们共有的：计入{places}的{name}，没有分到各小区。请核对。",
                params,
            )
            notes.ask(rows.section, top, field, text)
            _share(shared, place, field, Decimal(amount), len(names))
        else:
            text = Message(
                "这个数合并了{count}个小区（{names}），是它们共有的，不能算作其中一个的{name}。请分别填写，或者另附各街镇的表。",
                params,
            )
            notes.wrong(rows.section, top, field, text, last=others[-1])


def _blanks(
    rows: Rows,
    field: str,
    places: Sequence[str | None],
    merged: Collection[int],
    notes: Notes,
    shared: dict[tuple[str, str], tuple[Decimal, int]],
) -> None:
    """Blank amounts under one of the same place, where the printed total is the sum of those that are filled in.

    Then nothing is missing: the amount above is theirs, too, or there is none, and the place's sum is known.
    """
    values, total = rows.columns[field], rows.total.get(field)
    known = [value for value in values if isinstance(value, Decimal)]
    if FIELDS[field].kind != "money" or not known or not isinstance(total, Decimal):
        return
    texts, paid = rows.texts(field), {place for place, value in zip(places, values, strict=True) if value is not None}
    blank = [
        at
        for at, row in enumerate(rows.data)
        if values[at] is None and not texts[at] and row not in merged and places[at] is not None and places[at] in paid
    ]
    if not blank or abs(sum(known, Decimal(0)) - total) > tolerance_of(field, rows.units[field]):
        return
    for at in blank:
        _share(shared, str(places[at]), field, Decimal(0), 1)
    text = Message(
        "{count}个小区没有填写，合计行等于已填各行之和：按已包含在同一街镇已填的数里读取，没有分到各小区。请核对。",
        {"count": len(blank)},
    )
    notes.ask(rows.section, rows.data[blank[0]], field, text)


def _share(
    shared: dict[tuple[str, str], tuple[Decimal, int]], place: str, field: str, amount: Decimal, count: int
) -> None:
    before, number = shared.get((place, field), (Decimal(0), 0))
    shared[place, field] = before + amount, number + count


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
            known[above] = places.find(rows.section, TableLine(row, 0, {"place": above}), notes) if above else None
        yield known[above]


def places_in_file(rows: Rows) -> Iterator[str]:
    """Table and row of each row of data."""
    return (rows.at(row, ordinal) for ordinal, row in enumerate(rows.data, start=1))


def _figures(rows: Rows) -> Iterator[tuple[object, ...]]:
    """Of each row what `core.model.detail` holds after place, name and source, in that order; None without a column."""
    nothing = [None] * len(rows.data)
    columns = [
        [text or None for text in column] if FIELDS[name].is_label else column
        for name in COLUMNS["communities"][1:]
        for column in [rows.columns.get(name, nothing)]
    ]
    return zip(*columns, strict=True)


def _said(rows: Rows) -> Iterator[str | None]:
    """The cells of each row that say less than a value, as JSON by field; None where all are values."""
    for row in rows.data:
        cells = {name: cells[row] for (name, _), cells in rows.as_typed.items() if row in cells}
        yield said_as_json(cells)


def said_as_json(cells: Mapping[str, str]) -> str | None:
    """The cells of a row by field, in the order of the fields; None for none."""
    texts = [f'"{name}": {encode_basestring(cells[name])}' for name in COLUMNS["communities"] if name in cells]
    return f"{{{', '.join(texts)}}}" if texts else None


def as_json(rows: Rows, fields: Sequence[str] = ()) -> Iterator[str]:
    """The cells of each row by column and heading, as C:户数 (in a document by heading); blank ones are left out.

    `fields`: those that are taken, where it is not those that were read.
    """
    names = fields or rows.fields
    headings = [
        encode_basestring(rows.section.heading(name) if rows.in_text else rows.section.lettered(name)) for name in names
    ]
    for cells in zip(*map(rows.texts, names), strict=True):  # row by row: all of them at once are hundreds of megabytes
        said = (f"{name}: {encode_basestring(text)}" for name, text in zip(headings, cells, strict=True) if text)
        yield f"{{{', '.join(said)}}}"
