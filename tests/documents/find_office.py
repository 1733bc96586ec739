"""Find LibreOffice and the tools that read its pages, or get them.

`find()` looks, `obtain()` also installs Debian's packages where packages may be installed. Run as a module it prints
the program's path, or says what to install: the tests that need it are skipped then, which CI does not allow.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.browser.find_browser import install, may_install_packages, shows_chinese

NAMES = ("soffice", "libreoffice")
PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    *(
        Path(os.environ[root]) / "LibreOffice/program/soffice.exe"
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)")
        if root in os.environ
    ),
)
TOOLS = ("pdftotext", "pdftoppm", "pdffonts", "pdfinfo")
PACKAGES = ("libreoffice-impress", "libreoffice-writer", "libreoffice-calc", "poppler-utils")
HELP = (
    "没有找到LibreOffice或poppler-utils,也没能自动安装。请安装两者(Debian:apt-get install "
    + " ".join(PACKAGES)
    + "),或用环境变量OFFICE_PATH指明soffice的位置。\n"
    "LibreOffice or poppler-utils was not found and could not be installed. Please install both, or name soffice in "
    "OFFICE_PATH."
)


def find() -> Path | None:
    """LibreOffice: the one named in OFFICE_PATH or an installed one; None if there is none."""
    if named := os.environ.get("OFFICE_PATH"):
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in PLACES if place.exists()), None)


def complete() -> bool:
    """Whether LibreOffice, the tools that read pages and Chinese fonts are there."""
    return find() is not None and all(map(shutil.which, TOOLS)) and shows_chinese()


def obtain() -> Path | None:
    """LibreOffice, with what the tests need beside it; None where that is not there and cannot be installed."""
    if not complete() and may_install_packages():
        print("正在安装LibreOffice / installing LibreOffice ...", flush=True)
        install(*PACKAGES, "fonts-noto-cjk", "fontconfig")
    return find() if complete() else None


if __name__ == "__main__":
    path = obtain()
    print(HELP if path is None else path, file=sys.stderr if path is None else sys.stdout)
