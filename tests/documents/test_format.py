"""Slides, report, workbook and score tables keep to the schemas of Open XML, so that an office program opens them as
they are.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from core.model.context import Actor, Context, Language
from core.model.paper import PaperChoice
from core.service.base.file import File
from core.service.briefing import evaluation, slide_deck
from tests.browser import stores
from tests.documents.conftest import DEMO, SEED, store

WANG = Actor("test-documents", "王工")
STORES: dict[str, tuple[Callable[[Path], None], str]] = {
    "shipped": (stores.shipped, SEED), "demo": (stores.demo, DEMO), "missing": (stores.missing, "gaps-2023"),
}  # fmt: skip
MARKED = PaperChoice(confidentiality="内部资料", watermark=True, street_pages=True)
MAKES: dict[str, Callable[..., File]] = {
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
                marked = tmp_path / f"marked-{language}.{kind}"
                marked.write_bytes(of(Context(WANG, language), project, MARKED).content)
                for file in (path, marked):
                    found += [f"{file.name}: {each}" for each in OpenXmlValidator().validate(file).errors]
    assert found == []
