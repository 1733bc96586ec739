"""The ledger of payments out of folded rows: a long .csv read column by column (`folded_rows`)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy
import pyarrow
from pyarrow import compute

from core.ingest.files.total_words import is_mean
from core.ingest.project_tables import payments as ledger
from core.ingest.project_tables.folded_rows import TEXT, FoldedRows, changed
from core.ingest.project_tables.place_tables import Places
from core.ingest.project_tables.rows import Notes, NotPlain, tolerance_of
from core.ingest.project_tables.section import TableSection
from core.ingest.project_tables.totals import Columns, TotalsRow, lay_out
from core.model import detail

if TYPE_CHECKING:
    from core.ingest.files.csv_file import Mask


def payments(sections: Sequence[TableSection], places: Places, notes: Notes) -> pyarrow.Table | None:
    """Every payment of the sections, as the columns of `core.model.detail`; None: none. Raises NotPlain."""
    found = pyarrow.concat_tables([_Columns(section, places, notes).detail() for section in sections])
    return found if len(found) else None


class _Columns(FoldedRows):
    """One section of payments."""

    def __init__(self, section: TableSection, places: Places, notes: Notes) -> None:
        super().__init__(section, "payments", ledger.READ, notes, ledger.called, ("purpose",))
        self._check_sums()
        if "paid_on" in self.values:
            self.tell_as_typed("paid_on")
        self._is_payment = self._payments()
        self.places = self._of_places(places)

    def _check_sums(self) -> None:
        """Every printed sum is that of its rows, as `lay_out` finds which these are: of all between two sums one."""
        if not self.sums:
            return
        reader, column = self.readers["payment"], self.section.columns["payment"]
        printed: list[Decimal | None] = []
        for row, label in self.sums:
            value = reader[self.section.table.own(row, column)]
            if is_mean(label) or not (value is None or isinstance(value, Decimal)):
                raise NotPlain
            printed.append(value)
        parts = [None if each is None else Decimal(each) for each in self.between(["payment"])["payment"]]
        tolerance = tolerance_of("payment", self.head.units["payment"])
        rows = [TotalsRow(2 * at, "", (part,)) for at, part in enumerate(parts)]
        sums = [TotalsRow(2 * at + 1, label, (printed[at],)) for at, (_, label) in enumerate(self.sums)]
        for each in lay_out(rows, sums, Columns((tolerance,), (False,)), lambda _: False, by_figures=False).sums:
            stated, due = printed[each.row // 2], [part for part in parts[each.start : each.stop] if part is not None]
            reported = len(due) == each.stop - each.start
            if stated is not None and reported and abs(stated - sum(due, Decimal(0))) > tolerance:
                raise NotPlain

    def _payments(self) -> Mask:
        """Mark the rows that are payments: not those without an amount, nor a sum that nothing calls so."""
        amounts = self.values["payment"]
        found: Mask = compute.is_valid(amounts).to_numpy(zero_copy_only=False).copy()
        ledger.ask_without(self.section, self.rows[~found].tolist(), self.notes)
        last = len(self.rows) - 1
        ends = [at for at in (0, last) if found[at] and self._is_bare(at)] if last > 1 else []
        added = compute.sum(amounts).as_py()
        for at in ends:
            amount, row = amounts[at].as_py(), int(self.rows[at])
            if ledger.is_sum_alone(self.head, row, amount, added, self.notes):
                found[at] = False
        return found

    def _is_bare(self, at: int) -> bool:
        """True when a line says nothing but an amount."""
        return not any(texts[at].as_py() for name, texts in self.texts.items() if name != "payment")

    def _of_places(self, places: Places) -> pyarrow.StringArray:
        """The place of each line as the project calls it; null where it is not one of the project's, which is told."""
        if "place" not in self.values:
            return pyarrow.array([ledger.of_sheet(self.section, places, self.notes)], TEXT).take(
                pyarrow.repeat(0, len(self.rows))
            )
        coded = self.values["place"].dictionary_encode()
        names = coded.dictionary.to_pylist()
        known = [places.known(name) if name else None for name in names]
        _, first, count = numpy.unique(coded.indices.to_numpy(), return_index=True, return_counts=True)
        for at, name in enumerate(names):
            if name and known[at] is None:
                ledger.ask_unknown(self.section, name, int(self.rows[first[at]]), int(count[at]), self.notes)
        return pyarrow.array(known, TEXT).take(coded.indices)

    def detail(self) -> pyarrow.Table:
        """The payments as columns."""
        schema, rows = detail.schema("payments"), len(self.rows)
        blank = pyarrow.repeat("", rows)
        made = {
            "place": self.places,
            "paid_on": self.values.get("paid_on"),
            "payee": self.values.get("payee", blank),
            "amount": self.values["payment"],
            "funding": self._sources() if "funding" in self.values else blank,
            "voucher": self.values.get("voucher", blank),
            "contract_no": self.values.get("contract_no", blank),
            "contract": self.values.get("contract"),
            "purpose": self._purposes() if "purpose" in self.texts else blank,
            "source": self.sources(),
            "raw": self.raw(ledger.in_file(self.section), "payment"),
        }
        columns = [pyarrow.nulls(rows, kind.type) if made[kind.name] is None else made[kind.name] for kind in schema]
        found = pyarrow.table(columns, schema=schema)
        return found if self._is_payment.all() else found.filter(pyarrow.array(self._is_payment))

    def _sources(self) -> pyarrow.StringArray:
        coded = self.values["funding"].dictionary_encode()
        return pyarrow.array(map(ledger.source, coded.dictionary.to_pylist()), TEXT).take(coded.indices)

    def _purposes(self) -> pyarrow.StringArray:
        return changed(self.texts["purpose"], self.odd["purpose"], ledger.purpose)
