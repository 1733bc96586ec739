"""An import of 200,000 rows of communities or payments, and the checks on it, against the library that reads the file.

    .venv/bin/python tests/bench/bench_import.py

Not run by the tests. What is measured is what `python -m core import` does once it runs: the file is read from the
disk, recognised, every cell validated, sums checked upward, the snapshot written. Beside it the library alone reads the
file into rows: `csv.reader`, and openpyxl in its quickest mode. Both by turns, in one process, medians. The memory that
an import takes beyond that of the library is measured in processes of their own.
"""

from __future__ import annotations

import csv
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.model.context import Actor, Context  # noqa: E402
from core.service.base import open_store  # noqa: E402
from core.service.evidence import data_checks  # noqa: E402
from core.service.manage import importing  # noqa: E402

ROWS = 200_000
TIMES = {"csv": 9, "xlsx": 3}
MOST = 3
MOST_MEMORY = 400
"""MB."""
CTX = Context(Actor("bench-import", "测速"))
PLACES = ("璜土镇", "夏港街道", "申港街道", "利港街道")
Row = Sequence[str | int | float]
T = TypeVar("T")
Tables = Mapping[str, Sequence[Row]]
"""By the names of their worksheets."""


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


def tables(rows: Sequence[Row]) -> Tables:
    """A new project: what each street states, and the communities that must add up to it."""
    money: list[Row] = [
        ("批复文号：某政投〔2022〕41号，2022年10月18日",),
        ("街镇", "已投资（万元）", "累计支付（万元）"),
    ]
    homes: list[Row] = [("街镇", "小区数", "栋数", "户数", "面积（万㎡）")]
    for place in PLACES:
        here = [row for row in rows if row[0] == place]
        buildings, households, invested, paid = (round(sum(float(row[at]) for row in here), 2) for at in range(2, 6))
        money.append((place, invested, paid))
        homes.append((place, len(here), int(buildings), int(households), 0))
    head: Row = ("街镇", "小区", "栋数", "户数", "已投资（万元）", "累计支付（万元）")
    return {"资金": money, "受益": homes, "明细": [head, *rows]}


def ledger(count: int) -> Tables:
    """So many payments to four hundred payees over three years, one payee in twenty without a contract."""
    chance = random.Random(5)
    purposes = ("屋面维修进度款", "外墙出新", "监理费", "设计费", "道路修缮进度款", "绿化补种", "办公用品", "")
    rows: list[Row] = [
        ("付款日期", "街镇", "收款单位", "付款金额（元）", "资金来源", "凭证号", "合同编号", "合同金额（元）", "摘要")
    ]
    for i in range(count):
        firm = chance.randint(1, 400)
        contract = (f"HT-{firm:04}", firm * 1_000_000) if firm % 20 else ("", "")
        rows.append(
            (
                str(date(2022, 1, 1) + timedelta(chance.randint(0, 1000))),
                PLACES[i * len(PLACES) // count],
                f"第{firm}建设公司",
                chance.randint(100, 99_999_999) / 100,
                chance.choice(("专项债券", "财政预算资金", "中央补助资金", "居民自筹")),
                f"记-{i:06}",
                *contract,
                chance.choice(purposes),
            )
        )
    return {"付款台账": rows}


def write_csv(path: Path, found: Tables) -> None:
    """UTF-8 with its mark, as Excel writes it; an empty row between two tables."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        for table in found.values():
            csv.writer(stream).writerows([*table, ()])


def write_xlsx(path: Path, found: Tables) -> None:
    """A sheet for each table."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, table in found.items():
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


BARE: Mapping[str, Callable[[Path], object]] = {"csv": bare_csv, "xlsx": bare_xlsx}


def taken(call: Callable[[], object]) -> float:
    """In ms; what it gives is gone before the next one begins."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def take_over(path: Path, project: str) -> None:
    """The import: from the path to the committed snapshot. Raises InputError with all problems."""
    importing.commit(CTX, project, path.name, importing.load(path), date(2024, 12, 31))


def measure(what: str, path: Path) -> bool:
    """Print two lines; whether both bounds are kept. Each import is of a new project."""
    kind = path.suffix[1:]
    pairs = [
        (taken(lambda: BARE[kind](path)), taken(lambda turn=turn: take_over(path, f"{what}-{kind}-{turn}")))
        for turn in range(TIMES[kind])
    ]
    alone, ours = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(line(f"import of {ROWS:,} {what}, .{kind} (read, validate, sum, write)", ours, alone, MOST))
    more = peak(path, "ours") - peak(path, "bare")
    name, within = f"memory beyond the library, .{kind}, MB", "yes" if more <= MOST_MEMORY else "NO"
    print(f"{name:<64}{more:9}{MOST_MEMORY:27}{within:>7}", flush=True)
    return ours <= MOST * alone and more <= MOST_MEMORY


def peak(path: Path, how: str) -> int:
    """The most memory in MB that a process takes that imports the file into a new store, or only reads it (bare)."""
    made = subprocess.run([sys.executable, __file__, how, str(path)], check=True, capture_output=True, text=True)
    return int(made.stdout)


def take_memory(how: str, path: Path) -> None:
    """Do it, and print the memory that this process has taken."""
    if how == "bare":
        BARE[path.suffix[1:]](path)
    else:
        with tempfile.TemporaryDirectory() as name:
            in_store(Path(name) / "bench.duckdb", lambda: take_over(path, "memory"))
    # Not by getrusage: there a process begins with what the one had that started it.
    print(int(re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[0]) // 1024)


def in_store(store: Path, call: Callable[[], T]) -> T:
    """What the call gives, made in a new store."""
    open_store.build_at(store)
    os.environ["RENEWAL_STORE"] = str(store)
    try:
        return call()
    finally:
        open_store.close()


def check(project: str) -> None:
    """All checks of a project that was imported, as when nothing of it is remembered."""
    open_store.store()._remembered.clear()
    data_checks.checks(CTX, project)


def line(name: str, ours: float, bare: float | None, bound: float | None) -> str:
    """One line of the table, in ms."""
    against = "" if bare is None else f"{bare:9.0f}{ours / bare:8.2f}"
    kept = "" if bound is None or bare is None else f"{bound:10.2f}{'yes' if ours <= bound * bare else 'NO':>7}"
    return f"{name:<64}{ours:9.0f}{against}{kept}"


def main() -> int:
    """Print the lines. Returns 1 when a bound is broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"communities": tables(detail(ROWS)), "payments": ledger(ROWS)}
        for what, found in files.items():
            write_csv(folder / f"{what}.csv", found)
            write_xlsx(folder / f"{what}.xlsx", found)
        return int(not in_store(folder / "bench.duckdb", lambda: measure_all(folder, list(files))))


def measure_all(folder: Path, files: Sequence[str]) -> bool:
    """Print the lines; whether every bound is kept."""
    print(f"{'medians in ms':<64}{'ours':>9}{'library':>9}{'ratio':>8}{'bound':>10}{'within':>7}")
    kept = [measure(what, folder / f"{what}.{kind}") for what in files for kind in BARE]
    for what in files:
        checked = statistics.median(taken(lambda what=what: check(f"{what}-csv-0")) for _ in range(TIMES["csv"]))
        print(line(f"checks of a project with {ROWS:,} {what}", checked, None, None))
    return all(kept)


if __name__ == "__main__":
    sys.exit(take_memory(sys.argv[1], Path(sys.argv[2])) if sys.argv[1:] else main())
