"""What the documents are made of: no link outwards, no formula out of a name, nothing that the machine must have."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from core.model.context import Actor, Context
from core.model.paper import PaperChoice
from core.service.base import open_store
from core.service.briefing import evaluation, frames, slide_deck

PROJECT = "lingang-2023"
ROOT = Path(__file__).resolve().parents[3]
CTX = Context(Actor("test-packages", "王工"))
ODD = {
    "璜土镇": "=1+1", "夏港街道": "+cmd|' /C calc'!A0", "申港街道": "-2", "利港街道": "@SUM(1,2)",
    "改造小区开工率": '=HYPERLINK("http://x.cn","点")', "居民满意度": "http://x.cn/a.png",
}  # fmt: skip
FORMULAS = re.compile(r"=(SUM|IF)\(|='评分表'![A-Z]{1,2}\d+$")


def made() -> dict[str, bytes]:
    return {
        "pptx": slide_deck.deck(CTX, PROJECT, PaperChoice(checks=True)).content,
        "docx": evaluation.report(CTX, PROJECT).content,
        "xlsx": evaluation.workbook(CTX, PROJECT).content,
    }


def parts(content: bytes, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Every part of a package, those of embedded workbooks too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            yield f"{path}{name}", inside
            if name.endswith(".xlsx"):
                yield from parts(inside, f"{path}{name}!")


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """The documents of a project whose streets and indicators have names that look like formulas and links."""
    folder = tmp_path / "data"
    shutil.copytree(open_store.SEED.parent, folder, ignore=shutil.ignore_patterns("*.duckdb*", "*.sock", "*.key"))
    for path in folder.rglob("*.csv"):
        text = path.read_text("utf-8-sig")
        for name, looks in ODD.items():
            quoted = looks.replace('"', '""')
            text = re.sub(rf"(?<![^,\n]){name}(?![^,\n])", lambda _, q=quoted: f'"{q}"', text)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(open_store, "SEED", folder / "seed")
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "renewal.duckdb"))
    open_store.close()
    open_store.build_at(tmp_path / "renewal.duckdb")
    yield made()
    open_store.close()


def check_nothing_leads_outside(content: bytes) -> int:
    """Looks into every relationship; returns how many there were."""
    seen = 0
    for name, inside in parts(content):
        if not name.endswith(".rels"):
            continue
        for relation in etree.fromstring(inside):
            seen += 1
            assert relation.get("TargetMode") != "External", (name, relation.get("Target"))
            assert "://" not in relation.get("Target"), (name, relation.get("Target"))
            assert not relation.get("Type").endswith(("/hyperlink", "/oleObject", "/attachedTemplate")), name
            if relation.get("Type").endswith("/image"):
                # The one picture that a document of ours has is the square of its view code, inside the package.
                assert relation.get("Target").startswith(("../media/", "media/", "/xl/media/")), name
    return seen


@pytest.mark.usefixtures("store_path")
def test_no_relationship_leads_outside_and_no_picture_is_fetched() -> None:
    seen = {form: check_nothing_leads_outside(content) for form, content in made().items()}
    # Slides with notes, charts and workbooks; three charts with theirs; six worksheets.
    assert seen["pptx"] > 60
    assert seen["docx"] > 10
    assert seen["xlsx"] > 8


def test_names_that_look_like_formulas_and_links_stay_text(odd: dict[str, bytes]) -> None:
    for content in odd.values():
        check_nothing_leads_outside(content)
    shown = {form: "".join(text.decode("utf-8", "ignore") for _, text in parts(odd[form])) for form in odd}
    assert all("+cmd|' /C calc'!A0" in text for text in shown.values())
    books = [("xlsx", odd["xlsx"])]
    books += [
        (name, inside) for form in ("pptx", "docx") for name, inside in parts(odd[form]) if name.endswith(".xlsx")
    ]
    assert len(books) == 1 + 9 + 3
    texts = set()
    for name, content in books:
        for sheet in load_workbook(io.BytesIO(content)):
            for cell in (cell for row in sheet for cell in row):
                assert cell.hyperlink is None, (name, cell.coordinate)
                if cell.data_type == "f":
                    assert FORMULAS.match(str(cell.value)), (name, cell.coordinate, cell.value)
                else:
                    texts.add(cell.value)
    assert set(ODD.values()) <= texts
    # Word's fields are those of the report itself.
    fields = re.findall(r"<w:instrText[^>]*>\s*(\w+)", shown["docx"])
    assert set(fields) == {"TOC", "SEQ", "PAGE"}


@pytest.mark.full
def test_neither_browser_nor_office_nor_fonts_are_needed(store_path: Path, tmp_path: Path) -> None:
    """With nothing on the path, no home and no list of fonts, the documents are the same, byte by byte."""
    expected = made()
    drawn = {"pdf": frames.frames_pdf(CTX, PROJECT).content, "brief": frames.brief_pdf(CTX, PROJECT).content}
    open_store.close()
    bare = {"PATH": "", "HOME": str(tmp_path), "FONTCONFIG_FILE": os.devnull, "RENEWAL_STORE": str(store_path)}

    def exported(kind: str, *flags: str) -> bytes:
        file = tmp_path / f"{kind}.{'pdf' if kind == 'brief' else kind}"
        ran = subprocess.run(
            [sys.executable, "-m", "core", "export", kind, "--project", PROJECT, *flags, "--out", file],
            cwd=ROOT, env=bare | {"PYTHONIOENCODING": "utf-8"}, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return file.read_bytes()

    for form, content in expected.items():
        flags = ["--checks"] if form == "pptx" else []
        assert dict(parts(exported(form, *flags))) == dict(parts(content)), form
    for kind, content in drawn.items():
        assert exported(kind) == content, kind
