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


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("kind", ["pdf", "brief"])
def test_a_pdf_is_written_once(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "汇报.pdf"
    assert answer(["export", kind, "--out", str(file)]).out == f"file: {file}\n"
    assert file.read_bytes().startswith(b"%PDF")
    assert answer(["export", kind, "--out", str(file)]).code == 1
    wrong = answer(["export", kind, "--out", str(tmp_path / "汇报.png")])
    assert (wrong.code, wrong.err) == (1, "“汇报.png”应以.pdf结尾。\n")


@pytest.mark.usefixtures("store_path")
def test_pictures_are_written_into_a_new_folder_and_never_over_others(tmp_path: Path) -> None:
    folder = tmp_path / "图" / "十二月"
    said = answer(["export", "png", "--checks", "--out", str(folder)])
    assert said.code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "01_overview.png"
    assert names[-1] == "11_checks.png"
    assert said.out.splitlines() == [f"file: {folder / name}" for name in names]
    for name in names[1:]:
        (folder / name).unlink()
    (folder / names[0]).write_bytes(b"mine")
    again = answer(["export", "png", "--out", str(folder)])
    assert (again.code, again.err) == (1, f"“{folder}”里已有01_overview.png,未写入。请换一个文件夹。\n")
    assert [path.name for path in folder.iterdir()] == ["01_overview.png"]
    assert (folder / names[0]).read_bytes() == b"mine"
    blocked = answer(["export", "png", "--out", str(folder / names[0] / "deeper")])
    assert blocked.code == 1
    assert "无法建立" in blocked.err
