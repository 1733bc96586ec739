"""The rows of a text with columns. Of a long file the rows that can be nothing but data stay columns (`Fold`).

Two hundred thousand rows are read faster as columns than they could be looked at one by one. What may be a heading, a
sum or a remark is never folded, and a row is folded whole or not at all.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

from core.ingest.files.total_words import MAY_SUM, is_total

if TYPE_CHECKING:
    import numpy
    import pyarrow

    Mask = numpy.typing.NDArray[numpy.bool]
    """One a row."""

Progress = Callable[[int, float], None]
"""Told now and then how many rows were read, and which share of the sheet or text (0..1). What it raises ends it."""
AT_ONCE = 2000
"""Rows that are read together. The first of them are never folded: a short file is read row by row."""
_BLOCK = 2**20
"""Bytes that are taken apart at a time."""
_FEWEST = 3
"""Filled cells of a row that is no title and no remark."""
_GUARDED = re.compile(r"'+[=+\-@]")


class Fold(NamedTuple):
    """Rows of one width, as columns: no spaces around a cell, at least three cells filled, none that may name a sum."""

    rows: numpy.ndarray
    """Their numbers, ascending."""
    columns: Sequence[pyarrow.StringArray]
    """The cells of each column, the first column first; "" for a blank one."""

    def within(self, first: int, last: int) -> int:
        """Count the rows from `first` to `last`."""
        start, stop = self.rows.searchsorted([first, last + 1])
        return int(stop - start)

    def lines(self, first: int, last: int) -> Iterator[tuple[int, dict[int, str]]]:
        """The rows from `first` to `last`, each as column -> what is not blank."""
        start, stop = self.rows.searchsorted([first, last + 1])
        texts = [column[start:stop].to_pylist() for column in self.columns]
        for row, cells in zip(self.rows[start:stop].tolist(), zip(*texts, strict=True), strict=True):
            yield row, {column: cell for column, cell in enumerate(cells, start=1) if cell}


@dataclass
class CsvRows:
    """The rows of a text; see `core.ingest.files.table.Table`."""

    lines: dict[int, dict[int, str]] = field(default_factory=dict)
    spaced: dict[tuple[int, int], str] = field(default_factory=dict)
    folds: list[Fold] = field(default_factory=list)


def untold(rows: int, share: float) -> None:
    """Progress that nobody asked for."""


def read_rows(text: str, separator: str, most: int, progress: Progress = untold, *, folded: bool) -> CsvRows | None:
    """The rows of the text; None when there are more than `most` cells. Raises csv.Error."""
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=separator, strict=True)
    found, guarded = CsvRows(), "'" in text
    first, cells = 1, 0
    stretch = _Stretch(first, 0)
    while several := list(islice(reader, AT_ONCE)):
        widths = list(map(len, several))
        cells += sum(widths)
        if cells > most:
            return None
        if folded and first > 1 and widths.count(widths[0]) == len(several) and widths[0] >= _FEWEST:
            if widths[0] != stretch.width:
                stretch.fold(found, guarded=guarded)
                stretch = _Stretch(first, widths[0])
            stretch.add(several)
        else:
            stretch.fold(found, guarded=guarded)
            for number, line in enumerate(several, start=first):
                _add(found, number, line, guarded=guarded)
            stretch = _Stretch(first + len(several), 0)
        first += len(several)
        progress(first - 1, stream.tell() / len(text))
        if folded and first == AT_ONCE + 1 and (rest := _in_columns(text, stream.tell(), separator, first, progress)):
            cells += sum(len(columns) * len(columns[0]) for columns in rest)
            if cells > most:
                return None
            stretch = _Stretch(first, len(rest[0]), rest)
            break
    stretch.fold(found, guarded=guarded)
    return found


def _in_columns(
    text: str, start: int, separator: str, first: int, progress: Progress
) -> list[list[pyarrow.StringArray]] | None:
    """The rows from `start` on in pieces of columns, where all are of one width and none is quoted or blank.

    None where some are not so, or there are few: they are taken apart one by one, as those before them.
    """
    lines = text[start:].rstrip("\r\n").replace("\r\n", "\n")
    if lines.count("\n") < AT_ONCE or '"' in lines or "\r" in lines or "\n\n" in lines or lines.startswith("\n"):
        return None
    width = lines[: lines.index("\n")].count(separator) + 1
    if width < _FEWEST:
        return None
    import pyarrow
    from pyarrow import csv as columns_of

    names = [str(column) for column in range(width)]
    content = lines.encode()
    pieces: list[list[pyarrow.StringArray]] = []
    done = first - 1
    try:
        with columns_of.open_csv(
            pyarrow.py_buffer(content),
            columns_of.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=False),
            columns_of.ParseOptions(delimiter=separator, quote_char=False),
            columns_of.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.string())),
        ) as reader:
            for batch in reader:
                pieces.append(batch.columns)
                done += len(batch)
                progress(
                    done, min(1.0, 1 - (len(content) - len(pieces) * _BLOCK) / len(content) * (1 - start / len(text)))
                )
    except pyarrow.ArrowInvalid:
        return None  # rows of several widths, or one as long as a book
    return pieces


def _add(found: CsvRows, number: int, line: Sequence[str], *, guarded: bool) -> None:
    row: dict[int, str] = {}
    for column, cell in enumerate(line, start=1):
        if plain := cell.strip():
            # strip() gives the same object back where there is nothing to strip.
            if plain is not cell:
                found.spaced[number, column] = cell
            row[column] = _without_guard(plain) if guarded else plain
    if row:
        found.lines[number] = row


def _without_guard(cell: str) -> str:
    """Our own exports put an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


