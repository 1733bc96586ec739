"""The house's own rules, where no tool holds them."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from core.store.schema import TABLES
from deploy.first_visit import HOST
from deploy.run import asked_port, is_free

ROOT = Path(__file__).resolve().parents[1]


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports anywhere, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_nothing_but_init_lies_directly_in_pages() -> None:
    # Streamlit serves any other file there by itself, without app.py, to whoever opens a deep link first.
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def test_every_file_of_pages_is_a_page_or_used_by_one() -> None:
    router, screens = ROOT / "app.py", list((ROOT / "pages").rglob("*.py"))
    trees = [ast.parse(path.read_text("utf-8")) for path in (router, *screens)]
    froms = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    used = {f"{node.module}.{alias.name}" for node in froms for alias in node.names} | {node.module for node in froms}
    registered = {node.value for node in ast.walk(trees[0]) if isinstance(node, ast.Constant)}
    names = [path.relative_to(ROOT).as_posix() for path in screens if path.name != "__init__.py"]
    left = [name for name in names if name not in registered and name[:-3].replace("/", ".") not in used]
    assert left == [], "registered in PAGES of app.py, or imported by what is"


@pytest.mark.parametrize(
    "module", ["core", "core.__main__", "core.service", "core.store.database", "core.render.plotly"]
)
def test_importing_core_pulls_in_no_streamlit(module: str) -> None:
    look = f"import sys, {module}; print([name for name in sys.modules if name.split('.')[0] == 'streamlit'])"
    printed = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert printed.stdout.strip() == "[]"


def test_pages_never_import_duckdb() -> None:
    screens = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]
    assert [str(path) for path in screens if "duckdb" in imported(path)] == []


def test_nobody_imports_the_router() -> None:
    code = [*(ROOT / "pages").rglob("*.py"), *(ROOT / "core").rglob("*.py")]
    assert [str(path) for path in code if "app" in imported(path)] == []


def test_a_page_ends_early_in_one_way_only() -> None:
    """`st.stop` alone leaves the fragments of the run before it."""
    screens = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]
    found = [path.relative_to(ROOT).as_posix() for path in screens if "st.stop(" in path.read_text(encoding="utf-8")]
    assert found == ["pages/shared/script_run.py"]


def test_every_statement_lies_in_a_file_that_is_used() -> None:
    sql = ROOT / "core" / "store" / "sql"
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "core" / "store").rglob("*.py"))
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(sql.rglob("*.sql"))}
    statements = [path.stem for path in texts if path.parent == sql]
    parts = [path.relative_to(sql).as_posix() for path in texts if path.parent != sql]
    assert statements
    assert parts
    assert [part for part in parts if sum(f"/* {part} */" in text for text in texts.values()) < 2] == []
    for_tables = {f"create_{table}" for table in TABLES}
    assert [name for name in statements if f'"{name}"' not in code and name not in for_tables] == []


@pytest.mark.parametrize(
    ("text", "port"),
    [("8501", 8501), ("1", 1), ("65535", 65535), ("0", None), ("65536", None), ("８５０１", None), ("-1", None)],
)
def test_a_port_is_a_number_from_1_to_65535(text: str, port: int | None) -> None:
    assert asked_port(text) == port


def test_a_taken_port_is_seen() -> None:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()
        taken = int(listening.getsockname()[1])
        assert not is_free(taken)
    assert is_free(taken)


def test_make_run_says_in_both_languages_that_its_port_is_taken() -> None:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()
        taken = str(listening.getsockname()[1])
        ended = subprocess.run(
            [sys.executable, "-m", "deploy.run"],
            cwd=ROOT,
            env={"PORT": taken, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert f"端口{taken}已被占用" in ended.stderr
    assert f"Port {taken} is taken" in ended.stderr
