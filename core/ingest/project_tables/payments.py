"""The ledger of payments (付款台账, 序时账): every line as it stands, of one sheet or several (one a street, a month).

A line that names no street, source or contract is a line all the same: its amount counts in the project's sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from core.errors import Message
from core.ingest.project_tables.details import as_json, funding_of, places_in_file
from core.ingest.project_tables.headings import TableSection
from core.ingest.project_tables.place_tables import MOST_UNDERSTOOD, Places, tell
from core.ingest.project_tables.rows import BAD, Notes, Rows, TableLine, tolerance_of
from core.model.fields import COLUMNS
from core.model.project import Facts
from core.progress.arithmetic import sum_of

READ = ("place", *(name for name in COLUMNS["payments"] if name != "purpose"))
"""What is read as a field; a purpose may be a sentence."""
_MOST_PURPOSE = 200
"""Letters of a purpose."""
_FAR = 1000
"""Times that a ledger is more than what was reported, from which its unit is doubted."""

Line = tuple[object, ...]
"""A row of `core.model.detail`."""


def payments(sections: Sequence[TableSection], places: Places, before: Facts, notes: Notes) -> Iterator[Line]:
    """Every payment of the sections, each as a row of `core.model.detail`; what is wrong is told as they are made."""
    for section in sections:
        yield from _Section(section, places, before, notes).lines()


class _Section:
    """One table of payments."""

    def __init__(self, section: TableSection, places: Places, before: Facts, notes: Notes) -> None:
        self.section, self.places, self.notes = section, places, notes
        homes = sum(line.households or 0 for line in before.renovation)
        self.rows = Rows(section, "payments", notes, READ, homes)
        self.columns = {name: self.rows.columns.get(name) or [None] * len(self.rows.data) for name in READ}
        self._reported = sum_of(line.paid for line in before.spend if line.paid is not None)

    def lines(self) -> Iterator[Line]:
        """The payments in their order; what is missing of them is asked once a column."""
        rows = self.rows
        for line in islice(rows.lines(), MOST_UNDERSTOOD):
            tell(rows, line, called(line), self.notes)
        rows.tell_units()
        amounts = self._amounts()
        self._doubt_unit(amounts)
        places = self._places()
        purposes = self._purposes()
        sources = {name: source(name) for name in set(map(_text, self.columns["funding"]))}
        order = [name for name in COLUMNS["payments"] if name not in ("payment", "purpose")]
        kept = zip(*(self.columns[name] for name in order), strict=True)
        for amount, place, purpose, values, at, raw in zip(
            amounts,
            places,
            purposes,
            kept,
            places_in_file(rows),
            as_json(rows, in_file(self.section)),
            strict=True,
        ):
            if amount is None:
                continue
            own = dict(zip(order, values, strict=True))
            day, price = own["paid_on"], own["contract"]
            yield (
                place,
                day if isinstance(day, date) else None,
                _text(own["payee"]),
                amount,
                sources[_text(own["funding"])],
                _text(own["voucher"]),
                _text(own["contract_no"]),
                price if isinstance(price, Decimal) else None,
                purpose,
                at,
                raw,
            )

    def _amounts(self) -> list[Decimal | None]:
        """The amount of each line; None with a problem, and for a sum that nothing calls so, which is told."""
        found: list[Decimal | None] = []
        without: list[int] = []
        added = Decimal(0)
        last = len(self.rows.data) - 1
        bare = [self._is_bare(at) for at in (0, last)] if last > 1 else [False, False]
        for at, value in enumerate(self.columns["payment"]):
            if isinstance(value, Decimal):
                found.append(value)
                added += value
                continue
            found.append(None)
            if value is not BAD:
                without.append(self.rows.data[at])
        ask_without(self.section, without, self.notes)
        for at, alone in zip((0, last), bare, strict=True):
            amount = found[at] if found else None
            if alone and amount is not None and is_sum_alone(self.rows, self.rows.data[at], amount, added, self.notes):
                found[at] = None
        return found

    def _is_bare(self, at: int) -> bool:
        """True when a line says nothing but an amount."""
        said = (name for name in (*READ, "purpose") if name != "payment" and name in self.section.columns)
        return not any(self.rows.texts(name)[at] for name in said)

    def _doubt_unit(self, amounts: Sequence[Decimal | None]) -> None:
        """A ledger that is thousands of times what was reported is in another unit than it was read in."""
        whole = sum_of(amount for amount in amounts if amount is not None)
        if not self.rows.units["payment"].stated and self._reported > 0 and whole > self._reported * _FAR:
            params = {"whole": f"{whole:,.2f}", "reported": f"{self._reported:,.2f}"}
            text = Message(
                "付款合计按万元读是{whole}万元，是累计支付{reported}万元的千倍以上。请在表头注明单位。",
                params,
            )
            self.notes.wrong(self.section, self.section.row, "payment", text)

    def _places(self) -> list[str | None]:
        """The place of each line as the project calls it; None where it is not one of the project's, which is told."""
        if "place" not in self.section.columns:
            return [of_sheet(self.section, self.places, self.notes)] * len(self.rows.data)
        column = self.columns["place"]
        met: dict[str, list[int]] = {}
        for row, text in zip(self.rows.data, column, strict=True):
            if isinstance(text, str) and text:
                met.setdefault(text, []).append(row)
        names = {text: self.places.known(text) for text in met}
        for name in (text for text, known in names.items() if known is None):
            ask_unknown(self.section, name, met[name][0], len(met[name]), self.notes)
        return [names.get(text) if isinstance(text, str) else None for text in column]

    def _purposes(self) -> Iterable[str]:
        if "purpose" not in self.section.columns:
            return [""] * len(self.rows.data)
        return map(purpose, self.rows.texts("purpose"))


