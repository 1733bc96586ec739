"""An import of 200,000 rows of detail against reading the same file with the library underneath.

    .venv/bin/python tests/bench/bench_import.py

Not run by the tests. Each part is the median of a few runs; the machine should have nothing else to do.
"""

from __future__ import annotations

import csv
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.model.context import Actor, Context  # noqa: E402
from core.service import home, importing  # noqa: E402

ROWS = 200_000
SMALL = 20_000
TIMES = 3
CTX = Context(Actor("bench-import", "测速"))
PLACES = ("璜土镇", "夏港街道", "申港街道", "利港街道")


def detail(count: int) -> list[list[str]]:
    """So many communities of a project that is nothing but them: four streets, two buildings and forty homes each."""
    rows = [
        ["测速项目"],
        ["批复文号:某政投〔2022〕41号,2022年10月18日"],
        ["街镇", "小区", "栋数", "户数", "已投资", "累计支付"],
    ]
    rows += [[PLACES[i % 4], f"第{i:06}小区", "2", "40", "1.25", "1.25"] for i in range(count)]
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    """UTF-8 with its mark, as Excel writes it."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[list[str]]) -> bytes:
    """One sheet of numbers and texts."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("小区明细")
    for i, row in enumerate(rows):
        sheet.append(row if i < 3 else [*row[:2], int(row[2]), int(row[3]), float(row[4]), float(row[5])])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def bare_csv(content: bytes) -> None:
    """The library alone: every cell read once."""
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        len(row)


def bare_xlsx(content: bytes) -> None:
    """The library alone, as it reads a sheet whole."""
    import openpyxl

    for row in openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0].iter_rows(values_only=True):
        len(row)


def median(call: Callable[[], object]) -> float:
    """Seconds."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure(name: str, content: bytes, bare: Callable[[bytes], None]) -> None:
    """Preview without writing, against the library alone."""
    alone = median(lambda: bare(content))
    found = importing.preview(CTX, f"bench-{name}", f"明细.{name}", content, date(2024, 12, 31))
    problems = [str(problem.sentence()) for problem in found.reading.problems[:3]]
    ours = median(lambda: importing.preview(CTX, f"bench-{name}", f"明细.{name}", content, date(2024, 12, 31)))
    rows = len(found.reading.communities)
    print(
        f"{name}: {rows:,} 行 · 单独读取 {alone:.2f} 秒 · 读取并核对 {ours:.2f} 秒 · {ours / alone:.2f} 倍 {problems}"
    )


def main() -> None:
    """Print one line a format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        home.build_at(path)
        os.environ["RENEWAL_STORE"] = str(path)
        try:
            measure("csv", as_csv(detail(ROWS)), bare_csv)
            measure("xlsx", as_xlsx(detail(SMALL)), bare_xlsx)
        finally:
            home.close()


if __name__ == "__main__":
    main()
