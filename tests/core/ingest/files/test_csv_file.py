"""A long text with columns, taken apart by columns, says what it says row by row."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.ingest.files import csv_file
from core.ingest.files.csv_file import CsvRows, read_rows

FIRST = 4
"""Rows that a test's text has before any may be folded."""
CELLS = st.sampled_from(
    ["甲镇", "", " 乙", "合计", "'=1", "1.5", "第1小区", "a b", "\u3000", "null", "NA", '"引"', "\r"]
)
WIDTH = 3
ROWS = st.lists(st.lists(CELLS, min_size=WIDTH, max_size=WIDTH), min_size=FIRST, max_size=60)


def told(rows: CsvRows) -> tuple[dict[int, dict[int, str]], dict[tuple[int, int], str]]:
    """Everything that was read, folded or not."""
    lines = dict(rows.lines)
    for fold in rows.folds:
        lines.update(fold.lines(1, int(fold.rows[-1])))
    return lines, rows.spaced


@given(ROWS, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n", ",,,,\n", "x\n"]))
@example([["甲镇", "1", "2"]] * 40, ",", "\r\n", "")
@settings(max_examples=300, deadline=None)
def test_columns_say_what_rows_say(rows: list[list[str]], separator: str, end: str, last: str) -> None:
    text = end.join(separator.join(row) for row in rows) + end + last
    with patch.object(csv_file, "AT_ONCE", FIRST), patch.object(csv_file, "_BLOCK", 128):
        found, plain = (read_rows(text, separator, 10_000, folded=folded) for folded in (True, False))
    assert found is not None
    assert plain is not None
    assert told(found) == told(plain)


@pytest.mark.parametrize(("odd", "folds"), [("乙,1,2", 1), ('"乙",1,2', 1), ("乙,1", 2), ("", 2)])
def test_the_rest_is_taken_apart_by_columns_unless_a_row_is_odd(odd: str, folds: int) -> None:
    """A row of another width ends a stretch; one with quotes does not."""
    lines = ["镇,户,元", *["甲,1,2"] * 20]
    lines[14] = odd
    with patch.object(csv_file, "AT_ONCE", FIRST):
        found = read_rows("\n".join(lines), ",", 10_000, folded=True)
    assert found is not None
    assert len(found.folds) == folds
    assert told(found)[0].keys() == {number for number, line in enumerate(lines, start=1) if line}


def test_it_is_told_how_far_it_is_and_can_be_stopped() -> None:
    told_rows: list[tuple[int, float]] = []
    text = "\n".join(["甲,1,2"] * 100)
    with patch.object(csv_file, "AT_ONCE", FIRST), patch.object(csv_file, "_BLOCK", 128):
        read_rows(text, ",", 10_000, lambda rows, share: told_rows.append((rows, share)), folded=True)
        assert [rows for rows, _ in told_rows] == sorted(rows for rows, _ in told_rows)
        assert told_rows[0][0] == FIRST
        assert told_rows[-1] == (100, 1.0)
        assert len(told_rows) > 5

        def stop(rows: int, share: float) -> None:
            if rows > FIRST:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            read_rows(text, ",", 10_000, stop, folded=True)
        assert read_rows(text, ",", 250, folded=True) is None
