"""Standards of renovation as files, in and out: as schemes are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import Message, RowProblem, UnknownName
from core.ingest.score_tables.standard import StandardFile, read_standard
from core.model.context import Context
from core.model.rights import Deed
from core.model.standard import Standard
from core.service.base import file as files
from core.service.base import open_store
from core.service.base.asking import asks, named
from core.service.base.file import File
from core.service.manage.versioned_files import NAMELESS, Form, edition, editions, loaded, numbered
from core.store import imports
from core.store import standards as stored
from core.text.file_text import file_name

_MOST_NAME = 40


@dataclass(frozen=True)
class StandardPreview:
    """Preview of an import, with its problems and questions, or its result."""

    problems: tuple[RowProblem, ...]
    """Problems; with any of them nothing can be imported."""
    questions: tuple[RowProblem, ...]
    standard: Standard | None
    """Standard that it is, or will be; None when there are problems."""
    new: bool = False
    """True where it was not there before."""


@asks(Deed.SEE, until="data")
def known(ctx: Context) -> tuple[Standard, ...]:
    """List all versions of all standards."""
    return stored.standards(open_store.of(ctx))


@asks(Deed.IMPORT)
def preview_standard(ctx: Context, source: Path | File) -> StandardPreview:
    """Preview `import_standard`. Raises InputError when there is no file to read."""
    named(ctx, NAMELESS)
    file = loaded(source)
    found, problems = read_standard(file.name, file.content)
    if found is None or problems:
        return StandardPreview(problems, found.notes if found else (), None)
    standard, new = _standard_of(stored.standards(open_store.of(ctx)), found, file)
    return StandardPreview((), found.notes, standard, new)


@asks(Deed.IMPORT)
def import_standard(ctx: Context, source: Path | File) -> StandardPreview:
    """Take over a standard. One that is there already, word for word, is not made again.

    A standard of a known name becomes its next version: what was checked by the earlier ones stays as it was.
    Raises InputError with all problems (then nothing is written), StoreError.
    """
    file = loaded(source)
    seen = preview_standard(ctx, file)
    if seen.standard is None:
        raise files.refused(Path(file.name).name, seen.problems)
    if seen.new:
        imports.add_standard(open_store.of(ctx), seen.standard, file.name, named(ctx, NAMELESS))
    return seen


def _standard_of(known: Sequence[Standard], found: StandardFile, file: File) -> tuple[Standard, bool]:
    """Find the standard of a file among the known ones, or make it; True: it is new."""
    same = [each for each in known if each.points == found.points]
    if same:
        return same[-1], False
    number = numbered(known, found.title, Path(file.name).stem, "standard")
    return Standard(*number, found.title, found.points), True


@asks(Deed.SEE)
def export_standard(ctx: Context, standard: str, version: int | None = None, form: Form = "xlsx") -> File:
    """Write a standard into a file, its newest version unless one is named. Raises UnknownName."""
    from core.briefing import standard_sheet

    every = stored.standards(open_store.of(ctx))
    found = edition(every, standard, version)
    if found is None:
        params = {"standard": standard[:_MOST_NAME], "known": editions(every)}
        raise UnknownName(Message("没有改造标准“{standard}”（或这一版）。现有（编号@版）：{known}", params))
    make = standard_sheet.standard_xlsx if form == "xlsx" else standard_sheet.standard_csv
    return File(file_name(form, found.name, f"v{found.version}"), make(found))
