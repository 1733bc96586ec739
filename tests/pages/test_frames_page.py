"""简报: a frame large, chosen by the address; documents made on a click and kept."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Context
from core.model.paper import PaperChoice
from core.service.base.file import File
from pages.briefing import documents
from tests.core.briefing import foreign_papers
from tests.core.briefing import foreign_templates as templates
from tests.core.lingang import CHECKED_TITLE
from tests.core.service.people import WANG
from tests.pages.opening import opened
from tests.pages.test_app import app

PAGE = "pages/briefing/frames.py"


def page(**query: str) -> AppTest:
    at = app(**query)
    at.switch_page(PAGE).run()
    assert not at.exception
    assert [each.value for each in at.error] == []
    return at


def pictures(at: AppTest) -> list[str]:
    return [each.proto.imgs[0].alt for each in at.get("image")]


@pytest.mark.usefixtures("store_path")
class TestFrames:
    def test_the_first_frame_is_the_overview(self) -> None:
        (alt,) = pictures(page())
        assert alt.startswith("支付进度滞后工期8.0个百分点，付清比计划晚约5个月")

    def test_the_address_chooses_a_frame(self) -> None:
        (alt,) = pictures(page(frame="streets"))
        assert alt.startswith("测算值·非批复数；4种分摊口径下，璜土镇测算执行率都最高")

    def test_choosing_a_frame_goes_into_the_address(self) -> None:
        at = page()
        at.selectbox(key="choose_frame").select("pace").run()
        assert at.query_params["frame"] == "pace"
        assert pictures(at)[0].startswith("比按工期均匀支付少1,206万元")

    def test_an_unknown_frame_is_said(self) -> None:
        at = app(frame="moon")
        assert "无法识别，已按默认显示" in at.warning[0].value

    def test_checks_are_there_when_they_are_chosen(self) -> None:
        at = page()
        assert "数据疑点" not in at.selectbox(key="choose_frame").options
        at.toggle(key="frames_with_checks").set_value(True).run()
        assert "数据疑点" in at.selectbox(key="choose_frame").options

    def test_the_address_of_the_checks_chooses_them(self) -> None:
        at = page(frame="checks")
        assert at.toggle(key="frames_with_checks").value is True
        assert pictures(at)[0].startswith(CHECKED_TITLE)

    def test_a_frame_without_content_is_said(self) -> None:
        at = page(frame="trend")
        assert "这个图框现在没有内容可显示" in at.warning[0].value
        assert pictures(at)[0].startswith("支付进度滞后工期8.0个百分点")

    def test_a_document_is_handed_over_once_when_it_is_made_and_stays_when_the_page_is_made_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handed: list[File] = []
        monkeypatch.setattr(documents, "hand_over", handed.append)
        at = page()
        at.selectbox(key="document_kind").select("brief").run()
        at.button(key="make_document").click().run()
        labels = [each.proto.label for each in at.get("download_button")]
        assert labels == ["下载本图（PNG）", "再次下载"]
        at.run()
        assert [each.proto.label for each in at.get("download_button")] == labels
        assert [each.content[:4] for each in handed] == [b"%PDF"]
        at.selectbox(key="document_kind").select("xlsx").run()  # which nobody has made
        assert [each.proto.label for each in at.get("download_button")] == ["下载本图（PNG）"]

    def test_the_last_kind_of_document_is_chosen_again(self) -> None:
        at = page()
        assert at.selectbox(key="document_kind").value == "pptx"
        at.selectbox(key="document_kind").select("zip").run()
        at.switch_page("pages/progress/overview.py").run()
        at.switch_page(PAGE).run()
        assert at.selectbox(key="document_kind").value == "zip"

    def test_documents_name_the_experts_only_when_that_is_chosen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[bool] = []

        def report(ctx: Context, project: str, choice: PaperChoice) -> File:
            asked.append(choice.names)
            return File("report.docx", b"1")

        monkeypatch.setitem(documents.DOCUMENTS, "docx", documents.OfferedDocument("评价报告（DOCX）", report))
        at = page()
        at.selectbox(key="document_kind").select("docx").run()
        at.button(key="make_document").click().run()
        at.toggle(key="documents_with_names").set_value(True).run()
        at.button(key="make_document").click().run()
        assert asked == [False, True]

    def test_a_frame_says_who_may_read_it_in_ones_own_words_too(self) -> None:
        at = page()
        at.selectbox(key="documents_confidentiality").select("内部资料").run()
        assert pictures(at)[0].startswith("内部资料；支付进度")
        at.selectbox(key="documents_confidentiality").select("own").run()
        assert pictures(at)[0].startswith("支付进度")  # nothing is written yet
        at.text_input(key="documents_own_words").input("仅供市长办公会").run()
        assert pictures(at)[0].startswith("仅供市长办公会；支付进度")

    def test_the_choice_is_there_again_when_the_page_is_left_and_opened_again(self) -> None:
        at = page()
        at.selectbox(key="documents_confidentiality").select("征求意见稿").run()
        at.toggle(key="documents_watermark").set_value(True).run()
        at.switch_page("pages/progress/overview.py").run()
        at.switch_page(PAGE).run()
        assert at.selectbox(key="documents_confidentiality").value == "征求意见稿"
        assert at.toggle(key="documents_watermark").value is True

    def test_slides_are_chosen_in_an_order_and_what_has_nothing_to_show_is_said(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[tuple[tuple[str, ...], bool]] = []
        made = documents.DOCUMENTS["pptx"].make

        def deck(ctx: Context, project: str, choice: PaperChoice) -> File:
            asked.append((choice.slides, choice.street_pages))
            return made(ctx, project, choice)

        monkeypatch.setitem(documents.DOCUMENTS, "pptx", documents.OfferedDocument("幻灯片（PPTX）", deck))
        at = page()
        at.multiselect(key="documents_slides").set_value(["funds", "cover", "compared"]).run()
        at.toggle(key="documents_street_pages").set_value(True).run()
        at.button(key="make_document").click().run()
        assert asked == [(("funds", "cover", "compared"), True)]
        assert "没有内容，未列入：改造前后。" in [each.value.replace("\\", "") for each in at.caption]

    def test_a_choice_is_kept_by_name_and_taken_again(self) -> None:
        at = opened("briefing/frames", WANG.actor)
        at.selectbox(key="documents_confidentiality").select("征求意见稿").run()
        at.multiselect(key="documents_frames").set_value(["pace"]).run()
        at.multiselect(key="documents_breaks").set_value(["analysis"]).run()
        at.session_state["kept_choices_open"] = True
        at.text_input(key="kept_choice_name/lingang-2023").set_value("月报")
        at.checkbox(key="kept_choice_default/lingang-2023").set_value(True)
        next(each for each in at.button if each.label == "保存").click().run()
        assert [each.value for each in at.toast] == ["已保存常用选项。"]
        fresh = opened("briefing/frames", WANG.actor)
        assert fresh.multiselect(key="documents_breaks").value == ["analysis"]
        assert fresh.selectbox(key="documents_confidentiality").value == "征求意见稿"
        assert fresh.multiselect(key="documents_frames").value == ["pace"]
        fresh.selectbox(key="documents_confidentiality").select("").run()
        fresh.multiselect(key="documents_frames").set_value([]).run()
        fresh.button(key="use_choice_0").click().run()
        assert fresh.selectbox(key="documents_confidentiality").value == "征求意见稿"
        assert fresh.multiselect(key="documents_frames").value == ["pace"]
        fresh.button(key="drop_choice_0").click().run()
        assert [each for each in fresh.button if each.key == "use_choice_0"] == []

    def test_a_chosen_frame_that_has_nothing_to_show_is_said_by_its_name(self) -> None:
        at = page()
        at.multiselect(key="documents_frames").set_value(["trend", "pace"]).run()
        at.selectbox(key="document_kind").select("pdf").run()
        at.button(key="make_document").click().run()
        assert "没有内容，未列入：变化趋势。" in [each.value.replace("\\", "") for each in at.caption]

    def test_all_documents_come_as_one_file(self) -> None:
        at = page()
        at.selectbox(key="document_kind").select("zip").run()
        at.button(key="make_document").click().run()
        assert "再次下载" in [each.proto.label for each in at.get("download_button")]

    def test_slides_in_a_template_of_ones_own(self) -> None:
        at = page()
        at.file_uploader(key="own_template").upload("局里的模板.pptx", templates.sparse()).run()
        at.button(key="make_in_template").click().run()
        assert "下载幻灯片（PPTX）" in [each.proto.label for each in at.get("download_button")]
        assert "- 模板没有页码占位符，页码用文本框。" in "".join(each.value for each in at.markdown).replace("\\", "")
        at.toggle(key="frames_with_checks").set_value(True).run()  # of other slides
        assert "下载幻灯片（PPTX）" not in [each.proto.label for each in at.get("download_button")]

    def test_a_report_in_a_template_of_ones_own(self) -> None:
        at = page()
        at.file_uploader(key="own_template").upload("局里的模板.docx", foreign_papers.english()).run()
        at.button(key="make_in_template").click().run()
        assert "下载评价报告（DOCX）" in [each.proto.label for each in at.get("download_button")]
        assert "- 模板没有页码，页码加在页脚里。" in "".join(each.value for each in at.markdown).replace("\\", "")

    def test_a_file_that_is_no_template_is_refused_on_the_page(self) -> None:
        at = page()
        at.file_uploader(key="own_template").upload("a.pptx", b"no").run()
        at.button(key="make_in_template").click().run()
        assert "模板不是PowerPoint文件" in at.error[0].value

    def test_in_english(self) -> None:
        at = page(frame="pace", lang="en")
        assert pictures(at)[0].startswith("CNY 12.1 million behind an even pace; 1.39 times")
