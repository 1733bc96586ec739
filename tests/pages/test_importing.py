"""数据导入 from app.py: preview and confirm, the list of snapshots and its steps, the empty store's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service import batches, home
from core.service.project import facts
from core.store import mark
from tests.core.service.edited import MONEY, edited
from tests.pages.opening import opened

ROOT = Path(__file__).resolve().parents[2]
LINGANG = "lingang-2023"
SEED = f"{LINGANG}@2024-12-31"
WANG, LI = Actor("browser-of-wang", "王工"), Actor("browser-of-li", "李工")

pytestmark = pytest.mark.usefixtures("store_path")


def app(part: str, actor: Actor | None = WANG, **query: str) -> AppTest:
    return opened("manage/importing", actor, part, **query)


def words(at: AppTest) -> str:
    """Everything that the page says, as it reads: without Markdown's backslashes and word joiners."""
    shown = (*at.markdown, *at.caption, *at.info, *at.error, *at.warning, *at.success, *at.subheader)
    return "\n".join(element.value for element in shown).replace("\\", "").replace("\u2060", "")


def figures() -> list[str]:
    """The cards of the first page."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return [str(metric.value) for metric in at.metric]


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def test_a_figure_is_corrected_and_withdrawn_on_the_page() -> None:
    at = app("batches")
    at.selectbox(key="fix_place").set_value("璜土镇").run()
    at.selectbox(key="fix_field").set_value("paid").run()
    assert any("累计支付(现为2,164.00)" in option for option in at.selectbox(key="fix_field").options)
    at.text_input(key="fix_new").input("2163.5")
    at.text_input(key="fix_reason").input("录入*错误*")
    press(at, "更正")
    assert not at.exception
    assert "更正:璜土镇累计支付由2,164.00改为2163.5。原因:录入*错误*" in words(at)
    at.text_input(key=f"withdraw_{SEED}-2_reason").input("看错了")
    press(at, "撤回")
    assert "王工于" in words(at)
    assert "撤回。原因:看错了" in words(at)
    assert facts(Context(WANG), LINGANG).batch == SEED


def test_what_does_not_go_is_a_sentence() -> None:
    at = app("batches")
    at.text_input(key="fix_new").input("多")
    at.text_input(key="fix_reason").input("错")
    press(at, "更正")
    assert "应为金额" in words(at)
    press(at, "撤回")
    assert "请填写原因" in words(at)
    assert [each.state for each in batches.snapshots(Context(WANG), LINGANG)] == ["released"]


def test_nobody_sees_the_list_and_changes_nothing() -> None:
    at = app("batches", None)
    assert "截至2024-12-31" in words(at)
    assert [button.label for button in at.button if button.label in ("更正", "撤回", "复核放行")] == []


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
    return at.file_uploader(key="import_file").upload(name, content).run()


def test_a_file_is_looked_at_confirmed_and_withdrawn_everywhere() -> None:
    first = facts(Context(WANG), LINGANG)
    at = choose(app("upload"), "季报*1*.xlsx", quarter())
    assert not at.exception
    table = at.table[0].value
    assert list(table["上一期"])[-1] == "2,164\\.00"
    assert list(table["本期"])[-1] == "2,364\\.00"
    assert facts(Context(WANG), LINGANG) == first
    press(at, "确认导入")
    assert not at.exception
    assert "这份文件已由王工于" in words(at)
    batch = f"{LINGANG}@2025-03-31"
    assert facts(Context(WANG), LINGANG).batch == batch
    assert "8,200.00万元" in figures()
    at = app("batches")
    assert "文件:季报*1*.xlsx" in words(at)
    at.text_input(key=f"withdraw_{batch}_reason").input("填错表")
    at.button(key=f"FormSubmitter:withdraw_{batch}-撤回").click().run()
    assert facts(Context(WANG), LINGANG) == first
    assert "8,000.00万元" in figures()


def test_problems_come_first_and_nothing_can_be_confirmed() -> None:
    at = choose(app("upload"), "季报.xlsx", quarter("待定"))
    assert "处问题,整份文件不会写入" in words(at)
    assert "D3" in words(at)
    assert "确认导入" not in [button.label for button in at.button]


def test_a_heading_is_explained_on_the_page() -> None:
    content = edited(quarter(), {(MONEY, "D2"): "拨付使用情况"})
    at = choose(app("upload"), "季报.xlsx", content)
    box = next(box for box in at.selectbox if box.label == "拨付使用情况")
    box.set_value("paid").run()
    press(at, "确认导入")
    assert facts(Context(WANG), LINGANG).spend[0].paid == 2364


def test_somebody_else_releases_what_waits() -> None:
    at = choose(app("upload"), "季报.xlsx", quarter())
    at.checkbox(key="import_hold").check()
    press(at, "确认导入")
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
    said = "批复文号:某某投〔2024〕7号,2024年2月1日。"
    return edited(batches.template(Context(WANG), LINGANG), {(MONEY, "A1"): said})


def test_the_first_project_comes_in_through_the_page(store_path: Path) -> None:
    content = of_a_new_project()
    home.close()
    store_path.unlink()
    mark.path_of(store_path).unlink(missing_ok=True)
    home.build_at(store_path, empty=True)
    assert "还没有导入过数据" in words(app("batches"))
    at = choose(app("upload"), "新.xlsx", content)
    at.text_input(key="import_new").input("new-1").run()
    press(at, "确认导入")
    assert not at.exception
    assert facts(Context(WANG), "new-1").project.name == "新"


def test_every_cell_is_shown_as_it_was_understood() -> None:
    at = choose(app("upload"), "季报.xlsx", quarter())
    at.session_state["import_cells"] = True
    at.run()
    shown = at.dataframe[0].value
    row = shown[(shown["工作表"] == MONEY) & (shown["单元格"] == "D3")].iloc[0]
    assert (row["原文"], row["读作"]) == ("2364", "累计支付 · 璜土镇")


def test_a_new_project_wants_an_id() -> None:
    at = app("upload")
    at.selectbox(key="import_project").set_value("").run()
    at = choose(at, "新.xlsx", of_a_new_project())
    assert "请先填写新项目的编号" in words(at)
    at.text_input(key="import_new").input("新 项目").run()
    assert "不能用" in words(at)
    at.text_input(key="import_new").input("new-1").run()
    press(at, "确认导入")
    assert facts(Context(WANG), "new-1").batch == "new-1@2025-03-31"


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
    assert f"文件中没有“累计支付”列;这些数沿用现有的(截至2024年12月31日,批次{SEED}),导入后不变。" in words(at)
