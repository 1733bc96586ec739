"""数据导入 from app.py: preview and confirm, the list of snapshots and its steps, the empty store's page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from openpyxl import load_workbook
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.base import batches, open_store
from core.service.base.project import facts, names
from core.service.manage import importing, project_particulars
from core.service.manage.importing import Progress
from core.service.manage.project_particulars import Particulars
from core.store import acknowledged
from pages.manage.import_parts import reading
from pages.shared.who import ASK
from tests.core.service.edited import MONEY, edited
from tests.pages.opening import key, opened

ROOT = Path(__file__).resolve().parents[2]
LINGANG = "lingang-2023"
SEED = f"{LINGANG}@2024-12-31"
WANG, LI = Actor("browser-of-wang", "王工"), Actor("browser-of-li", "李工")

pytestmark = pytest.mark.usefixtures("store_path")


def app(part: str, actor: Actor | None = WANG, **query: str) -> AppTest:
    return opened("manage/importing", actor, part, **query)


def words(at: AppTest) -> str:
    """Everything that the page says, as it reads: without Markdown's backslashes and word joiners."""
    shown = (*at.markdown, *at.caption, *at.info, *at.error, *at.warning, *at.success, *at.header)
    return "\n".join(element.value for element in shown).replace("\\", "").replace("\u2060", "")


