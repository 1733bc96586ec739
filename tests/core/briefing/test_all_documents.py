"""All documents in one file."""

from __future__ import annotations

import io
import zipfile

import pytest

from core.model.context import Actor, Context
from core.model.paper import PaperChoice
from core.service.briefing import all_documents, evaluation

WANG = Context(Actor("browser-wang", "王工"))


@pytest.mark.usefixtures("store_path")
def test_all_documents_come_in_one_file_as_each_comes_by_itself() -> None:
    made = all_documents.all_documents(WANG, "lingang-2023", PaperChoice(checks=True))
    assert made.name.endswith("_全部文件_20241231.zip")
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert sorted(each.rpartition(".")[2] for each in names) == ["docx", "pdf", "pdf", "pptx", "xlsx"]
        assert len(set(names)) == len(names)
        workbook = evaluation.workbook(WANG, "lingang-2023")
        assert archive.read(workbook.name) == workbook.content
