"""Mutation testing of core.progress, core.scoring and core.checks: `make mutants`; no part of any other target.

mutmut changes the code in small ways (a sign, a limit, an argument left out); a mutant that no test notices survives.
Here its mutants run in one pytest session: everything is imported and collected once, each mutant is a fork that runs
the tests which reach its function until one fails. The copy under test and what came of it lie in build/mutants;
`rm -r build/mutants` begins anew (so does another version of mutmut have to).

    python -m tests.mutants                      all of them
    python -m tests.mutants core.progress.money  those whose names begin so
    python -m tests.mutants --go-on              only those that survived last time or were not tried
    python -m tests.mutants --list               who survived, as differences

Not mutated: the wording inside Message("…") and word("…") (the catalogue's tests hold it), and what stands outside
functions (mutmut's limit: constants, class bodies). Survivors are to be killed by a test, or their code simplified;
some are no change at all (a limit moved within what a check before it lets through).
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import resource
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from difflib import unified_diff
from functools import wraps
from math import ceil
from pathlib import Path
from typing import Any

import libcst as cst
import pytest
from mutmut.mutation import file_mutation, trampoline

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutants"
MADE = COPY / "made"
RESULTS = COPY / "results.json"
PACKAGES = ("core/progress", "core/scoring", "core/checks")
TESTS = ("tests/core/progress", "tests/core/scoring", "tests/core/checks")
EXAMPLES = 20

Result = dict[str, Any]


class Wording(cst.CSTVisitor):
    """The string literals that are the text of a sentence or a word."""

    def __init__(self) -> None:
        self.literals: set[cst.CSTNode] = set()

    def visit_Call(self, node: cst.Call) -> None:  # noqa: N802 - libcst's name
        if isinstance(node.func, cst.Name) and node.func.value in {"Message", "word"} and node.args:
            self.literals |= {each for each in _below(node.args[0].value) if isinstance(each, cst.BaseString)}


class Plain(cst.CSTTransformer):
    """Puts a property's body into a method of its own: mutmut leaves decorated functions alone."""

    def leave_IndentedBlock(  # noqa: N802
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        body: list[Any] = []
        for each in updated_node.body:
            if isinstance(each, cst.FunctionDef) and [_name(one) for one in each.decorators] in (
                ["property"],
                ["cached_property"],
            ):
                name = f"of_{each.name.value}"
                body.append(each.with_changes(name=cst.Name(name), decorators=[]))
                call = cst.parse_statement(f"return self.{name}()")
                body.append(each.with_changes(body=cst.IndentedBlock([call])))
            else:
                body.append(each)
        return updated_node.with_changes(body=body)


def _name(decorator: cst.Decorator) -> str:
    return decorator.decorator.value if isinstance(decorator.decorator, cst.Name) else ""


def _below(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _below(child)


def generate(path: Path) -> tuple[dict[str, str], dict[str, int]]:
    """Rewrite the file with its mutants beside each function; done once for the same file.

    Returns each mutant's name and its difference, and how many changes were left out.
    """
    key = hashlib.sha256(path.read_bytes()).hexdigest()
    known = MADE / f"{key}.json"
    if known.exists():
        code, found, left_out = json.loads(known.read_text(encoding="utf-8"))
    else:
        code, found, left_out = _generated(path)
        MADE.mkdir(exist_ok=True)
        known.write_text(json.dumps([code, found, left_out]), encoding="utf-8")
    path.write_text(code, encoding="utf-8")
    return found, left_out


def _generated(path: Path) -> tuple[str, dict[str, str], dict[str, int]]:
    code = cst.parse_module(path.read_text(encoding="utf-8")).visit(Plain()).code
    tree, mutations, classes, functions = file_mutation.create_mutations(str(path), code)
    wording = Wording()
    tree.visit(wording)
    within = [each for each in mutations if each.contained_by_top_level_function is not None]
    kept = [each for each in within if each.original_node not in wording.literals]
    package = path.parent.name
    left_out = {
        f"{package}, wording": len(within) - len(kept),
        f"{package}, outside functions": len(mutations) - len(within),
    }
    mutated = file_mutation.combine_mutations_to_source(tree, kept, classes, functions)
    lines = mutated.code.splitlines()
    spans = mutated.line_span_by_function_name

    def source(name: str) -> list[str]:
        first, last = spans[name].start, spans[name].end
        return lines[first - 1 : last]

    module_name = ".".join(path.relative_to(COPY).with_suffix("").parts).removesuffix(".__init__")
    found = {}
    for name in mutated.mutant_names:
        original = name.rpartition("_")[0] + "_orig"
        difference = unified_diff(source(original), source(name), lineterm="", n=2)
        found[f"{module_name}.{name}"] = "\n".join(
            line for line in difference if not line.startswith(("---", "+++")) and "__mutmut_" not in line
        )
    return mutated.code, found, left_out


class Switch:
    """Which mutant runs, and which functions a test reaches."""

    def __init__(self) -> None:
        self.active: tuple[str, str] = ("", "")
        self.reached: set[str] = set()

    def wrap(self, mutants: dict[str, Callable[..., Any]], is_classmethod: bool = False) -> Callable[..., Any]:
        """Stands in for mutmut's decorator, which reads the environment at every call."""

        def around(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def call(*args: Any, **kwargs: Any) -> Any:
                original = mutants["_mutmut_orig"]
                self.reached.add(f"{function.__module__}.{original.__name__.removesuffix('_orig')}")
                module, name = self.active
                chosen = mutants.get(name, original) if module == function.__module__ else original
                if is_classmethod:
                    return getattr(args[0], chosen.__name__)(*args[1:], **kwargs)
                return chosen(*args, **kwargs)

            return call

        return around


class Loop:
    """A pytest plugin whose loop runs every test once, then each mutant in a fork."""

    def __init__(self, switch: Switch, mutants: dict[str, str], wanted: list[str], results: dict[str, Result]) -> None:
        self.switch = switch
        self.mutants = mutants
        self.wanted = wanted
        self.results = results
        self.seconds = 0.0

    def pytest_collection(self) -> None:
        """Few examples, the same each time; nobody reads them, so none is made smaller."""
        from hypothesis import Phase, settings  # not above: pytest wants to import it first

        shape = {"max_examples": EXAMPLES, "phases": (Phase.explicit, Phase.generate)}
        settings.register_profile("mutants", settings.get_profile("ci"), **shape)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The first look learns what each test reaches and costs."""
        reaching: dict[str, list[tuple[float, pytest.Item]]] = defaultdict(list)
        for item in session.items:
            self.switch.reached.clear()
            began = time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            if session.testsfailed:
                raise session.Failed("the tests fail without any mutant")
            took = time.process_time() - began
            for function in self.switch.reached:
                reaching[function].append((took, item))
        for tests in reaching.values():
            tests.sort(key=lambda each: each[0])
        gc.freeze()
        killers: dict[str, list[pytest.Item]] = defaultdict(list)
        for number, name in enumerate(self.wanted):
            function = name.rpartition("_")[0]
            tests = reaching.get(function, [])
            first = killers[function]
            order = [*first, *(item for _, item in tests if item not in first)]
            status, killer = self.try_out(name, session, order, sum(took for took, _ in tests))
            if killer is not None and killer not in first:
                first.insert(0, killer)
            self.results[name] = {"status": status, "by": killer and killer.nodeid, "difference": self.mutants[name]}
            if number % 50 == 0:
                save(self.results)
                print(f"{number} of {len(self.wanted)}, {self.seconds:.0f} s of the processor", flush=True)
        save(self.results)
        return True

    def try_out(
        self, name: str, session: pytest.Session, tests: list[pytest.Item], usual: float
    ) -> tuple[str, pytest.Item | None]:
        """`killed` and the test that did it; `survived`, `no tests`, `timeout` (of processor time), `broken`."""
        if not tests:
            return "no tests", None
        get, put = os.pipe()
        child = os.fork()
        if child == 0:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            seconds = 5 + ceil(usual * 5)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            module, _, mutant = name.rpartition(".")
            self.switch.active = (module, mutant)
            for number, item in enumerate(tests):
                item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
                if session.testsfailed:
                    os.write(put, str(number).encode())
                    os._exit(1)
            os._exit(0)
        os.close(put)
        said = os.read(get, 20)
        os.close(get)
        _, status, used = os.wait4(child, 0)
        self.seconds += used.ru_utime + used.ru_stime
        code = os.waitstatus_to_exitcode(status)
        if code == 1 and said:
            return "killed", tests[int(said)]
        return {0: "survived", -24: "timeout"}.get(code, f"broken {code}"), None


def save(results: dict[str, Result]) -> None:
    """Write what is known so far."""
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


def again(results: dict[str, Result], mutants: dict[str, str]) -> dict[str, Result]:
    """What came of those of these mutants that were there last time: known by name and difference."""
    known = ((name, results[name]) for name in mutants if name in results)
    return {name: result for name, result in known if result["difference"] == mutants[name]}


def report(results: dict[str, Result]) -> None:
    """The score of each package: killed or out of time, of all."""
    for package in PACKAGES:
        found = Counter(r["status"] for n, r in results.items() if n.startswith(package.replace("/", ".") + "."))
        dead, every = found["killed"] + found["timeout"], found.total()
        if every:
            print(f"{package}: {dead / every:.2%} of {every} mutants ({dict(found)})")


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="only mutants whose names begin so")
    parser.add_argument("--go-on", action="store_true", help="only those that survived last time or were not tried")
    parser.add_argument("--list", action="store_true", help="run nothing; show who survived")
    asked = parser.parse_args()
    results: dict[str, Result] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    begins = tuple(asked.names) or ("",)
    if asked.list:
        for name, result in results.items():
            if name.startswith(begins) and result["status"] not in {"killed", "timeout"}:
                print(f"# {name}: {result['status']}\n{result['difference']}\n")
        report(results)
        return 0

    COPY.mkdir(parents=True, exist_ok=True)
    for part in ("core", "tests", "data"):
        shutil.rmtree(COPY / part, ignore_errors=True)
        shutil.copytree(ROOT / part, COPY / part, ignore=shutil.ignore_patterns("__pycache__", "*.duckdb*"))
    shutil.copy2(ROOT / "pyproject.toml", COPY / "pyproject.toml")
    os.chdir(COPY)
    sys.path[:] = [str(COPY), *(each for each in sys.path if Path(each or ".").resolve() != ROOT)]
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]

    skipped: Counter[str] = Counter()
    mutants: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted((COPY / package).glob("*.py")):
            name = f"{package.replace('/', '.')}.{path.stem}."
            if any(name.startswith(each) or each.startswith(name) for each in begins):
                made, left_out = generate(path)
                others = {known: each for known, each in results.items() if not known.startswith(name)}
                results = others | again(results, made)
                mutants |= made
                skipped.update(left_out)
    wanted = [name for name in mutants if name.startswith(begins)]
    if asked.go_on:
        wanted = [name for name in wanted if results.get(name, {}).get("status") not in {"killed", "timeout"}]
    # By chance, but always the same: a run that is broken off has tried a fair sample, and the next one goes on there.
    wanted.sort(key=lambda name: (name not in results, hashlib.sha256(name.encode()).digest()))
    print(f"{len(mutants)} mutants, {len(wanted)} to try; left out: {dict(skipped)}", flush=True)

    switch = Switch()
    trampoline.wrap_in_trampoline = switch.wrap
    code = pytest.main(
        [*TESTS, "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--capture=no", "--assert=plain", "--tb=native"],
        plugins=[Loop(switch, mutants, wanted, results)],
    )
    report(results)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
