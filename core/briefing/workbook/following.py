"""What in 计算底稿 follows from other figures of that sheet, as formulas over their cells.

A formula is written only where it comes to the figure as it is now; anything else stays a constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell

from core.model.measure import POINTS_OF_RATIO, RATIO, Measure
from core.model.project import Baseline
from core.progress.arithmetic import sum_of
from core.progress.facts_by_place import KEYS
from core.progress.schedule import finish, pace
from core.progress.sources import ALL
from core.text.amounts import is_amount
from core.text.numbers import MISSING

VALUE, DENOMINATOR, AS_OF = 4, 8, 11
"""Columns of the sheet."""
_OWN = "="
"""The measure's own basis."""
_CLOSE = Decimal("1E-8")


@dataclass(frozen=True)
class _Part:
    """A figure by its id, of the measure's own place unless `whole`."""

    id: str
    basis: str | None = None
    whole: bool = False


@dataclass(frozen=True)
class _Made:
    """Two figures, or what is made of them, put together: - * /."""

    left: _Term
    by: str
    right: _Term


_Term = _Part | _Made | int


@dataclass(frozen=True)
class _Worked:
    """What a term is: its words, its cells, what it comes to, and how much larger a cell shows it than it is stored."""

    text: str
    cells: tuple[str, ...]
    value: Decimal
    scale: Decimal = Decimal(1)


_PAID, _ESTIMATE, _ELAPSED = _Part("paid"), _Part("estimate", whole=True), _Part("time_elapsed")
_RATE, _LEFT = _Part("paid_rate", "estimate"), _Part("remaining", "estimate")
_SO_FAR, _NEEDED, _DUE = _Part("paid_per_month"), _Part("needed_per_month"), _Part("planned_value")
_FUNDING_PLANNED, _FUNDING_PAID = _Part("funding_planned", _OWN), _Part("funding_paid", _OWN)
_HOUSEHOLDS, _COMMUNITIES = _Part("households"), _Part("communities")

_QUOTIENTS: Mapping[tuple[str, str | None], tuple[_Term | None, _Term | None]] = {
    ("paid_rate", "estimate"): (_PAID, _ESTIMATE),
    ("paid_rate", None): (_FUNDING_PAID, _FUNDING_PLANNED),
    ("pace_index", None): (_RATE, _ELAPSED),
    ("paid_per_month", None): (_PAID, None),
    ("needed_per_month", None): (_LEFT, None),
    ("pace_needed", None): (_NEEDED, _SO_FAR),
    ("intensity", None): (_Part("share_paid"), _Part("share_households")),
    ("area_per_household", None): (_Made(_Part("area"), "*", 10_000), _HOUSEHOLDS),
    ("households_per_building", None): (_HOUSEHOLDS, _Part("buildings")),
    ("households_per_community", None): (_HOUSEHOLDS, _COMMUNITIES),
}
"""Numerator and denominator by id and basis, else by id; None: an operand that no other figure gives."""
_DIFFERENCES: Mapping[tuple[str, str | None], _Term] = {
    ("remaining", "estimate"): _Made(_ESTIMATE, "-", _PAID),
    ("remaining", None): _Made(_FUNDING_PLANNED, "-", _FUNDING_PAID),
    ("pace_gap", None): _Made(_RATE, "-", _ELAPSED),
    ("planned_value", None): _Made(_ESTIMATE, "*", _ELAPSED),
    ("schedule_variance", None): _Made(_PAID, "-", _DUE),
    ("short_at_finish", None): _Made(_ESTIMATE, "-", _Part("paid_by_finish")),
}
"""What is no quotient, by id and basis, else by id."""


def _times(part: _Part, factor: int) -> _Term:
    return part if factor == 1 else _Made(part, "*", factor)


