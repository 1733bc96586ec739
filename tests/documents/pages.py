"""Documents turned into pages by LibreOffice, and what can be read off and found wrong on a page."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from lxml import etree
from PIL import Image

from tests.documents.find_office import find

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""Compute every formula when a workbook is opened, whatever values it carries."""
_PALE = 24
"""Difference of grey from the paper that is no ink yet."""
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    """A word on a page and its box, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Square points."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True)
class Sheet:
    """A page."""

    width: float
    height: float
    words: tuple[Word, ...]
    text: str
    """All that stands on it as it was drawn, without spaces: the lines of a cell follow each other."""


def convert(profile: Path, files: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """The files in another form (pdf, xlsx), made by a LibreOffice with a profile of its own.

    Raises AssertionError with what it printed when one of them is missing.
    """
    program = find()
    assert program is not None
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_RECALCULATE, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", form]
    ran = subprocess.run(
        [*command, "--outdir", folder, *files], capture_output=True, text=True, timeout=220, check=False
    )
    made = [folder / f"{file.stem}.{form}" for file in files]
    assert all(each.exists() for each in made), ran.stdout + ran.stderr
    return made


def sheets(pdf: Path) -> list[Sheet]:
    """The pages with their words."""
    ran = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, timeout=60, check=True)
    # Characters that XML may not hold come through as they are.
    tree = etree.fromstring(ran.stdout, etree.XMLParser(recover=True))
    raw = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, timeout=60, check=True)
    texts = raw.stdout.decode("utf-8", "replace").split("\f")
    found = []
    for page, text in zip(tree.iter(f"{_XHTML}page"), texts, strict=False):
        words = [
            Word(each.text or "", *(float(each.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")))
            for each in page.iter(f"{_XHTML}word")
        ]
        found.append(Sheet(float(page.get("width")), float(page.get("height")), tuple(words), tight(text)))
    return found


def pictures(pdf: Path, folder: Path) -> list[Image.Image]:
    """The pages as pictures, grey."""
    subprocess.run(["pdftoppm", "-r", "40", "-gray", "-png", pdf, folder / pdf.stem], timeout=120, check=True)
    return [Image.open(each) for each in sorted(folder.glob(f"{pdf.stem}-*.png"))]


def coloured(pdf: Path, folder: Path, dpi: int = 24) -> list[Image.Image]:
    """The pages as small pictures in colour."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", pdf, folder / pdf.stem], timeout=120, check=True)
    return [Image.open(each) for each in sorted(folder.glob(f"{pdf.stem}-*.png"))]


def blank(picture: Image.Image, margins: tuple[int, int, int, int], dpi: int = 24) -> float:
    """Share of a page, within its margins (mm: top, right, bottom, left), of the largest rectangle without ink."""
    top, right, bottom, left = (round(each / 25.4 * dpi) for each in margins)
    grey = np.asarray(picture.convert("L")).astype(int)
    inside = grey[top : grey.shape[0] - bottom, left : grey.shape[1] - right]
    paper = np.bincount(inside.ravel()).argmax()
    ink = np.abs(inside - paper) > _PALE
    free, most = np.zeros(inside.shape[1], int), 0
    for row in ink:
        free = np.where(row, 0, free + 1)
        most = max(most, _widest(free.tolist()))
    return most / inside.size


def _widest(heights: list[int]) -> int:
    """The largest rectangle under a row of columns of these heights."""
    most, waiting = 0, [(0, 0)]
    for at, height in enumerate([*heights, 0]):
        start = at
        while waiting[-1][1] > height:
            start, high = waiting.pop()
            most = max(most, high * (at - start))
        waiting.append((start, height))
    return most


def fonts(pdf: Path) -> list[tuple[str, bool, bool]]:
    """Name of each font, whether it is in the file, and whether its characters can be read back."""
    ran = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, timeout=60, check=True)
    rows = [re.split(r"\s+", line.strip()) for line in ran.stdout.splitlines()[2:]]
    return [(row[0], row[-5] == "yes", row[-3] == "yes") for row in rows]


def tight(text: str) -> str:
    """Text to compare by: compatible forms made one, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def unreadable(page: Sheet) -> list[str]:
    """Characters without a glyph: no font has a private or an unassigned one, and a lost one reads as U+FFFD."""
    return [char for char in page.text if unicodedata.category(char) in ("Co", "Cn", "Cc") or char == "\ufffd"]


def outside(page: Sheet, margin: float = 0.0) -> list[Word]:
    """Words that leave the page, or what is left of it within a margin (points)."""
    slack = 1.0
    return [
        word
        for word in page.words
        if word.left < margin - slack
        or word.top < margin - slack
        or word.right > page.width - margin + slack
        or word.bottom > page.height - margin + slack
    ]


def overlapping(page: Sheet, share: float = 0.25) -> list[tuple[str, str]]:
    """Pairs of words of which one covers more than that share of the other."""
    found = []
    for one, other in combinations(sorted(page.words, key=lambda word: word.top), 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        if across > 0 and down > 0 and across * down > share * min(one.area, other.area):
            found.append((one.text, other.text))
    return found


def lost(texts: Iterable[str], page: str) -> list[str]:
    """Those of the texts that a page (or some pages together) does not show whole."""
    return [text for text in texts if tight(text) not in page]
