"""The command line writes the documents: new files only, with the ending of their kind."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from core.__main__ import answer

PARTS = {"pptx": "ppt/presentation.xml", "docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("kind", PARTS)
def test_a_document_is_written_once(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"汇报.{kind}"
    assert answer(["export", kind, "--out", str(file)]).out == f"file: {file}\n"
    with zipfile.ZipFile(file) as archive:
        assert PARTS[kind] in archive.namelist()
    again = answer(["export", kind, "--out", str(file)])
    assert (again.code, again.err) == (1, f"“{file}”已存在,未覆盖。请换一个文件名。\n")
    wrong = answer(["export", kind, "--out", str(tmp_path / "汇报.zip")])
    assert (wrong.code, wrong.err) == (1, f"“汇报.zip”应以.{kind}结尾。\n")