def _quotient(m: Measure) -> tuple[_Term | None, _Term | None]:
    if m.id == "share_of_estimate":
        return (_LEFT if m.place is None else _PAID), _ESTIMATE
    if m.id.startswith("share_"):
        quantity = m.id.removeprefix("share_")
        return _Part(quantity), _Part(quantity, whole=True)
    key = next((each for each in KEYS if each.basis == m.basis), None)
    if key is not None:
        of_key, share = _Part(key.quantity.id), _Made(_ESTIMATE, "*", _Part(f"share_{key.quantity.id}"))
        by_key: Mapping[str, tuple[_Term, _Term]] = {
            "planned_unit_cost": (_times(_ESTIMATE, key.factor), of_key),
            "paid_unit_cost": (_times(_PAID, key.factor), of_key),
            "allocated_rate": (_PAID, share),
            "planned_household_cost": (_Made(share, "*", 10_000), _HOUSEHOLDS),
        }
        return by_key.get(m.id, (None, None))
    return _QUOTIENTS.get((m.id, m.basis)) or _QUOTIENTS.get((m.id, None)) or (None, None)


class Following:
    """The measures of the sheet, in rows from `first`; `one`: what a stored amount of 1 is in its cells; `planned`:
    the planned times by the scenario that rests on each.
    """

    def __init__(
        self, measures: Sequence[Measure], first: int, one: Decimal, planned: Mapping[str, Baseline]
    ) -> None:  # fmt: skip
        self._measures, self._first, self._one, self._planned = measures, first, one, planned
        self._rows = {(m.id, m.place, m.basis, m.scenario): first + n for n, m in enumerate(measures)}

    def scale(self, m: Measure) -> Decimal:
        """How much larger the sheet shows a value than it is stored."""
        if m.unit == POINTS_OF_RATIO:
            return Decimal(100)
        return self._one if is_amount(m.unit) else Decimal(1)

    def operands(self, m: Measure, money: tuple[bool, bool]) -> tuple[str | None, str | None]:
        """Formulas of numerator and denominator; `money`: whether each stands as an amount of money."""
        above, below = (
            None if value is None else self._as(m, term, value, self._one if amount else Decimal(1))
            for term, value, amount in zip(_quotient(m), (m.numerator, m.denominator), money, strict=True)
        )
        return above, below

    def value(self, m: Measure) -> str | None:
        """The formula of a value that has no operands beside it."""
        if isinstance(m.value, date):
            return self._finish(m) if m.id == "finish_forecast" else None
        if m.number is None:
            return None
        return self._sum(m, m.number) or self._as(m, self._term(m), m.number, self.scale(m))

    def _term(self, m: Measure) -> _Term | None:
        if m.id == "paid_by_finish":
            months = pace(self._planned.get(m.scenario or ""), m.as_of).months_total
            return None if months is None else _Made(_SO_FAR, "*", months)
        above, below = _quotient(m)
        if above is not None and below is not None:
            return _Made(above, "/", below)
        return _DIFFERENCES.get((m.id, m.basis)) or _DIFFERENCES.get((m.id, None))

    def _sum(self, m: Measure, wanted: Decimal) -> str | None:
        """Over the streets, or over the sources of money, where all of them are there."""
        if m.unit in (RATIO, POINTS_OF_RATIO, ""):
            return None
        of_sources = m.basis == ALL
        parts = [
            each
            for each in self._measures
            if each.id == m.id and each.scenario == m.scenario
            and (each.place == m.place and each.basis != ALL if of_sources else each.place and each.basis == m.basis)
        ]  # fmt: skip
        values = [each.number for each in parts if each.number is not None]
        if (not of_sources and m.place is not None) or len(values) < max(len(parts), 1) or sum_of(values) != wanted:
            return None
        cells = [self._cell(each) for each in parts]
        return _where_defined(cells, f"SUM({_listed(cells)})")

    def _as(self, m: Measure, term: _Term | None, wanted: Decimal, scale: Decimal) -> str | None:
        worked = None if term is None else self._work(term, m)
        if worked is None or abs(worked.value - wanted) > _CLOSE * max(abs(wanted), Decimal(1)):
            return None
        factor, text = scale / worked.scale, worked.text
        if factor != 1:
            text = f"({text})*{factor.normalize():f}" if "-" in text else f"{text}*{factor.normalize():f}"
        return _where_defined(worked.cells, text)

    def _work(self, term: _Term, m: Measure) -> _Worked | None:
        if isinstance(term, int):
            return _Worked(str(term), (), Decimal(term))
        if isinstance(term, _Part):
            return self._part(term, m)
        left, right = self._work(term.left, m), self._work(term.right, m)
        if left is None or right is None or (term.by == "/" and right.value == 0):
            return None
        second = f"({right.text})" if term.by == "/" and isinstance(term.right, _Made) else right.text
        text, cells = f"{left.text}{term.by}{second}", (*left.cells, *right.cells)
        if term.by == "-":
            return _Worked(text, cells, left.value - right.value, left.scale)
        if term.by == "*":
            return _Worked(text, cells, left.value * right.value, left.scale * right.scale)
        return _Worked(text, cells, left.value / right.value, left.scale / right.scale)

    def _part(self, part: _Part, m: Measure) -> _Worked | None:
        place, basis = (None if part.whole else m.place), (m.basis if part.basis == _OWN else part.basis)
        for scenario in (m.scenario, None):
            row = self._rows.get((part.id, place, basis, scenario))
            if row is not None:
                found = self._measures[row - self._first]
                cell = self._cell(found)
                return None if found.number is None else _Worked(cell, (cell,), found.number, self.scale(found))
        return None

    def _cell(self, m: Measure, column: int = VALUE) -> str:
        return str(xl_rowcol_to_cell(self._rows[m.id, m.place, m.basis, m.scenario], column))

    def _finish(self, m: Measure) -> str | None:
        """The day on which all is paid, as `core.progress.schedule.finish` finds it."""
        planned = self._planned.get(m.scenario or "")
        so_far = self._rows.get(("paid_per_month", None, None, m.scenario))
        paid, estimate = self._part(_PAID, m), self._part(_ESTIMATE, m)
        if planned is None or so_far is None or paid is None or estimate is None:
            return None
        passed = self._measures[so_far - self._first].denominator
        if passed is None or not 0 < paid.value < estimate.value:
            return None
        if (
            finish(planned.start, m.as_of, Fraction(passed) * Fraction(estimate.value) / Fraction(paid.value))
            != m.value
        ):
            return None
        of_month, day = xl_rowcol_to_cell(so_far, DENOMINATOR), self._cell(m, AS_OF)
        months = f"{of_month}*{estimate.text}/{paid.text}"
        whole = f"INT({months}+1E-9)"
        start = f"DATE({planned.start.year},{planned.start.month},{planned.start.day})"
        length = f"(EDATE({start},{whole}+1)-EDATE({start},{whole}))"
        found = f"MAX(EDATE({start},{whole})+ROUND(({months}-{whole})*{length},0)-1,{day})"
        running = f'IF(AND({paid.text}>0,{estimate.text}>{paid.text}),{found},"{MISSING}")'
        return _where_defined((of_month, *estimate.cells, *paid.cells), running)


def quotient_of(numerator: str, denominator: str, *, never_below_0: bool = False) -> str:
    """A quotient of two cells; `never_below_0`: undefined where the first has fallen below 0."""
    text = f"{numerator}/{denominator}"
    cells = (numerator, denominator)
    return _where_defined(cells, f'IF({numerator}<0,"{MISSING}",{text})' if never_below_0 else text)


def _where_defined(cells: Sequence[str], text: str) -> str:
    """— where a cell holds no number, or what is divided by is 0."""
    body = f'IFERROR({text},"{MISSING}")' if "/" in text else text
    return f'IF(COUNT({_listed(cells)})<{len(cells)},"{MISSING}",{body})'


def _listed(cells: Sequence[str]) -> str:
    """A range where they stand one below the other, else each."""
    rows = [int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for cell in cells]
    below = len(cells) > 1 and rows == list(range(rows[0], rows[0] + len(rows)))
    return f"{cells[0]}:{cells[-1]}" if below and cells[0][0] == cells[-1][0] else ",".join(cells)
