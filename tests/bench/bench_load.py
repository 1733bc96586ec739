"""Fifty viewers and eight evaluators on one process, while one real browser measures; then what became of it.

    .venv/bin/python tests/bench/bench_load.py [SECONDS]        (600; `make bench-quick`: 20)

Not run by the tests. The crowd speaks Streamlit's protocol from a process of its own, on this machine only.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.service.base import open_store  # noqa: E402
from core.store import read  # noqa: E402
from tests.bench.bench import POINTS, SAVING, key, new_page  # noqa: E402
from tests.browser.find_browser import HELP, find  # noqa: E402
from tests.browser.pages import visit  # noqa: E402
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp  # noqa: E402

VIEWERS, EVALUATORS = 50, 8
SECONDS = 600.0
COME = 10.0
"""Seconds in which all have come; the browser measures after them."""
MOST_WAIT = 1000.0
"""Milliseconds within which 95 of 100 changes are acknowledged."""
MOST_GROWTH = 1.05
"""Memory at the end against that at half time."""
PROJECT, SHEET = "lingang-2023", "r1/working"


class Memory:
    """The server's resident memory, a look a second, in MB; nothing where there is no /proc."""

    def __init__(self, pid: int) -> None:
        self.looks: list[float] = []
        self._file = Path(f"/proc/{pid}/status")
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while self._file.exists() and not self._end.wait(1.0):
            if found := re.search(r"VmRSS:\s+(\d+)", self._file.read_text()):
                self.looks.append(int(found[1]) / 1024)

    def around(self, part: float) -> float:
        """The median of a tenth of the looks that ends at that part of the time."""
        last = max(1, round(len(self.looks) * part))
        return statistics.median(self.looks[max(0, last - max(1, len(self.looks) // 10)) : last])


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def open_browser(stack: ExitStack, url: str) -> Page:
    """A person in a browser on the scorecard."""
    browser_path = find()
    if browser_path is None:
        sys.exit(HELP)
    browser = stack.enter_context(sync_playwright()).chromium.launch(
        executable_path=str(browser_path), args=list(BROWSER_ARGUMENTS)
    )
    stack.callback(browser.close)
    page = new_page(browser)
    page.set_default_timeout(60_000)
    visit(page, url, "scorecard", sheet=SHEET)
    return page


def measure(page: Page, until: float) -> list[float]:
    """The person changes one item again and again: milliseconds from the key to 已保存; at least once."""
    took: list[float] = []
    cell = page.locator(POINTS)
    while not took or time.monotonic() < until:
        cell.click()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(str(len(took) % 2))
        took.append(key(page, "Enter", SAVING, "saved"))
        page.wait_for_timeout(500)
    return took


def cpu(pid: int) -> float | None:
    """Seconds of a core that the process has used; None where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def lost(told: dict[str, Any]) -> int:
    """Acknowledged edits that are not in the store, and items that do not hold what was given last."""
    store = open_store.store()
    known = {event.edit_id for event in read.history(store, PROJECT, SHEET)}
    now = read.scores(store, PROJECT, SHEET)
    wrong = [code for code, points in told["last"].items() if f"{now[code].points:.2f}" != points]
    return len(set(told["saved"]) - known) + len(wrong)


def line(name: str, value: str, bound: str, within: bool | None) -> str:
    """One line of the table."""
    return f"{name:<64}{value:>16}{bound:>14}{'' if within is None else ('yes' if within else 'NO'):>7}"


def main(seconds: float) -> int:
    """Print the table. Returns 1 when a bound is broken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "renewal.duckdb"
        open_store.build_at(path)
        os.environ["RENEWAL_STORE"] = str(path)
        app = RunningApp(path, folder / "server.log")
        app.start()
        try:
            with ExitStack() as stack:
                page = open_browser(stack, app.url)
                memory = stack.enter_context(Memory(app.pid))
                start, before = time.monotonic(), cpu(app.pid)
                crowd = subprocess.Popen(
                    [
                        *(sys.executable, "-m", "tests.bench.crowd", str(app.port)),
                        *map(str, (seconds + COME, VIEWERS, EVALUATORS)),
                    ],
                    cwd=ROOT,
                    stdout=subprocess.PIPE,
                )
                threading.Event().wait(COME)
                took = measure(page, start + COME + seconds)
                used = None if before is None else ((cpu(app.pid) or before) - before) / (time.monotonic() - start)
                told = json.loads(crowd.communicate()[0])
        finally:
            app.stop()
        faults = app.log().count('"what": "fault"') + app.log().count("Traceback")
        gone = lost(told)
        open_store.close()
    grown = memory.around(1.0) / memory.around(0.5) if memory.looks else None
    slow, typed = p95(took), p95(told["saves"])
    print(f"{VIEWERS} viewers, {EVALUATORS} evaluators, one process, {seconds:.0f} s ({os.getloadavg()[0]:.1f} load)")
    print(f"{'':<64}{'measured':>16}{'bound':>14}{'within':>7}")
    bound = f"{MOST_WAIT:.0f} ms"
    print(line("browser: change -> acknowledged, p95", f"{slow:.0f} ms", bound, slow <= MOST_WAIT))
    print(line(f"the same, median of {len(took)}", f"{statistics.median(took):.0f} ms", "", None))
    print(line(f"evaluators' {len(told['saves'])} changes, p95", f"{typed:.0f} ms", bound, typed <= MOST_WAIT))
    print(line(f"a page for a viewer, p95 of {len(told['pages'])}", f"{p95(told['pages']):.0f} ms", "", None))
    if used is not None:
        print(line("the server's part of one core", f"{used:.0%}", "", None))
    errors = len(told["errors"]) + faults
    print(line("errors on pages, answers that failed, faults in the log", str(errors), "0", errors == 0))
    print(line(f"of {len(told['saved'])} acknowledged edits lost", str(gone), "0", gone == 0))
    if grown is not None:
        shown = f"{memory.around(0.5):.0f} -> {memory.around(1.0):.0f} MB"
        # Twenty seconds say nothing of memory: caches are still filling.
        judged = None if seconds < SECONDS else grown <= MOST_GROWTH
        print(line("memory, half time -> end", shown, f"x {MOST_GROWTH}", judged))
    for problem in dict.fromkeys(told["errors"]):
        print(f"    {problem}")
    kept = slow <= MOST_WAIT and typed <= MOST_WAIT and not errors and not gone
    return int(not kept or (grown is not None and seconds >= SECONDS and grown > MOST_GROWTH))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
