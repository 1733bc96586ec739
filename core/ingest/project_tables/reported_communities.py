"""What the communities of places report for a period: which figures can be asked, what is doubtful of a cell, and the
snapshot that is made of it: its list of communities, and the places' figures as that list adds them up."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from core.errors import Message
from core.ingest.files import cells
from core.ingest.project_tables import community_sums
from core.ingest.project_tables.correction import CorrectableFigure, Kind, Value, read_value, refused
from core.ingest.project_tables.reported import (
    Doubt,
    Row,
    against_invested,
    against_last,
    figure_as_typed,
    printed,
)
from core.model.detail import ATTRIBUTES, in_columns
from core.model.fields import COLUMNS, FIELDS, TableId, of_communities
from core.model.project import Community, Facts, RenovationLine, SpendLine
from core.text.numbers import MISSING

if TYPE_CHECKING:
    import pyarrow

Line = TypeVar("Line", SpendLine, RenovationLine)
Key = tuple[str, str]
"""Place and name of a community."""
Entry = Value | date
CommunityRow = Mapping[str, Entry]
"""What a community has reported, by field."""


def _of_communities() -> Iterator[CorrectableFigure]:
    for field in (FIELDS[name] for name in COLUMNS["communities"]):
        if field.kind == "text":
            continue
        plain = field.measured or field.kind in ("share", "day")
        kind = cast(Kind, field.kind) if plain else "count"
        yield CorrectableFigure(field.id, field.name, "communities", field.stored_as, kind)


FIGURES_OF_COMMUNITIES: tuple[CorrectableFigure, ...] = tuple(_of_communities())
_BY_ID = {figure.id: figure for figure in FIGURES_OF_COMMUNITIES}


def figure_of_community(name: str) -> CorrectableFigure:
    """By its id, which is that of a figure of communities."""
    return _BY_ID[name]


def read_entry(name: str, text: str) -> Entry:
    """The figure or day in a community's cell; None for a blank one and for “—”, which says that it is not known.

    Raises InputError for a text that is neither.
    """
    figure, plain = figure_of_community(name), text.strip()
    if not plain or plain == MISSING:
        return None
    if figure.kind != "day":
        return read_value(text, figure)
    found = cells.day(plain)
    if isinstance(found, Message):
        raise refused(Message("“{field}”：{problem}", {"field": figure.name, "problem": found}))
    return found


def entry_printed(value: Entry, name: str) -> str:
    """A figure or day as it is printed, without its unit; "—" where there is none."""
    return f"{value}" if isinstance(value, date) else printed(value, name)


def entry_as_typed(value: Entry, name: str) -> str:
    """A figure or day as somebody would type it, exactly: `read_entry` reads it; "—": there is none."""
    if value is None or isinstance(value, date):
        return MISSING if value is None else f"{value}"
    return figure_as_typed(value, figure_of_community(name))


def last_entries(row: Community) -> CommunityRow:
    """The figures of a community as they stand, by field."""
    return {figure.id: getattr(row, figure.attribute) for figure in FIGURES_OF_COMMUNITIES}


def community_doubts(row: CommunityRow, last: CommunityRow, as_of: date) -> tuple[Doubt, ...]:
    """What is doubtful of the row of a community. `last`: what it had before; `as_of`: the day of the period."""
    whole = {**last, **row}
    figures, all_figures = _figures(row), _figures(whole)
    found = [*against_last(figures, _figures(last)), *against_invested(figures, all_figures)]
    return (*found, *_against_estimate(figures, all_figures), *_against_days(row, whole, as_of))


def _figures(row: CommunityRow) -> Row:
    return {name: value for name, value in row.items() if not isinstance(value, date)}


def _against_estimate(row: Row, whole: Row) -> Iterator[Doubt]:
    paid, most = row.get("paid"), whole.get("own_estimate")
    if paid is not None and most is not None and paid > most:
        yield Doubt("paid", Message("超过小区概算{most}万元。请核对。", {"most": printed(most, "own_estimate")}))


def _against_days(row: CommunityRow, whole: CommunityRow, as_of: date) -> Iterator[Doubt]:
    """Days that are not there yet, or not in their order; done, and never begun."""
    begun, done = whole.get("begun_on"), whole.get("done_on")
    for name in ("begun_on", "done_on"):
        day = row.get(name)
        if isinstance(day, date) and day > as_of:
            yield Doubt(name, Message("晚于数据截止日{day}。请核对。", {"day": as_of}))
    if not isinstance(done, date) or not {"begun_on", "done_on"} & {*row}:
        return
    at = "done_on" if "done_on" in row else "begun_on"
    if not isinstance(begun, date):
        yield Doubt(at, Message("有完工日期，没有开工日期。请核对。"))
    elif done < begun:
        yield Doubt(at, Message("完工日期{done}早于开工日期{begun}。请核对。", {"done": done, "begun": begun}))


# ---------------------------------------------------------------- the snapshot that is made of it


@dataclass(frozen=True)
class MadeOfReports:
    """The facts and the list of communities that reports make, and what is to be asked before they count."""

    facts: Facts
    detail: pyarrow.Table | None
    """None: the list stays as it is."""
    doubts: tuple[Message, ...]


def with_communities(
    facts: Facts, detail: Sequence[Community], rows: Mapping[Key, CommunityRow], fields: Collection[str], source: str
) -> MadeOfReports:
    """The facts with what these communities report. `detail`: the list so far; `fields`: what was asked.

    The places of these communities have, of what was asked, the sums that an imported list would give them. `source`:
    what is said of where a row is from. Raises InputError for a community that is no longer in the list.
    """
    if gone := {*rows} - {(each.place, each.name) for each in detail}:
        place, name = min(gone)
        raise refused(Message("小区明细里已没有“{place}”的“{name}”。请退回后核对。", {"place": place, "name": name}))
    table = in_columns(_values(_with_row(each, rows.get((each.place, each.name)), source)) for each in detail)
    places = {place for place, _ in rows}
    homes = _lines(facts.renovation, community_sums.homes(table, {}), "renovation", places, fields, source)
    money = _lines(facts.spend, community_sums.money(table, {}), "spend", places, fields, source)
    made = replace(facts, renovation=homes, spend=money)
    every: tuple[RenovationLine | SpendLine, ...] = (*homes, *money)
    of_places = [line for line in every if line.place in places]
    doubts = tuple(community_sums.gaps(table, {}, of_places, fields))
    added = community_sums.estimates(table, {}) if "own_estimate" in fields else {}
    if added and not community_sums.is_added(facts.budget_groups):
        return MadeOfReports(made, table, (*doubts, *community_sums.estimate_doubts(made, added)))
    if added and (silent := community_sums.without_estimate(made, added)):
        spend = tuple(replace(line, budget_group="") for line in made.spend)
        bare = replace(made, budget_groups=(), spend=spend)
        return MadeOfReports(bare, table, (*doubts, community_sums.no_estimate(silent)))
    if added:
        made = community_sums.with_estimates(made, added)
    return MadeOfReports(made, table, doubts)


def _lines(
    old: tuple[Line, ...], sums: tuple[Line, ...], table: TableId, places: Collection[str], fields: Collection[str],
    source: str,
) -> tuple[Line, ...]:  # fmt: skip
    """The rows of places, with the sums of what was asked of the communities of these ones."""
    asked, added = [name for name in of_communities(table) if name in fields], {line.place: line for line in sums}
    if not asked or not old:
        return sums if asked else old
    return tuple(
        _summed(line, {name: getattr(added[line.place], name) for name in asked}, source)
        if line.place in places and line.place in added
        else line
        for line in old
    )


def _summed(line: Line, sums: Mapping[str, Value], source: str) -> Line:
    """A place's row with these sums; one that is nothing but sums says so still."""
    raws = {f"{name}_raw": "" for name in sums if hasattr(line, f"{name}_raw")}
    where = line.source if community_sums.is_added((line,)) else source
    return replace(line, **cast(dict[str, Any], {**sums, **raws, "source": where}))


def _with_row(community: Community, row: CommunityRow | None, source: str) -> Community:
    """A community with what it reports; its cells are then those of the form."""
    if row is None:
        return community
    said = {name: text for name, text in json.loads(community.said or "{}").items() if name not in row}
    typed = {str(FIELDS[name].name): entry_as_typed(value, name) for name, value in row.items()}
    new = {figure_of_community(name).attribute: value for name, value in row.items()}
    texts = {"said": _json(said) if said else None, "raw": _json(typed), "source": source}
    return replace(community, **cast(dict[str, Any], new | texts))


def _values(community: Community) -> tuple[object, ...]:
    return tuple(getattr(community, name) for name in ATTRIBUTES)


def _json(texts: Mapping[str, str]) -> str:
    return json.dumps(texts, ensure_ascii=False)
