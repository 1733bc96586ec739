"""The documents of both projects, and their pages: made once for all tests here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.briefing.content import RoundScore
from core.model.context import Actor, Context, Language
from core.model.measure import Measure
from core.model.paper import PaperChoice
from core.scoring import Tally
from core.service.base import open_store
from core.service.base import project as projects
from core.service.briefing import evaluation, slide_deck
from core.service.briefing.content import content_of
from core.service.evidence import data_checks
from core.service.manage import demo
from tests.core.briefing.test_compared import pictured, reported
from tests.documents.find_office import HELP, complete
from tests.documents.pages import Sheet, convert, sheets

SEED, DEMO = "lingang-2023", "demo-2024"
CTX = Context(Actor("test-documents", "王工"))


@dataclass(frozen=True)
class Made:
    """A document, its pages, and what it was made of."""

    file: Path
    pdf: Path
    pages: tuple[Sheet, ...]
    project: str
    language: Language
    measures: tuple[Measure, ...]
    score: RoundScore
    told: str
    """What the checks say."""

    @property
    def tally(self) -> Tally:
        """The sheet that the slides speak of, added up."""
        return self.score.tally


@contextmanager
def store(path: Path) -> Iterator[None]:
    """This process's store is that one for a while."""
    before = os.environ.get("RENEWAL_STORE")
    os.environ["RENEWAL_STORE"] = str(path)
    open_store.close()
    try:
        yield
    finally:
        open_store.close()
        del os.environ["RENEWAL_STORE"]
        if before is not None:
            os.environ["RENEWAL_STORE"] = before


@pytest.fixture(scope="session")
def office() -> None:
    """LibreOffice and its tools are there."""
    if not complete():
        pytest.skip(HELP)


@pytest.fixture(scope="session")
def profile(office: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile for LibreOffice of our own: somebody else's open window is left alone."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def made(profile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """By name: seed.zh_CN.pptx, demo.en.pptx, seed.docx …; all opened by one LibreOffice."""
    folder = tmp_path_factory.mktemp("documents")
    open_store.build_at(folder / "seed.duckdb")
    demo.make(folder / "demo.duckdb")
    found: dict[str, tuple[str, Language, tuple[Measure, ...], RoundScore, str]] = {}
    shutil.copy(folder / "seed.duckdb", folder / "compared.duckdb")
    for key, project in (("seed", SEED), ("demo", DEMO), ("compared", SEED)):
        with store(folder / f"{key}.duckdb"):
            if key == "compared":
                reported()
                pictured()
            score = content_of(CTX, project).score
            assert score is not None
            told = " ".join(str(each.message) for each in data_checks.checks(CTX, project))
            about = (tuple(projects.measures(CTX, project)), score, told)
            for language in ("zh_CN", "en"):
                content = slide_deck.deck(Context(CTX.actor, language), project, PaperChoice(checks=True)).content
                (folder / f"{key}.{language}.pptx").write_bytes(content)
                found[f"{key}.{language}.pptx"] = (project, language, *about)
            for form, make in (("docx", evaluation.report), ("xlsx", evaluation.workbook)):
                (folder / f"{key}.{form}.{form}").write_bytes(make(CTX, project).content)
                found[f"{key}.{form}.{form}"] = (project, "zh_CN", *about)
    files = [folder / name for name in found]
    pdfs = convert(profile, files, "pdf", folder / "pdf")
    return {
        file.name.replace("docx.docx", "docx").replace("xlsx.xlsx", "xlsx"): Made(
            file, pdf, tuple(sheets(pdf)), *found[file.name]
        )
        for file, pdf in zip(files, pdfs, strict=True)
    }
