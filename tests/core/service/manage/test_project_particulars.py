"""A project without a file, and what was missing filled in: batches that nothing overwrites."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.errors import InputError, NameNeeded, NotAllowed
from core.model.payments import Payment
from core.service.base import batches, open_store
from core.service.base.ledger import ledger_of
from core.service.base.project import facts, measures, names
from core.service.manage import imported, importing, portfolio
from core.service.manage import project_particulars as service
from core.service.manage.project_particulars import Particulars
from core.service.manage.verifying import verify
from core.service.progress import funds
from core.service.progress.overview import overview
from core.store import snapshots
from tests.core.service.edited import HOMES, MONEY, edited
from tests.core.service.people import NOBODY, WANG
from tests.core.service.people import PROJECT as LINGANG

D = Decimal
SPAN = Particulars(start=date(2023, 6, 1), end=date(2025, 12, 31))
PLAN = Particulars(funding=(("专项债", D(12000)), ("市级补助", D(3000))))
pytestmark = pytest.mark.usefixtures("store_path")


def money_of_a_new_one() -> bytes:
    """A file that names neither project nor approval nor planned time."""
    said = "数据截至2024年12月31日。"
    return only(edited(batches.template(WANG, LINGANG), {(MONEY, "A1"): said}), MONEY, HOMES)


def test_a_project_is_made_of_its_name_and_its_data_come_later() -> None:
    assert service.add(WANG, "new-1", Particulars("某区老旧小区改造项目")) == "new-1@undated"
    assert names(WANG)["new-1"] == "某区老旧小区改造项目"
    assert importing.commit(WANG, "new-1", "数.xlsx", money_of_a_new_one()) == "new-1@2024-12-31"
    found = facts(WANG, "new-1")
    assert (found.project.name, found.as_of, len(found.spend)) == ("某区老旧小区改造项目", date(2024, 12, 31), 4)
    assert (found.project.approval, found.project.approved_on) == ("", None)


def test_what_was_entered_before_the_data_goes_on_with_them() -> None:
    said = Particulars("甲", "某〔2024〕1号", date(2024, 2, 1), SPAN.start, SPAN.end, PLAN.funding)
    service.add(WANG, "new-1", said)
    importing.commit(WANG, "new-1", "数.xlsx", money_of_a_new_one())
    assert service.particulars_of(WANG, "new-1") == said
    assert service.lacking(WANG, "new-1") == ()


def test_a_project_without_data_states_no_day_and_stands_in_no_series() -> None:
    service.add(WANG, "new-1", Particulars("甲"))
    service.edit(WANG, "new-1", SPAN)
    assert [each.as_of for each in batches.snapshots(WANG, "new-1")] == [None, None]
    looked = importing.preview(WANG, "new-1", "数.xlsx", money_of_a_new_one())
    assert ("数据截至", "—", "2024-12-31") in [(each.what, each.before, each.after) for each in looked.changes]


def test_what_is_missing_is_filled_in_and_the_figures_follow() -> None:
    """FACTS: on 2024-12-31 580 of the 945 days from 2023-06-01 through 2025-12-31 have passed."""
    service.add(WANG, "new-1", Particulars("甲"))
    importing.commit(WANG, "new-1", "数.xlsx", money_of_a_new_one())
    card = next(each for each in overview(WANG, "new-1").cards if each.id == "time_elapsed")
    assert (str(card.value), str(card.caveat), card.fill_in) == ("—", "缺计划工期，暂不能算进度快慢。", "entry")
    lacking = [each.id for each in funds.funds(WANG, "new-1").missing]
    assert lacking == ["baseline", "funding"]
    batch = service.edit(WANG, "new-1", SPAN)
    assert batch == "new-1@2024-12-31-2"
    elapsed = next(each for each in measures(WANG, "new-1") if each.id == "time_elapsed")
    assert (elapsed.numerator, elapsed.denominator) == (D(580), D(945))
    card = next(each for each in overview(WANG, "new-1").cards if each.id == "time_elapsed")
    assert (str(card.caveat), card.fill_in) == ("580/945天", "")
    service.edit(WANG, "new-1", PLAN)
    planned = {each.name: each.value for each in measures(WANG, "new-1") if each.id == "funding_planned"}
    assert sorted(value for value in planned.values() if value is not None)[:2] == [D(3000), D(12000)]
    assert verify(WANG).problems == ()


def test_the_list_of_snapshots_says_what_was_filled_in_and_by_whom() -> None:
    service.add(WANG, "new-1", Particulars("甲"))
    batch = service.edit(WANG, "new-1", SPAN)
    note = batches.corrections(WANG, "new-1")[batch]
    assert (note.old, note.new, note.reason) == ("计划工期—", "计划工期2023-06-01—2025-12-31", "补填")
    assert str(batches.corrected_name(note)) == "项目概况"


def test_a_change_needs_its_reason_and_what_was_stays() -> None:
    service.add(WANG, "new-1", Particulars("甲"))
    first = service.edit(WANG, "new-1", SPAN)
    later = Particulars(start=SPAN.start, end=date(2026, 6, 30))
    with pytest.raises(NotAllowed) as refused:
        service.edit(WANG, "new-1", later)
    assert "计划工期已有内容，更改须写明原因" in str(refused.value)
    second = service.edit(WANG, "new-1", later, "批复延期")
    assert facts(WANG, "new-1").default_baseline.end == date(2026, 6, 30)
    batches.withdraw(WANG, "new-1", second, "看错了")
    assert facts(WANG, "new-1").batch == first
    assert facts(WANG, "new-1").default_baseline.end == date(2025, 12, 31)


def test_what_is_withdrawn_takes_along_what_was_filled_into_it() -> None:
    service.add(WANG, "new-1", Particulars("甲"))
    batch = importing.commit(WANG, "new-1", "数.xlsx", money_of_a_new_one())
    service.edit(WANG, "new-1", SPAN)
    batches.withdraw(WANG, "new-1", batch, "填错表")
    assert (facts(WANG, "new-1").spend, facts(WANG, "new-1").baselines) == ((), ())


def test_nothing_said_writes_nothing() -> None:
    service.add(WANG, "new-1", Particulars("甲"))
    with pytest.raises(InputError, match="相同"):
        service.edit(WANG, "new-1", Particulars("甲"))
    with pytest.raises(NotAllowed, match="项目名称"):
        service.add(WANG, "new-2", Particulars(" "))
    with pytest.raises(NameNeeded):
        service.add(NOBODY, "new-2", Particulars("乙"))
    assert len(batches.snapshots(WANG, "new-1")) == 1
    assert "new-2" not in names(WANG)


@pytest.mark.parametrize("project", [LINGANG, "新", "", "a b", "x" * 41])
def test_an_id_that_is_taken_or_cannot_be(project: str) -> None:
    with pytest.raises(InputError):
        service.add(WANG, project, Particulars("甲"))


def test_an_id_is_made_of_the_name_and_is_free() -> None:
    assert service.suggested_id(WANG, "某区2023年度老旧小区改造项目") == "project-2023"
    assert service.suggested_id(WANG, "甲镇") == "project-1"
    assert service.suggested_id(WANG, "Lingang 2023") == "lingang-2023-2"
    service.add(WANG, "project-2023", Particulars("甲"))
    service.add(WANG, "project-2023-2", Particulars("乙"))
    assert service.suggested_id(WANG, "某区2023年度老旧小区改造项目") == "project-2023-3"


def test_two_of_one_name_are_two_projects() -> None:
    service.add(WANG, "a", Particulars("某项目"))
    service.add(WANG, "b", Particulars("某项目"))
    assert [names(WANG)[each] for each in ("a", "b")] == ["某项目", "某项目"]
    service.edit(WANG, "b", SPAN)
    assert facts(WANG, "a").baselines == ()


def test_an_import_brings_what_a_person_says_with_it() -> None:
    said = Particulars("某项目", start=SPAN.start, end=SPAN.end, funding=PLAN.funding)
    batch = importing.commit(WANG, "new-1", "数.xlsx", money_of_a_new_one(), said=said)
    found = facts(WANG, "new-1")
    assert (found.batch, found.project.name, found.default_baseline.id) == (batch, "某项目", "2306-2512")
    assert len(batches.snapshots(WANG, "new-1")) == 1


def test_the_panel_tells_what_came_in() -> None:
    batch = importing.commit(WANG, "new-1", "数.xlsx", money_of_a_new_one())
    found = imported.imported(WANG, "new-1", batch)
    lines = [str(line) for line in found.lines]
    assert lines[0] == "数据截至2024年12月31日"
    assert lines[1].startswith("街镇4个：")
    assert "累计支付8,000.00万元" in lines[-1]
    assert "26,310户" in lines[-1]
    assert found.counts
    assert [each.id for each in found.missing] == ["baseline", "funding", "approval"]


def test_an_import_that_waits_is_told_as_waiting() -> None:
    later = edited(batches.template(WANG, LINGANG), {(MONEY, "D3"): 2364, (MONEY, "D7"): 8200})
    batch = importing.commit(WANG, LINGANG, "季报.xlsx", later, date(2025, 3, 31), hold=True)
    found = imported.imported(WANG, LINGANG, batch)
    assert (found.counts, found.missing, found.snapshot.state) == (False, (), "held")
    assert "8,200.00万元" in str(found.lines[-1])


def test_the_only_import_of_a_project_may_be_withdrawn_where_nothing_rests_on_it() -> None:
    batch = importing.commit(WANG, "new-1", "错.xlsx", money_of_a_new_one())
    batches.withdraw(WANG, "new-1", batch, "选错了文件")
    assert "new-1" not in names(WANG)
    again = importing.commit(WANG, "new-1", "错.xlsx", money_of_a_new_one())
    assert (again, names(WANG)["new-1"]) == ("new-1@2024-12-31-2", "错")
    with pytest.raises(NotAllowed, match="没有数据"):
        batches.withdraw(WANG, LINGANG, f"{LINGANG}@2024-12-31", "试试")


def test_a_project_with_homes_alone_or_money_alone_stands_on_the_pages() -> None:
    content = batches.template(WANG, LINGANG)
    for sheet, project in ((HOMES, "homes"), (MONEY, "money")):
        importing.commit(WANG, project, f"{project}.xlsx", only(content, sheet), date(2024, 12, 31))
    homes, money = overview(WANG, "homes"), overview(WANG, "money")
    assert str(homes.headline).startswith("计划受益26,310户")
    assert {each.id: (str(each.value), each.fill_in) for each in homes.cards}["paid"] == ("—", "file")
    assert [each.id for each in homes.panels] == ["scope", "household_area"]
    assert {each.id: (str(each.value), each.fill_in) for each in money.cards}["households"] == ("—", "file")
    assert not homes.empty
    assert not money.empty
    asked = portfolio.PortfolioAsked()
    assert {"homes", "money"} <= {line.project for line in portfolio.portfolio(WANG, asked).lines}


def only(content: bytes, *sheets: str) -> bytes:
    """The file with these of its sheets alone."""
    book = load_workbook(io.BytesIO(content))
    for name in set(book.sheetnames) - set(sheets):
        del book[name]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_ledger_of_payments_stays_where_particulars_are_filled_in() -> None:
    store, known = open_store.store(), facts(WANG, LINGANG)
    paid = Payment("璜土镇", date(2024, 5, 6), "甲公司", D("7.5"), "bond", "", "HT-1", D(100), "屋面", "台账 第2行")
    snapshots.add(store, replace(known, batch="with-ledger"), WANG.actor, payments=(paid,))
    service.edit(WANG, LINGANG, Particulars(name="另一名称"), "改名")
    ledger = ledger_of(store, facts(WANG, LINGANG))
    assert ledger is not None
    assert ledger.payments == 1