class _Stretch:
    """Rows that follow each other and are of one width."""

    def __init__(self, first: int, width: int, pieces: list[list[pyarrow.StringArray]] | None = None) -> None:
        self.first, self.width = first, width
        self._pieces = pieces or []

    def add(self, several: list[list[str]]) -> None:
        """Rows under those that are there. Only a few at a time are ever lists."""
        import pyarrow

        self._pieces.append([pyarrow.array(column, pyarrow.string()) for column in zip(*several, strict=True)])

    def fold(self, found: CsvRows, *, guarded: bool) -> None:
        """Fold what can be folded; the other rows are kept one by one."""
        if not self._pieces:
            return
        import numpy
        import pyarrow

        columns = [pyarrow.concat_arrays(pieces) for pieces in zip(*self._pieces, strict=True)]
        odd = _odd(columns, guarded=guarded)
        # A heading may stand under a row that is odd, or under whatever came before.
        alone = odd | numpy.concatenate([[True], odd[:-1]])
        rows = numpy.arange(self.first, self.first + len(alone))
        single = pyarrow.array(alone)
        lines = zip(*(column.filter(single).to_pylist() for column in columns), strict=True)
        for number, line in zip(rows[alone].tolist(), lines, strict=True):
            _add(found, number, line, guarded=guarded)
        if not alone.all():
            found.folds.append(Fold(rows[~alone], [column.filter(pyarrow.array(~alone)) for column in columns]))


def _odd(columns: Sequence[pyarrow.StringArray], *, guarded: bool) -> Mask:
    """Mark rows that may be something else than data, or hold cells that are not what they look like."""
    import numpy
    from pyarrow import compute

    odd, filled = numpy.zeros(len(columns[0]), bool), numpy.zeros(len(columns[0]), numpy.int32)
    for column in columns:
        coded = column.dictionary_encode()
        texts = coded.dictionary  # the same name stands in many rows
        filled += _mask(compute.not_equal(texts, "").take(coded.indices))
        found = _mask(compute.not_equal(compute.utf8_trim_whitespace(texts), texts)) | _may_sum(texts)
        if guarded:
            found |= _mask(compute.match_substring_regex(texts, f"^{_GUARDED.pattern}"))
        if found.any():
            odd |= found[coded.indices.to_numpy()]
    odd |= filled < _FEWEST
    return odd


def _may_sum(texts: pyarrow.StringArray) -> Mask:
    """Mark texts that may name a sum: 设计院 and 总公司 do not."""
    import pyarrow
    from pyarrow import compute

    may = texts.filter(compute.match_substring_regex(texts, MAY_SUM)).to_pylist()
    sums = pyarrow.array(filter(is_total, may), pyarrow.string())
    return _mask(compute.is_in(texts, value_set=sums))


def _mask(found: pyarrow.BooleanArray) -> Mask:
    return cast("Mask", found.to_numpy(zero_copy_only=False))
