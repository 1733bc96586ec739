"""The command line writes the documents: new files only, with the ending of their kind."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation

from core.__main__ import answer
from core.errors import Message, UnknownName
from core.model.paper import PaperChoice
from core.service.briefing import kept_choices, scheduled_export
from tests.core.briefing import foreign_papers
from tests.core.briefing import foreign_templates as templates
from tests.core.briefing.test_frames import SHIPPED
from tests.core.service.people import PROJECT, WANG

pytestmark = pytest.mark.full  # each starts processes of its own

PARTS = {"pptx": "ppt/presentation.xml", "docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("kind", PARTS)
def test_a_document_is_written_once(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"汇报.{kind}"
    assert answer(["export", kind, "--out", str(file)]).out == f"file: {file}\n"
    with zipfile.ZipFile(file) as archive:
        assert PARTS[kind] in archive.namelist()
    again = answer(["export", kind, "--out", str(file)])
    assert (again.code, again.err) == (1, f"“{file}”已存在，未覆盖。请换一个文件名。\n")
    wrong = answer(["export", kind, "--out", str(tmp_path / "汇报.zip")])
    assert (wrong.code, wrong.err) == (1, f"“汇报.zip”应以.{kind}结尾。\n")


@pytest.mark.usefixtures("store_path")
def test_a_report_is_written_in_english(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    assert answer(["export", "docx", "--lang", "en", "--out", str(file)]).code == 0
    assert "Performance evaluation report" in {p.text.split("\n")[-1] for p in Document(str(file)).paragraphs}


@pytest.mark.usefixtures("store_path")
def test_a_deck_and_its_code_are_checked_by_command(tmp_path: Path) -> None:
    file = tmp_path / "汇报.pptx"
    answer(["export", "pptx", "--out", str(file)])
    same = answer(["check-deck", str(file)])
    assert (same.code, same.out) == (0, "与制作时一致，各数仍为最新。\n")
    code = json.loads(answer(["check-deck", str(file), "--json"]).out)["code"]
    assert answer(["code", code]).out.endswith("仍为最新\n")

    answer(["correct", "paid", "2163.50", "--place", "璜土镇", "--reason", "录入错误"])
    stale = answer(["check-deck", str(file), "--json"])
    rows = json.loads(stale.out)["stale"]
    assert stale.code == 3
    assert ("2,164.00", "2,163.50") in {(row["before"], row["after"]) for row in rows}
    assert "已过期" in answer(["check-deck", str(file)]).out
    since = answer(["code", code, "--json"])
    assert (since.code, [row["after"] for row in json.loads(since.out)["since"]]) == (3, ["2,163.50"])
    assert "已过期：之后有1处变化" in answer(["code", code]).out

    unknown = answer(["code", "AAAA-BBBB-CCCC"])
    assert (unknown.code, "没有查验码" in unknown.err) == (1, True)
    missing = answer(["check-deck", str(tmp_path / "none.pptx")])
    assert (missing.code, "找不到这个文件" in missing.err) == (1, True)


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
    assert [name[3:] for name in names] == [f"{each}.png" for each in SHIPPED]
    assert said.out.splitlines() == [f"file: {folder / name}" for name in names]
    for name in names[1:]:
        (folder / name).unlink()
    (folder / names[0]).write_bytes(b"mine")
    again = answer(["export", "png", "--out", str(folder)])
    assert (again.code, again.err) == (1, f"“{folder}”里已有01_overview.png，未写入。请换一个文件夹。\n")
    assert [path.name for path in folder.iterdir()] == ["01_overview.png"]
    assert (folder / names[0]).read_bytes() == b"mine"
    blocked = answer(["export", "png", "--out", str(folder / names[0] / "deeper")])
    assert blocked.code == 1
    assert "无法建立" in blocked.err


@pytest.mark.usefixtures("store_path")
def test_every_project_is_laid_ready_in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = answer(["export-all", "--out", str(tmp_path / "简报")])
    assert (made.code, made.err) == (0, "")
    (folder,) = (tmp_path / "简报").iterdir()
    files = sorted((folder / "lingang-2023").iterdir())
    assert sorted(file.suffix for file in files) == [".pdf", ".pdf", ".pptx", ".txt"]
    head, _, alarms = made.out.partition("\n\n")
    assert sorted(head.splitlines()) == sorted(f"file: {file}" for file in files)
    assert "累计支付占概算为53.33%，低于80%" in alarms
    assert next(file for file in files if file.suffix == ".txt").read_text("utf-8") == alarms

    # A folder of the same second is there already: nothing in it is touched.
    monkeypatch.setattr("core.service.briefing.scheduled_export.folder_of", lambda moment: folder.name)
    before = {file: file.stat().st_mtime_ns for file in files}
    again = answer(["export-all", "--out", str(tmp_path / "简报")])
    assert (again.code, "已有" in again.err) == (1, True)
    assert {file: file.stat().st_mtime_ns for file in files} == before


def test_what_cannot_be_made_is_named_and_the_rest_is_made(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UnknownName(Message("没有轮次。"))

    monkeypatch.setattr(scheduled_export, "KINDS", {"pptx": refuse})
    made = answer(["export-all", "--out", str(tmp_path)])
    assert (made.code, made.err) == (1, "lingang-2023 pptx：没有轮次。\n")
    assert made.out.startswith("file: ")
    assert "预警.txt" in made.out


@pytest.mark.usefixtures("store_path")
def test_what_the_default_leaves_out_of_a_scheduled_paper_is_said(tmp_path: Path) -> None:
    kept_choices.keep(WANG, PROJECT, "月报", PaperChoice(slides=("cover", "compared")), is_default=True)
    made = answer(["export-all", "--out", str(tmp_path)])
    assert (made.code, made.err) == (0, "lingang-2023 pptx：没有内容，未列入：改造前后。\n")


@pytest.mark.usefixtures("store_path")
def test_a_kept_choice_is_asked_for_by_its_name_and_the_default_without_one(tmp_path: Path) -> None:
    kept_choices.keep(WANG, PROJECT, "月报", PaperChoice(confidentiality="内部资料"), is_default=True)
    kept_choices.keep(WANG, PROJECT, "区长汇报", PaperChoice(slides=("cover", "funds")))

    def slides(name: str, *asked: str) -> list[str]:
        file = tmp_path / f"{name}.pptx"
        made = answer(["export", "pptx", "--out", str(file), *asked])
        assert made.code == 0, made.err
        return [
            " ".join(e.text_frame.text for e in s.shapes if e.has_text_frame) for s in Presentation(str(file)).slides
        ]

    assert all("内部资料" in slide for slide in slides("default"))
    assert not any("内部资料" in slide for slide in slides("without", "--confidential", ""))
    named = slides("named", "--as", "区长汇报", "--confidential", "征求意见稿")
    assert (len(named), all("征求意见稿" in slide for slide in named)) == (2, True)
    assert len(slides("all", "--as", "区长汇报", "--slides", "")) > 2
    unknown = answer(["export", "pptx", "--as", "年报", "--out", str(tmp_path / "x.pptx")])
    assert (unknown.code, unknown.err) == (1, "没有常用选项“年报”。可用：月报、区长汇报。\n")


@pytest.mark.usefixtures("store_path")
def test_slides_in_a_template_of_ones_own_and_what_it_lacks(tmp_path: Path) -> None:
    template, file = tmp_path / "局里的模板.pptx", tmp_path / "a.pptx"
    template.write_bytes(templates.sparse())
    given = answer(["export", "pptx", "--template", str(template), "--out", str(file)])
    assert given.code == 0
    assert "模板没有页码占位符，页码用文本框。\n" in given.err
    deck = Presentation(io.BytesIO(file.read_bytes()))
    assert {each.slide_layout.name for each in deck.slides} == {"Title Only"}
    other = answer(["export", "xlsx", "--template", str(template), "--out", str(tmp_path / "a.xlsx")])
    assert (other.code, other.err) == (1, "--template只用于幻灯片（pptx）和评价报告（docx）。\n")
    template.write_bytes(b"no")
    broken = answer(["export", "pptx", "--template", str(template), "--out", str(tmp_path / "b.pptx")])
    assert broken.code == 1
    assert "模板不是PowerPoint文件" in broken.err
    assert not (tmp_path / "b.pptx").exists()


@pytest.mark.usefixtures("store_path")
def test_a_report_in_a_template_of_ones_own_and_what_it_lacks(tmp_path: Path) -> None:
    template, file = tmp_path / "局里的模板.docx", tmp_path / "a.docx"
    template.write_bytes(foreign_papers.office())
    given = answer(["export", "docx", "--template", str(template), "--out", str(file)])
    assert (given.code, given.err) == (0, "模板没有这些样式：目录1、目录2。用默认的样式代替，字体用模板的。\n")
    assert "标题 1" in {each.style.name for each in Document(str(file)).paragraphs}
