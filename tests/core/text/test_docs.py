"""What the documents for people name is there: files, functions, tables, pages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from core.service.sections import SECTIONS
from tests.core.lingang import CHECKED

ROOT = Path(__file__).resolve().parents[3]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
CODED = re.findall(r"`([^`\n]+)`", ARCHITECTURE)
FILES = [text.partition(": ")[::2] for text in CODED if "/" in text.partition(": ")[0]]
"""File and, behind a colon, what it defines: `core/store/write.py: append_scores`."""


def defined(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize(("name", "what"), sorted(set(FILES)))
def test_a_file_that_the_architecture_names_is_there_with_what_it_says_of_it(name: str, what: str) -> None:
    assert (ROOT / name).exists(), f"docs/architecture.md names {name}, which is not there (moved? say where to)"
    if what:
        assert what in defined(ROOT / name), f"docs/architecture.md says that {name} defines {what}"


@pytest.mark.parametrize(
    "name", ["import_batch", "batch_file", "spend", "batch_event", "view", "score_event", "sheet_event"]
)
def test_a_table_that_the_architecture_names_is_one(name: str) -> None:
    assert name in CODED
    assert (ROOT / "core" / "store" / "sql" / f"create_{name}.sql").exists()


def test_the_readme_links_the_architecture_and_names_every_page_in_both_languages() -> None:
    chinese, _, english = README.partition("# In English")
    assert "docs/architecture.md" in chinese
    assert "docs/architecture.md" in english
    for page in SECTIONS:
        address = "/" if page == "overview" else f"/{page}"
        assert f"| `{address}` |" in chinese, f"README's table 页面 has no row of {address}"
        assert f"`{address}`" in english, f"README's section Pages has no {address}"


def test_the_readme_counts_the_checks_of_the_shipped_project() -> None:
    assert f"数据里的出入{len(CHECKED)}项" in README, "README's row of /checks says how many findings there are"
