"""Frames and brief as PDF are tagged and bookmarked: a reader finds headings, tables and their headings."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.briefing.brief.brief import brief_pdf, page
from core.briefing.content import BriefingContent
from core.briefing.frames import draw
from core.briefing.frames.frames import frames
from core.service.base import open_store
from core.service.briefing.content import content_of
from core.service.manage import demo

pytestmark = pytest.mark.full  # needs pdfinfo and pdftohtml
ASKER = demo.PEOPLE[0]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BriefingContent]:
    path = tmp_path_factory.mktemp("structure") / "demo.duckdb"
    demo.make(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(path))
        open_store.close()
        yield content_of(ASKER, demo.ID)
        open_store.close()


def told(program: str, *arguments: str) -> str:
    return subprocess.run([program, *arguments], capture_output=True, check=True).stdout.decode("utf-8", "replace")


def roles(pdf: Path) -> list[str]:
    """The structure's elements in reading order, such as H1, P, Table, TH."""
    said = told("pdfinfo", "-struct", str(pdf))
    return [line.split()[0] for line in said.splitlines() if line.strip()]


def bookmarks(pdf: Path) -> list[str]:
    said = told("pdftohtml", "-i", "-xml", "-stdout", str(pdf))
    outline = said[said.index("<outline>") : said.rindex("</outline>") + len("</outline>")]
    return [unescape(each.text or "") for each in ElementTree.fromstring(outline).iter("item")]


def test_every_frame_is_a_bookmark_by_its_finding(known: BriefingContent, tmp_path: Path) -> None:
    found = tuple(frames(known))
    (tmp_path / "frames.pdf").write_bytes(draw.pdf(found))
    assert "Tagged:          yes" in told("pdfinfo", str(tmp_path / "frames.pdf"))
    assert bookmarks(tmp_path / "frames.pdf") == [each.title for each in found]
    assert roles(tmp_path / "frames.pdf").count("H1") == len(found)


def test_the_brief_has_its_finding_its_sections_and_headings_of_its_tables(
    known: BriefingContent, tmp_path: Path
) -> None:
    (tmp_path / "brief.pdf").write_bytes(brief_pdf(known))
    shown = page(known)
    found = roles(tmp_path / "brief.pdf")
    assert bookmarks(tmp_path / "brief.pdf")[0] == shown["headline"]
    assert found.count("H1") == 1
    # Streets, money over time, sources, deductions; nobody has been asked for a decision here.
    assert found.count("H2") == 4
    assert found.count("Table") >= 1
    assert found.count("TH") == 4