# -- what holds of a ledger, whichever way it is read ------------------------------------------


def called(line: TableLine) -> str:
    """A line by whom it was paid to, else by its voucher."""
    return _text(line.get("payee")) or _text(line.get("voucher"))


def source(name: str) -> str:
    """The source of money that a cell names; "" for none."""
    return funding_of(name) if name else ""


def purpose(text: str) -> str:
    """What a payment was for, in one line."""
    return " ".join(text.split())[:_MOST_PURPOSE]


def in_file(section: TableSection) -> list[str]:
    """The fields in the order of their columns."""
    columns = section.columns
    return sorted((name for name in (*READ, "purpose") if name in columns), key=columns.__getitem__)


def ask_without(section: TableSection, rows: Sequence[int], notes: Notes) -> None:
    """Tell of rows that have no amount."""
    if rows:
        text = Message("有{count}行没有付款金额，没有作为付款读取。", {"count": len(rows)})
        notes.ask(section, rows[0], "payment", text)


def is_sum_alone(rows: Rows, row: int, amount: Decimal, added: Decimal, notes: Notes) -> bool:
    """Whether a row that says nothing but an amount is the sum of the others, which is told; else it is a problem.

    `added`: what all of them add up to, with it.
    """
    if abs(added - amount - amount) <= tolerance_of("payment", rows.units["payment"]):
        text = Message("这一行只有金额，正好是其余各行之和，按合计行读取，不另计入。请核对。")
        notes.ask(rows.section, row, "payment", text)
        return True
    text = Message("这一行只有金额，没有日期、收款单位和凭证号，不知道是哪一笔。请补填，或者删去这一行。")
    notes.wrong(rows.section, row, "payment", text)
    return False


def of_sheet(section: TableSection, places: Places, notes: Notes) -> str | None:
    """The place that a sheet without a column for it is called by, which is told."""
    sheet = section.table.sheet
    named = places.known(sheet) if places.knew(sheet) else None
    if named is not None:
        text = Message("表中没有街镇一列，按工作表的名称“{name}”读取。", {"name": named})
        notes.ask(section, section.row, None, text)
    return named


def ask_unknown(section: TableSection, name: str, row: int, count: int, notes: Notes) -> None:
    """Tell of a place that is none of the project's: the row where it comes first, and how many have it."""
    params = {"name": name, "count": count}
    message = Message("项目中没有街镇“{name}”，这{count}笔按未注明街镇读取，只计入全项目。", params)
    notes.ask(section, row, "place", message)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
