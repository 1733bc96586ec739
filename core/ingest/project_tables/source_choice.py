"""Columns of money by source among the columns of a table: which of them are read so, and what is asked about them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from core.errors import Message
from core.ingest.files.labels import plain
from core.ingest.files.table import Table
from core.ingest.files.total_words import is_total
from core.ingest.project_tables.heading_words import Meaning, exact
from core.ingest.project_tables.section import BETWEEN, HeadingDoubt, parts_of
from core.ingest.project_tables.source_words import SourceColumn, find, find_flows
from core.ingest.report_text.money import SOURCE
from core.model.fields import FLOWS, source_field, source_of

_FIT = (2, 1, 0)
_OTHER_ROWS = frozenset(
    {"arrived_on", "paid_on", "payee", "voucher", "contract_no", "community", "milestone", "compared"}
)
"""Labels of rows that are of something else than a source."""
_OF_SPENDING = frozenset({"estimate", "invested", "paid"})
_LOOKED_AT = 1000
"""Rows under a heading that tell what its rows are of."""
_ALL_ARRIVED = source_field("arrived", "")


@dataclass(frozen=True)
class SourceColumns:
    """The columns that are of a source."""

    found: Mapping[int, SourceColumn]
    paths: Mapping[int, tuple[str, ...]]

    @property
    def meanings(self) -> Mapping[int, Meaning]:
        """Their meanings, by column."""
        return {column: Meaning(each.field, _FIT) for column, each in self.found.items()}

    def doubts(self, columns: Mapping[str, int]) -> Iterator[HeadingDoubt]:
        """拨付 may be what was paid or what arrived; a name alone does not say what was done. `columns`: as read."""
        if not {"sources", "communities"} & {*parts_of(columns)}:
            return
        of = {
            doubt: [column for column, each in self.found.items() if each.doubt == doubt and column in columns.values()]
            for doubt in ("granted", "plain")
        }
        if granted := of["granted"]:
            names = tuple(BETWEEN.join(self.paths[column]) for column in granted)
            text = Message(
                "“{names}”按已支付读取；“拨付”也可能是已到位（拨到街镇）的数。请核对；不是的，请在表头对应中改正。",
                {"names": names},
            )
            yield HeadingDoubt(granted[0], text)
        if plain := of["plain"]:
            names = tuple(BETWEEN.join(self.paths[column]) for column in plain)
            flow = FLOWS[self.found[plain[0]].flow]
            text = Message(
                "“{names}”只写了资金来源，按{flow}数读取。请核对；不是的，请在表头对应中改正。",
                {"names": names, "flow": flow},
            )
            if in_rows(columns):
                text = Message(
                    "“{names}”没有写明是计划、到位还是支付，按{flow}数读取。请核对；不是的，请在表头对应中改正。",
                    text.params,
                )
            yield HeadingDoubt(plain[0], text)


def sources_among(
    paths: Mapping[int, tuple[str, ...]],
    meanings: Mapping[int, Meaning | None],
    said: Container[int],
    title: str,
) -> SourceColumns:
    """The columns of money by source. `said`: those of which a person has said what they are; they are none of these.

    A heading of one row that is a spelling of a field is that field. What is of all sources together is so only where
    it is nothing else.
    """
    found = {
        column: each
        for column, each in find(paths, title).items()
        if column not in said
        and (meanings[column] is None if not each.source else len(paths[column]) > 1 or not exact(paths[column][-1]))
    }
    return SourceColumns(found, paths)


def sources_in_rows(
    table: Table, row: int, columns: Mapping[str, int], paths: Mapping[int, tuple[str, ...]], title: str
) -> SourceColumns:
    """The columns of money of a table whose rows are each of one source; none where its rows are of something else.

    `columns`: as its headings are understood else. A table of spending with a column of remarks 资金来源 is none: its
    places stand once, and not every remark is the name of one source.
    """
    none = SourceColumns({}, paths)
    if (
        "funding" not in columns
        or _OTHER_ROWS & columns.keys()
        or any((source_of(each) or ("", ""))[1] for each in columns)
    ):
        return none
    named = list(islice(_named(table, row, columns), _LOOKED_AT))
    flows = find_flows(paths, title)
    if not named or not flows:
        return none
    if "place" not in columns:
        if "arrived" in columns and {each.flow for each in flows.values()} == {"arrived"}:
            return none  # single arrivals, of which the days are missing
        before = {column for column in paths if column < columns["funding"]}
        return SourceColumns(flows, paths) if before <= {columns.get("serial")} else none
    alone = len({place for place, _ in named}) == len(named)
    spending = any(columns.get(name) in flows for name in _OF_SPENDING)
    if alone and spending and not all(SOURCE.fullmatch(plain(source)) for _, source in named):
        return none
    return SourceColumns(flows, paths)


def _named(table: Table, row: int, columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Place and source of the rows under a heading, without sums; a blank place is the one above."""
    above = ""
    for at in sorted(each for each in table.lines if each > row):
        own = table.over(at, columns["place"]) if "place" in columns else ""
        above = own or above
        source = table.over(at, columns["funding"])
        if source and not is_total(source) and not is_total(own):
            yield plain(above), source


def with_all_arrived(columns: Mapping[str, int]) -> Mapping[str, int]:
    """The columns with what has arrived at a place as money of all sources together: no row is of one source."""
    if "arrived" not in columns or _ALL_ARRIVED in columns or not _by_place(columns):
        return columns
    return {_ALL_ARRIVED if name == "arrived" else name: column for name, column in columns.items()}


def in_rows(columns: Mapping[str, int]) -> bool:
    """True for columns of money of a table that names the source in each row."""
    return "funding" in columns and not _OTHER_ROWS & columns.keys() and any(map(source_of, columns))


def _by_place(columns: Mapping[str, int]) -> bool:
    return "place" in columns and not {"community", "funding", "arrived_on"} & columns.keys()
