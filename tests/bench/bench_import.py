"""An import of 200,000 rows of detail, and the checks on it, against reading the same file with the library alone.

    .venv/bin/python tests/bench/bench_import.py

Not run by the tests. What is measured is what `python -m core import` does once it runs: the file is read from the
disk, recognised, every cell validated, sums checked upward, the snapshot written. Beside it the library alone reads the
file into rows: `csv.reader`, and openpyxl in its quickest mode. Both by turns, in one process, medians.
"""

from __future__ import annotations

import csv
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.model.context import Actor, Context  # noqa: E402
from core.service import evidence, home, importing  # noqa: E402

ROWS = 200_000
TIMES = {"csv": 9, "xlsx": 3}
MOST = 3
CTX = Context(Actor("bench-import", "测速"))
PLACES = ("璜土镇", "夏港街道", "申港街道", "利港街道")
Row = Sequence[str | int | float]


def detail(count: int) -> list[Row]:
    """So many communities in four streets, each with figures of its own; the street's rows follow each other."""
    chance = random.Random(4)
    return [
        (
            PLACES[i * len(PLACES) // count],
            f"第{i:06}小区",
            chance.randint(1, 12),
            chance.randint(20, 400),
            chance.randint(100, 9_999_999) / 100,
            chance.randint(1, 9_999_999) / 100,
        )
        for i in range(count)
    ]


def tables(rows: Sequence[Row]) -> list[list[Row]]:
    """A new project: what each street states, and the communities that must add up to it."""
    money: list[Row] = [("批复文号:某政投〔2022〕41号,2022年10月18日",), ("街镇", "已投资(万元)", "累计支付(万元)")]
    homes: list[Row] = [("街镇", "小区数", "栋数", "户数", "面积(万㎡)")]
    for place in PLACES:
        here = [row for row in rows if row[0] == place]
        buildings, households, invested, paid = (round(sum(float(row[at]) for row in here), 2) for at in range(2, 6))
        money.append((place, invested, paid))
        homes.append((place, len(here), int(buildings), int(households), 0))
    head: Row = ("街镇", "小区", "栋数", "户数", "已投资(万元)", "累计支付(万元)")
    return [money, homes, [head, *rows]]


def write_csv(path: Path, found: list[list[Row]]) -> None:
    """UTF-8 with its mark, as Excel writes it; an empty row between two tables."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        for table in found:
            csv.writer(stream).writerows([*table, ()])


def write_xlsx(path: Path, found: list[list[Row]]) -> None:
    """A sheet for each table."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, table in zip(("资金", "受益", "明细"), found, strict=True):
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    book.save(path)


def bare_csv(path: Path) -> object:
    """The library alone."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def bare_xlsx(path: Path) -> object:
    """The library alone."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    finally:
        book.close()


def taken(call: Callable[[], object]) -> float:
    """In ms; what it gives is gone before the next one begins."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def take_over(path: Path, project: str) -> None:
    """The import: from the path to the committed snapshot. Raises InputError with all problems."""
    importing.commit(CTX, project, path.name, importing.load(path), date(2024, 12, 31))


def measure(path: Path, bare: Callable[[Path], object], times: int) -> bool:
    """Print one line; whether it keeps the bound. Each import is of a new project."""
    pairs = [
        (taken(lambda: bare(path)), taken(lambda turn=turn: take_over(path, f"{path.suffix[1:]}-{turn}")))
        for turn in range(times)
    ]
    alone, ours = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(line(f"import of {ROWS:,} rows, {path.suffix} (read, validate, sum, write)", ours, alone, MOST))
    return ours <= MOST * alone


def check() -> None:
    """All checks of a project that was imported, as when nothing of it is remembered."""
    home.store()._remembered.clear()
    evidence.checks(CTX, "csv-1")


def line(name: str, ours: float, bare: float | None, bound: float | None) -> str:
    """One line of the table, in ms."""
    against = "" if bare is None else f"{bare:9.0f}{ours / bare:8.2f}"
    kept = "" if bound is None or bare is None else f"{bound:10.2f}{'yes' if ours <= bound * bare else 'NO':>7}"
    return f"{name:<64}{ours:9.0f}{against}{kept}"


def main() -> int:
    """Print a line each. Returns 1 when a bound is broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "bench.duckdb"
        home.build_at(store)
        os.environ["RENEWAL_STORE"] = str(store)
        found = tables(detail(ROWS))
        write_csv(folder / "明细.csv", found)
        write_xlsx(folder / "明细.xlsx", found)
        print(f"{'medians in ms':<64}{'ours':>9}{'library':>9}{'ratio':>8}{'bound':>10}{'within':>7}")
        try:
            kept = [
                measure(folder / "明细.csv", bare_csv, TIMES["csv"]),
                measure(folder / "明细.xlsx", bare_xlsx, TIMES["xlsx"]),
            ]
            checked = statistics.median(taken(check) for _ in range(TIMES["csv"]))
            print(line(f"checks of that project, {ROWS:,} rows of detail", checked, None, None))
        finally:
            home.close()
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
