"""Slides, report, workbook and score tables keep to the schemas of Open XML, so that an office program opens them as
they are.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from core.model.context import Actor, Context, Language
from core.service.base.file import File
from core.service.briefing import evaluation, slide_deck
from tests.browser import stores
from tests.documents.conftest import DEMO, SEED, store

WANG = Actor("test-documents", "王工")
STORES: dict[str, tuple[Callable[[Path], None], str]] = {
    "shipped": (stores.shipped, SEED), "demo": (stores.demo, DEMO), "missing": (stores.missing, "gaps-2023"),
}  # fmt: skip
MAKES: dict[str, Callable[[Context, str], File]] = {
    "pptx": slide_deck.deck, "docx": evaluation.report, "xlsx": evaluation.workbook,
}  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize("name", STORES)
def test_documents_keep_to_the_format(name: str, tmp_path: Path) -> None:
    make, project = STORES[name]
    make(tmp_path / "renewal.duckdb")
    found: list[str] = []
    languages: tuple[Language, ...] = ("zh_CN", "en")
    with store(tmp_path / "renewal.duckdb"):
        for kind, of in MAKES.items():
            for language in languages:
                path = tmp_path / f"made-{language}.{kind}"
                path.write_bytes(of(Context(WANG, language), project).content)
                found += [f"{path.name}: {each}" for each in OpenXmlValidator().validate(path).errors]
    assert found == []
