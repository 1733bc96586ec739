"""Schemes of indicators as files, in and out, and what they share with score tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from core.errors import Message, RowProblem, UnknownName
from core.ingest.score_tables.items import ScoreRow
from core.ingest.score_tables.points_columns import PointsColumn
from core.ingest.score_tables.scorecard import ScorecardFile, read_scheme
from core.model.context import Context
from core.model.rights import Deed
from core.model.scorecard import FINEST, GradeScheme, Indicator, Scheme
from core.service.base import file as files
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.file import File
from core.service.manage.versioned_files import (
    NAMELESS,
    Form,
    edition,
    editions,
    loaded,
    next_number,
    numbered,
)
from core.store import imports, read
from core.text.file_text import file_name
from core.text.marks import without_width

_MOST_SCHEME = 40


@dataclass(frozen=True)
class Imported:
    """Result of an import."""

    scheme: Scheme
    new_scheme: bool
    """True where it was not there before."""
    project: str = ""
    sheet: str = ""
    """Sheet of the scorecard; "" for a scheme."""
    notes: tuple[RowProblem, ...] = ()
    """Notes on things that were not adopted: printed sums that differ, unusual weights."""
    sheets: tuple[str, ...] = ()
    """Every sheet that was made, `sheet` first."""


@dataclass(frozen=True)
class SchemePreview:
    """Preview of an import, with its problems and questions: nothing is written."""

    problems: tuple[RowProblem, ...]
    """Problems; with any of them nothing can be imported."""
    questions: tuple[RowProblem, ...]
    """Questions on readings that the importer has to agree to."""
    imported: Imported | None
    """Result, while nobody imports something else; None when there are problems."""
    rows: tuple[ScoreRow, ...] = ()
    file: ScorecardFile | None = None
    """What was read; None: there was nothing to read."""

    @property
    def columns(self) -> tuple[PointsColumn, ...]:
        """Columns that could hold the points."""
        return self.file.columns if self.file else ()

    @property
    def read(self) -> PointsColumn | None:
        """Column that is read; None: somebody has to choose."""
        return self.file.read if self.file else None

    @property
    def scored(self) -> int:
        """Number of items with points."""
        return sum(row.points is not None for row in self.rows)

    @property
    def total(self) -> Decimal:
        """Sum of these points."""
        return sum((row.points for row in self.rows if row.points is not None), Decimal(0))


@asks(Deed.SEE)
def schemes(ctx: Context) -> tuple[Scheme, ...]:
    """List all versions of all schemes."""
    return read.schemes(open_store.of(ctx))


@asks(Deed.SEE)
def grade_schemes(ctx: Context) -> tuple[GradeScheme, ...]:
    """List the grade schemes."""
    return read.grade_schemes(open_store.of(ctx))


@asks(Deed.IMPORT)
def preview_scheme(ctx: Context, source: Path | File) -> SchemePreview:
    """Preview `import_scheme`. Raises InputError when there is no file to read."""
    named(ctx, NAMELESS)
    file = loaded(source)
    found, problems = read_scheme(file.name, file.content)
    if found is None or problems:
        return SchemePreview(problems, found.notes if found else (), None, (), found)
    scheme, new = _scheme_of(read.schemes(open_store.of(ctx)), found, file)
    return SchemePreview((), found.notes, Imported(scheme, new, notes=found.notes), found.rows)


@asks(Deed.IMPORT)
def import_scheme(ctx: Context, source: Path | File) -> Imported:
    """Take over a scheme. One that is there already, word for word, is not made again.

    A scheme of a known name becomes its next version: what was scored by the earlier ones stays as it was.
    Raises InputError with all problems (then nothing is written), StoreError.
    """
    actor = named(ctx, NAMELESS)
    file = loaded(source)
    store = open_store.of(ctx)
    found = accepted(file, *read_scheme(file.name, file.content))
    scheme, new = _scheme_of(read.schemes(store), found, file)
    if new:
        imports.add_scheme(store, scheme, file.name, actor)
    return Imported(scheme, new, notes=found.notes)


def _scheme_of(known: Sequence[Scheme], found: ScorecardFile, file: File) -> tuple[Scheme, bool]:
    """Find the scheme of a file among the known ones, or make it; True: it is new."""
    indicators = tuple(row.indicator for row in found.rows)
    step = found.step or FINEST
    same = equal_scheme([each for each in known if each.step == step], indicators, rules=found.has_rules)
    if same is not None:
        return same, False
    return added_scheme(known, found.title, Path(file.name).stem, indicators, step), True


@asks(Deed.SEE)
def export_scheme(ctx: Context, scheme: str, version: int | None = None, form: Form = "xlsx") -> File:
    """Write a scheme into a file, its newest version unless one is named. Raises UnknownName."""
    from core.briefing import spreadsheet

    found = scheme_of(ctx, scheme, version)
    make = spreadsheet.scheme_xlsx if form == "xlsx" else spreadsheet.scheme_csv
    return File(file_name(form, found.name, f"v{found.version}"), make(found))


@asks(Deed.SEE)
def scheme_of(ctx: Context, scheme: str, version: int | None = None) -> Scheme:
    """Find a scheme, its newest version unless one is named. Raises UnknownName."""
    known = read.schemes(open_store.of(ctx))
    found = edition(known, scheme, version)
    if found is None:
        params = {"scheme": scheme[:_MOST_SCHEME], "known": editions(known)}
        raise UnknownName(Message("没有指标体系“{scheme}”（或这一版）。现有（编号@版）：{known}", params))
    return found


def accepted(file: File, found: ScorecardFile | None, problems: tuple[RowProblem, ...]) -> ScorecardFile:
    """Return what was read. Raises InputError with all problems."""
    if found is None or problems:
        raise files.refused(Path(file.name).name, problems)
    return found


def _identity(indicator: Indicator) -> tuple[object, ...]:
    return indicator.code, indicator.l1, indicator.l2, indicator.l3, indicator.weight, indicator.least


def _read(indicator: Indicator) -> Indicator:
    """Take the width of marks out of its texts: files of earlier versions hold others."""
    texts = {name: without_width(text) for name, text in vars(indicator).items() if isinstance(text, str)}
    return replace(indicator, **texts)  # type: ignore[arg-type]


def equal_scheme(known: Sequence[Scheme], indicators: tuple[Indicator, ...], *, rules: bool) -> Scheme | None:
    """Find the newest scheme with these items in this order; without `rules` only names and full marks count."""

    def equal(a: Indicator, b: Indicator) -> bool:
        return (vars(_read(a)) == vars(_read(b))) if rules else _identity(_read(a)) == _identity(_read(b))

    fitting = [
        scheme
        for scheme in known
        if len(scheme.indicators) == len(indicators)
        and all(equal(a, b) for a, b in zip(scheme.indicators, indicators, strict=True))
    ]
    return fitting[-1] if fitting else None


def added_scheme(
    known: Sequence[Scheme], name: str, wanted: str, indicators: tuple[Indicator, ...], step: Decimal = FINEST
) -> Scheme:
    """Make a new scheme or, when one of that name is there, its next version."""
    return Scheme(*numbered(known, name, wanted, "scheme"), name, indicators, step)


def next_version(known: Sequence[Scheme], scheme: Scheme, indicators: tuple[Indicator, ...]) -> Scheme:
    """Make the next version of a scheme."""
    return Scheme(scheme.id, next_number(known, scheme.id), scheme.name, indicators, scheme.step)
