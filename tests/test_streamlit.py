"""What is borrowed from Streamlit's inside stands where docs/streamlit.md says, and nowhere else."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIST = (ROOT / "docs" / "streamlit.md").read_text(encoding="utf-8")
NAMES, BEHAVIOUR = (
    [line for line in part.splitlines() if line.startswith("| ")][1:] for part in re.split("^## ", LIST, flags=re.M)[1:]
)
"""The rows of both tables, without their heads."""
PRODUCT = ("app.py", "core", "pages", "deploy")
INSIDE = re.compile(r"data-testid|dataset\.testid|data-test-|/_stcore/")


def quoted(rows: list[str], column: int) -> set[str]:
    """The paths in a column of a table."""
    cells = [row.strip("| ").split(" | ")[column] for row in rows]
    return {each for cell in cells for each in re.findall(r"`((?:app|core|pages|deploy|tests)[/.][^`]*)`", cell)}


def borrows(path: Path) -> bool:
    """Whether a file imports more of Streamlit than `streamlit`, reads a private name, or says a name of its inside."""
    text = path.read_text(encoding="utf-8")
    if INSIDE.search(text):
        return True
    if path.suffix != ".py":
        return False
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
            return True
        if isinstance(node, ast.Import) and any(each.name.startswith("streamlit.") for each in node.names):
            return True
        if (
            isinstance(node, ast.Attribute)
            and node.attr.startswith("_")
            and ast.unparse(node.value) in ("st", "streamlit")
        ):
            return True
    return False


def test_names_of_its_inside_stand_in_the_files_of_the_list_and_in_no_other() -> None:
    listed = quoted(NAMES, 0)
    asked = ["git", "ls-files", "-co", "--exclude-standard", "--", *PRODUCT]
    known = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    kinds = (".py", ".js", ".css", ".html", ".sh", ".template")
    found = {name for name in known if name.endswith(kinds) and (ROOT / name).is_file() and borrows(ROOT / name)}
    homes = {name: name if name in listed else f"{Path(name).parent.as_posix()}/" for name in found}
    assert {name for name, home in homes.items() if home not in listed} == set()
    assert listed - set(homes.values()) == set()


def test_the_files_of_the_list_are_there() -> None:
    assert {name for name in quoted(BEHAVIOUR, 0) if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("row", [*NAMES, *BEHAVIOUR])
def test_a_row_has_four_cells_and_tests_that_are_there(row: str) -> None:
    assert len(row.strip("| ").split(" | ")) == 4
    named = quoted([row], 3)
    assert named
    for file, _, function in (each.partition("::") for each in named):
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