def figures() -> list[str]:
    """The cards of the first page."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return [str(metric.value) for metric in at.metric]


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def confirm(at: AppTest) -> AppTest:
    """Say that what was asked has been looked at, and import."""
    at.checkbox(key="import_seen").check().run()
    return press(at, "确认导入")


def test_a_figure_is_corrected_and_withdrawn_on_the_page() -> None:
    at = app("batches")
    at.selectbox(key=key("fix_place")).set_value("璜土镇").run()
    at.selectbox(key=key("fix_field")).set_value("paid").run()
    assert any("累计支付（现为2,164.00）" in option for option in at.selectbox(key=key("fix_field")).options)
    assert at.text_input(key=key("fix_new")).label == "应为（万元）"
    at.text_input(key=key("fix_new")).input("2163.5")
    at.text_input(key=key("fix_reason")).input("录入*错误*")
    press(at, "更正")
    assert not at.exception
    assert "更正：璜土镇累计支付由2,164.00改为2163.5。原因：录入*错误*" in words(at)
    at.text_input(key=f"withdraw_{SEED}-2_reason").input("看错了")
    press(at, "撤回")
    assert "王工于" in words(at)
    assert "撤回。原因：看错了" in words(at)
    assert facts(Context(WANG), LINGANG).batch == SEED


def test_what_does_not_go_is_a_sentence() -> None:
    at = app("batches")
    at.text_input(key=key("fix_new")).input("多")
    at.text_input(key=key("fix_reason")).input("错")
    press(at, "更正")
    assert "应为金额" in words(at)
    press(at, "撤回")
    assert "请填写原因" in words(at)
    assert [each.state for each in batches.snapshots(Context(WANG), LINGANG)] == ["released"]


def test_nobody_sees_the_list_and_is_asked_for_a_name() -> None:
    at = app("batches", None)
    assert "截至2024-12-31" in words(at)
    changing = [button for button in at.button if button.label in ("更正", "撤回", "复核放行")]
    assert [(button.label, (button.key or "").startswith(ASK)) for button in changing] == [("撤回", True)]


def test_a_period_that_counts_goes_out_as_a_file_and_one_that_waits_does_not() -> None:
    importing.take_over(Context(WANG), LINGANG, "q.xlsx", quarter(), date(2025, 3, 31), {}, hold=True)
    buttons = app("batches", None).get("download_button")
    assert [button.proto.label for button in buttons] == ["本期数据（.xlsx）", "本期数据（.csv）"]


@pytest.mark.parametrize("part", ["upload", "batches"])
def test_the_page_in_english_stands(part: str) -> None:
    at = app(part, lang="en")
    assert not at.exception
    assert not at.error


def quarter(paid: object = 2364) -> bytes:
    """The file of a quarter later: 璜土 has paid 200万元 more."""
    return edited(batches.template(Context(WANG), LINGANG), {(MONEY, "D3"): paid, (MONEY, "D7"): 8200})


def choose(at: AppTest, name: str, content: bytes) -> AppTest:
    at.text_input(key="import_as_of").set_value("2025-03-31")
    turn = at.session_state["import_turn"]
    return at.file_uploader(key=f"import_file_{turn}").upload(name, content).run()


def new_id(at: AppTest) -> Any:
    """The id of the project that the file begins."""
    return next(box for box in at.text_input if (box.key or "").startswith("import_new_"))


def of_new(at: AppTest, part: str) -> Any:
    """Another field of it."""
    fields = (*at.text_input, *at.text_area)
    return next(box for box in fields if re.fullmatch(rf"new_.*_{part}", box.key or ""))


def test_withdrawing_is_pressed_and_what_is_refused_is_said() -> None:  # No wrong number, B11
    batches.correct(Context(LI), LINGANG, "申港街道", "paid", "2000", "漏记一笔")
    at = app("batches")
    forms = {block.proto.form.form_id: block.proto.form.enter_to_submit for block in at.get("form")}
    assert [forms[f"withdraw_{batch}"] for batch in (SEED, f"{SEED}-2")] == [False, False]
    at.text_input(key=f"withdraw_{SEED}_reason").input("看错了")
    at.button(key=f"FormSubmitter:withdraw_{SEED}-撤回").click().run()
    assert not at.exception
    assert "撤回后本项目就没有数据了，各页都打不开，所以没有撤回" in words(at)
    assert facts(Context(WANG), LINGANG).batch == f"{SEED}-2"


def test_a_file_is_looked_at_confirmed_and_withdrawn_everywhere() -> None:
    first = facts(Context(WANG), LINGANG)
    at = choose(app("upload"), "季报*1*.xlsx", quarter())
    assert not at.exception
    table = at.table[0].value
    assert list(table["上一期"])[-1] == "2,164\\.00"
    assert list(table["本期"])[-1] == "2,364\\.00"
    assert facts(Context(WANG), LINGANG) == first
    confirm(at)
    assert not at.exception
    assert "这份文件已由王工于" not in words(at)
    assert "已导入：季报*1*.xlsx" in words(at)
    assert "累计支付8,200.00万元" in words(at)
    batch = f"{LINGANG}@2025-03-31"
    assert facts(Context(WANG), LINGANG).batch == batch
    assert "8,200万元" in figures()
    at = app("batches")
    assert "文件：季报*1*.xlsx" in words(at)
    at.text_input(key=f"withdraw_{batch}_reason").input("填错表")
    at.button(key=f"FormSubmitter:withdraw_{batch}-撤回").click().run()
    assert facts(Context(WANG), LINGANG) == first
    assert "8,000万元" in figures()


def test_problems_come_first_and_nothing_can_be_confirmed() -> None:
    at = choose(app("upload"), "季报.xlsx", quarter("待定"))
    assert "处问题，整份文件不会写入" in words(at)
    assert "D3" in words(at)
    assert "确认导入" not in [button.label for button in at.button]


def test_a_heading_is_explained_on_the_page() -> None:
    content = edited(quarter(), {(MONEY, "D2"): "拨付使用情况"})
    at = choose(app("upload"), "季报.xlsx", content)
    box = next(box for box in at.selectbox if box.label == "拨付使用情况")
    box.set_value("paid").run()
    confirm(at)
    assert facts(Context(WANG), LINGANG).spend[0].paid == 2364


def test_somebody_else_releases_what_waits() -> None:
    at = choose(app("upload"), "季报.xlsx", quarter())
    at.checkbox(key="import_hold").check()
    confirm(at)
    assert facts(Context(WANG), LINGANG).batch == SEED
    at = app("batches")
    assert "放行前不计入" in words(at)
    assert "复核放行" not in [button.label for button in at.button]
    at = app("batches", LI)
    at.session_state[f"batch_changes_{LINGANG}@2025-03-31"] = True
    at.run()
    assert list(at.table[0].value["本期"])[-1] == "2,364\\.00"
    press(at, "复核放行")
    assert "李工于" in words(at)
    assert facts(Context(WANG), LINGANG).batch == f"{LINGANG}@2025-03-31"


def of_a_new_project() -> bytes:
    said = "批复文号：某某投〔2024〕7号，2024年2月1日。"
    return edited(batches.template(Context(WANG), LINGANG), {(MONEY, "A1"): said})


def test_the_first_project_comes_in_through_the_page(store_path: Path) -> None:
    content = of_a_new_project()
    open_store.close()
    store_path.unlink()
    acknowledged.path_of(store_path).unlink(missing_ok=True)
    open_store.build_at(store_path, empty=True)
    assert "还没有导入过数据" in words(app("batches"))
    at = choose(app("upload"), "新.xlsx", content)
    new_id(at).input("new-1").run()
    press(at, "确认导入")
    assert not at.exception
    assert facts(Context(WANG), "new-1").project.name == "新"
    assert "已导入：新.xlsx" in words(at)


def test_every_cell_is_shown_as_it_was_understood() -> None:
    at = choose(app("upload"), "季报.xlsx", quarter())
    at.session_state["import_cells"] = True
    at.run()
    shown = at.dataframe[0].value
    row = shown[(shown["工作表"] == MONEY) & (shown["单元格"] == "D3")].iloc[0]
    assert (row["原文"], row["读作"]) == ("2364", "累计支付 · 璜土镇")


def begin(content: bytes, name: str = "新.xlsx") -> AppTest:
    """A file that is to begin a project."""
    at = app("upload")
    at.selectbox(key=key("import_project")).set_value("").run()
    return choose(at, name, content)


def test_a_new_project_wants_an_id_that_no_other_has() -> None:
    at = begin(of_a_new_project())
    assert new_id(at).value == "project-1"
    new_id(at).input("新 项目").run()
    assert "不能用" in words(at)
    new_id(at).input(LINGANG).run()
    assert f"编号“{LINGANG}”已有项目" in words(at)
    assert "确认导入" not in [button.label for button in at.button]
    new_id(at).input("new-1").run()
    press(at, "确认导入")
    assert facts(Context(WANG), "new-1").batch == "new-1@2025-03-31"


def test_what_the_file_does_not_hold_is_asked_for_and_comes_with_it() -> None:
    at = begin(of_a_new_project())
    assert of_new(at, "approval").value == "某某投〔2024〕7号"
    of_new(at, "name").input("临江2024年改造")
    of_new(at, "start").input("2024-03-01")
    of_new(at, "end").input("2026-06-30")
    of_new(at, "plan").input("专项债 9000\n市级补助：3000").run()
    press(at, "确认导入")
    assert not at.exception
    found = facts(Context(WANG), "project-1")
    assert (found.project.name, found.project.approval) == ("临江2024年改造", "某某投〔2024〕7号")
    assert [(b.id, b.default) for b in found.baselines] == [("2403-2606", True)]
    assert [(plan.name, plan.planned) for plan in found.funding] == [("专项债", 9000), ("市级补助", 3000)]


def test_entries_that_cannot_be_are_said_and_nothing_can_be_confirmed() -> None:
    at = begin(of_a_new_project())
    of_new(at, "start").input("2026-03-01")
    of_new(at, "end").input("2024-06-30")
    of_new(at, "plan").input("").run()
    assert "计划工期的结束日2024年6月30日应晚于开始日2026年3月1日" in words(at)
    of_new(at, "end").input("2027-06-30")
    of_new(at, "plan").input("专项债 一亿").run()
    assert "一亿" in words(at)
    assert "确认导入" not in [button.label for button in at.button]


def test_the_first_file_was_the_wrong_one_and_is_withdrawn_on_the_panel() -> None:
    at = begin(of_a_new_project())
    press(at, "确认导入")
    assert "project-1" in names(Context(WANG))
    at.text_input(key="arrived_withdraw_project-1@2025-03-31_reason").input("选错了文件")
    at.button(key="FormSubmitter:arrived_withdraw_project-1@2025-03-31-撤回").click().run()
    assert not at.exception
    assert "project-1" not in names(Context(WANG))
    assert "没有编号为" not in words(at)


def test_the_panel_shows_what_changed() -> None:
    at = confirm(choose(app("upload"), "季报.xlsx", quarter()))
    at.toggle(key=key("arrived_changes", f"{LINGANG}@2025-03-31")).set_value(True).run()
    assert list(at.table[0].value["本期"])[-1] == "2,364\\.00"


def test_what_is_missing_is_filled_in() -> None:
    project_particulars.add(Context(WANG), "new-1", Particulars("某项目"))
    at = app("particulars", project="new-1")
    assert "缺计划工期，暂不能算进度快慢。" in words(at)
    of = {(box.key or "").rpartition("_")[2]: box for box in (*at.text_input, *at.text_area)}
    of["start"].input("2024-03-01")
    of["end"].input("2026-06-30")
    press(at, "保存")
    assert not at.exception
    assert "缺计划工期" not in words(at)
    of = {(box.key or "").rpartition("_")[2]: box for box in (*at.text_input, *at.text_area)}
    of["end"].input("2026-12-31")
    press(at, "保存")
    assert "计划工期已有内容，更改须写明原因" in words(at)
    assert [b.id for b in facts(Context(WANG), "new-1").baselines] == ["2403-2606"]


def test_a_backup_is_made_at_a_click_and_stays_on_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_BACKUPS", str(tmp_path / "kept"))
    at = app("upload")
    at.button(key="make_backup").click().run()
    assert not at.exception
    assert [error.value for error in at.error] == []
    (file,) = (tmp_path / "kept" / "manual").glob("renewal-*.duckdb")
    (said,) = [each.value for each in at.success if "已备份到服务器" in each.value]
    assert file.name in said.replace("\\", "")
    assert not at.get("download_button") or all("备份" not in each.proto.label for each in at.get("download_button"))


def test_a_leader_makes_no_backup() -> None:
    at = app("upload", Actor("lead", "领导李", everywhere(Role.LEADER)))
    assert "立即备份" not in [button.label for button in at.button]


def test_a_column_that_is_left_out_is_said_beside_the_headings() -> None:
    at = choose(app("upload"), "季报.xlsx", quarter())
    assert "沿用现有的" not in words(at)
    box = next(box for box in at.selectbox if box.value == "paid" and (box.key or "").startswith("import_heading_"))
    box.set_value("").run()
    assert f"文件中没有“累计支付”列；这些数沿用现有的（截至2024年12月31日，批次{SEED}），导入后不变。" in words(at)


def test_what_a_column_might_be_is_taken_at_a_click_remembered_and_forgotten() -> None:
    """Real files of the trade, 1: a suggestion is never taken by itself; what was said can be forgotten."""
    content = edited(quarter(2164), {(MONEY, "D2"): "款去向（万元）", (MONEY, "D7"): 8000})
    at = choose(app("upload"), "季报.xlsx", content)
    assert any("可能是累计支付" in button.label for button in at.button)
    assert "文件中没有“累计支付”列" in words(at)
    button = next(button for button in at.button if "可能是累计支付" in button.label)
    button.click().run()
    assert not at.exception
    assert "文件中没有“累计支付”列" not in words(at)
    press(at, "确认导入")
    at = app("upload")
    assert any("已记住的表头对应（1种表）" in each.label for each in at.expander)
    assert "款去向（万元）" in words(at)
    press(at, "不再沿用")
    assert [each.label for each in at.expander if "已记住" in each.label] == []


def test_of_two_columns_of_one_heading_one_is_left_out_on_the_page() -> None:
    content = edited(quarter(), {(MONEY, "H2"): "开工数", (MONEY, "I2"): "开工数", (MONEY, "H3"): 1, (MONEY, "I3"): 2})
    at = choose(app("upload"), "季报.xlsx", content)
    assert "和“开工数”都是开工小区数" in words(at)
    boxes = {(box.key or "")[:30]: box for box in at.selectbox if box.label == "开工数"}
    assert sorted(box.value for box in boxes.values()) == ["", "started"]
    next(box for box in boxes.values() if box.value == "").set_value("area").run()
    next(box for box in at.selectbox if box.label == "开工数" and box.value == "area").set_value("").run()
    assert "和“开工数”都是开工小区数" not in words(at)
    assert sorted(box.value for box in at.selectbox if box.label == "开工数") == ["", "started"]


def test_what_is_asked_is_confirmed_before_it_counts() -> None:
    """No wrong number, C13 to C19: a doubt is a question that is answered first, for each file anew."""
    asked = edited(quarter(), {(MONEY, "D2"): "累计支付", (MONEY, "C2"): "已投资金额"})
    at = choose(app("upload"), "季报.xlsx", asked)
    assert "没有注明单位" in words(at)
    assert "处要先确认" in words(at)
    assert at.button(key="import_commit").disabled
    at.checkbox(key="import_seen").check().run()
    assert not at.button(key="import_commit").disabled
    at = choose(at, "另一份.xlsx", edited(asked, {(MONEY, "D3"): 2264, (MONEY, "D7"): 8100}))
    assert at.button(key="import_commit").disabled
    confirm(at)
    assert facts(Context(WANG), LINGANG).spend[0].paid == 2264


LEDGER = "付款日期,街镇,收款单位,付款金额(元),凭证号\n2024-01-02,璜土镇,甲公司,1000.25,记-1\n".encode()


def test_what_was_looked_at_is_written_without_being_read_again() -> None:
    with patch.object(importing, "read_document", wraps=importing.read_document) as read:
        at = choose(app("upload"), "台账.csv", LEDGER)
        press(at, "确认导入")
    assert not at.exception
    assert read.call_count == 1
    assert "已导入：台账.csv" in words(at)
    assert "import_preview" not in at.session_state
    with open_store.store().reading() as session:
        assert session.run("payments_there", batch=f"{LINGANG}@2025-03-31", project=LINGANG) == [(1,)]


def test_an_import_that_is_ended_while_it_is_written_leaves_nothing() -> None:
    """A click ends the run at the next telling; then the file can be taken all the same."""
    ended = {"left": 1}

    def tell(rows: int, share: float) -> None:
        assert (rows, share) == (1, 1.0)
        if ended["left"]:
            ended["left"] -= 1
            raise StopException

    @contextmanager
    def watched(*_: object, **__: object) -> Iterator[Progress]:
        yield tell

    at = choose(app("upload"), "台账.csv", LEDGER)
    with patch.object(reading, "watched", watched):
        press(at, "确认导入")
        assert not at.exception
        at.run()
        assert "已停止，没有写入。" in words(at)
        assert [each.batch for each in batches.snapshots(Context(WANG), LINGANG)] == [SEED]
        press(at, "重新读取")
        press(at, "确认导入")
    assert "已导入：台账.csv" in words(at)
    assert [each.batch for each in batches.snapshots(Context(WANG), LINGANG)] == [f"{LINGANG}@2025-03-31", SEED]


def test_what_was_not_read_is_listed_on_the_page() -> None:
    """No wrong number, C16: nothing is dropped without a line."""
    at = choose(app("upload"), "季报.xlsx", edited(quarter(), {(MONEY, "H2"): "责任人", (MONEY, "I2"): "电话"}))
    assert "有2列没有读取：责任人、电话。" in words(at)
    assert any("没有作为数据读取的内容" in each.label for each in at.expander)


def test_what_is_hidden_is_named_and_read_once_it_is_chosen() -> None:
    """No wrong number, C19."""
    book = load_workbook(io.BytesIO(quarter()))
    book[MONEY].column_dimensions["D"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    at = choose(app("upload"), "季报.xlsx", stream.getvalue())
    assert "D列是隐藏的" in words(at)
    (box,) = (box for box in at.checkbox if (box.key or "").startswith("import_hidden_"))
    box.check().run()
    assert "D列是隐藏的" not in words(at)
    confirm(at)
    assert facts(Context(WANG), LINGANG).spend[0].paid == 2364


def test_a_list_of_projects_comes_in_as_a_whole() -> None:
    rows = "项目编号,项目名称,批复日期,概算（万元）\nA-1,一期改造,2023-03-01,300\nA-2,二期改造,,200\n"
    at = app("list")
    at.file_uploader(key="list_file").upload("清单.csv", rows.encode("utf-8")).run()
    assert "没有读到数据截止日。" in words(at)
    at.text_input(key="list_as_of").input("2025-03-31").run()
    assert not at.exception
    assert "清单里有2个项目：一期改造、二期改造" in words(at)
    at.checkbox(key="list_seen").check().run()
    press(at, "确认导入")
    assert not at.exception
    assert [facts(Context(WANG), project).project.name for project in ("A-1", "A-2")] == ["一期改造", "二期改造"]
