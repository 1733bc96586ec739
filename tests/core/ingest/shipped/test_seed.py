from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import InputError
from core.ingest.shipped.seed import TABLES, load_seed, read_seed

DATA = Path(__file__).resolve().parents[4] / "data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("seed", "schemes", "standards"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


def problems(data: Path) -> list[str]:
    return [str(problem.sentence()) for problem in read_seed(data / "seed")[1]]


def edit(data: Path, file: str, old: str, new: str) -> None:
    """Replace the only place where the text stands."""
    path = data / file
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1, content.count(old)
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_the_shipped_seed_has_no_problem() -> None:
    seed, found = read_seed(DATA / "seed")
    assert found == ()
    counts = {name: len(rows) for name, rows in seed.tables.items()}
    assert counts == {
        "project": 1,
        "place": 4,
        "budget_group": 1,
        "budget_group_place": 4,
        "funding": 2,
        "spend": 4,
        "renovation": 4,
        "baseline": 4,
        "claim": 31,
        "round": 1,
        "sheet": 2,
        "score": 64,
        "finding": 6,
        "goal": 6,
        "standard": 2,
        "standard_point": 12 + 11,
        "scheme": 4,
        "indicator": 32 + 20 + 26 + 11,
        "grade_scheme": 8,
    }
    assert [row["seq"] for row in seed.tables["spend"]] == [2, 3, 4, 5]


def test_every_value_is_what_its_raw_cell_says() -> None:
    tables = load_seed(DATA / "seed").tables

    def number(cell: object) -> Decimal:
        return Decimal("".join(char for char in str(cell) if char in "0123456789."))

    pairs = [(row[name], row[f"{name}_raw"]) for row in tables["spend"] for name in ("invested", "paid")]
    pairs += [(r[name], r[f"{name}_raw"]) for r in tables["renovation"] for name in ("buildings", "households", "area")]
    pairs += [(row[name], row[f"{name}_raw"]) for row in tables["funding"] for name in ("planned", "paid")]
    pairs += [(row["amount"], row["amount_raw"]) for row in tables["budget_group"]]
    assert len(pairs) == 8 + 12 + 4 + 1
    assert all(value == number(raw) for value, raw in pairs if raw)
    for row in tables["renovation"]:
        assert row["communities_raw"] == f"（总）{row['communities']}-{row['communities_second']}个"
    for row in tables["funding"]:
        assert row["planned_share"] == number(row["planned_share_raw"]) / 100
    for row in tables["spend"]:
        assert row["place"] == row["place_raw"]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "seed/spend.csv",
            "璜土镇,2164,2164",
            "璜土镇,待定,2164",
            "《spend.csv》第2行“invested”列：应为金额（万元，最多六位小数），读到“待定”。",
        ),
        ("seed/spend.csv", "2627,2627", "2627,-1", "《spend.csv》第3行“paid”列：金额不能为负，读到“-1”。"),
        (
            "seed/spend.csv",
            "1309,1309,estimate",
            "1309,1309,other",
            "《spend.csv》第5行“budget_group”列：《budget_group.csv》中没有“other”。",
        ),
        ("seed/place.csv", "申港街道", "夏港街道", "《place.csv》第4行“name”列：“夏港街道”与第3行重复。"),
        (
            "seed/project.csv",
            "2022-10-18",
            "2022-10-38",
            "《project.csv》第2行“approved_on”列：应为日期（如2024-12-31），读到“2022-10-38”。",
        ),
        ("seed/project.csv", "as_of", "asof", "《project.csv》“as_of”列：缺少这一列。"),
        ("seed/claim.csv", "text,source", "source,source", "《claim.csv》“text”列：缺少这一列。"),
        ("seed/place.csv", "project,name", "project,name,name", "《place.csv》第1行“name”列：这一列出现了不止一次。"),
        ("seed/place.csv", "lingang-2023,璜土镇", "璜土镇", "《place.csv》第2行：应有2个单元格，读到1个。"),
        (
            "seed/baseline.csv",
            "2023-06-01,2025-12-31",
            "2023-06-01,2022-12-31",
            "《baseline.csv》第2行“ends_on”列：结束日期早于开始日期。",
        ),
        (
            "seed/baseline.csv",
            "2023-06-01,2025-12-31,true",
            "2023-06-01,2025-12-31,false",
            "《baseline.csv》“is_default”列：项目“lingang-2023”应有且只有一个默认的计划工期，现有0个。",
        ),
        (
            "seed/score.csv",
            "r1/recon-b,D41,5.60",
            "r1/recon-b,D41,7.5",
            "《score.csv》第64行“points”列：本项最高7分，读到7.5。",
        ),
        (
            "seed/score.csv",
            "r1/recon-b,D41,5.60",
            "r1/recon-b,D41,5.605",
            "《score.csv》第64行“points”列：应为数字（最多两位小数），读到“5.605”。",
        ),
        (
            "seed/score.csv",
            "r1/recon-b,D41,5.60",
            "r1/recon-b,D41,",
            "《score.csv》第64行“points”列：已评分的项须有得分，未评分的项不能有得分。",
        ),
        (
            "seed/score.csv",
            "r1/recon-b,D41",
            "r1/recon-b,Z99",
            "《score.csv》第64行“code”列：指标体系“old-community-32”中没有“Z99”。",
        ),
        (
            "seed/score.csv",
            "r1/recon-b,D41",
            "r1/other,D41",
            "《score.csv》第64行“sheet”列：《sheet.csv》中没有“r1/other”。",
        ),
        (
            "seed/sheet.csv",
            "初评工作表,old-community-32,1",
            "初评工作表,old-community-32,2",
            "《sheet.csv》第2行“scheme_version”列：《scheme.csv》中没有“2”。",
        ),
        (
            "schemes/old-community-32.csv",
            "居民满意度,7",
            "居民满意度,6",
            "《old-community-32.csv》“weight”列：分值合计应为100，现为99.00。",
        ),
        (
            "schemes/grades.csv",
            "良,80",
            "良,90",
            "《grades.csv》第3行“floor”列：等级应从高到低，下限须低于上一行。",
        ),
        ("schemes/grades.csv", "差,0", "差,1", "《grades.csv》第5行“floor”列：最低一级的下限应为0。"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(data: Path, file: str, old: str, new: str, sentence: str) -> None:
    edit(data, file, old, new)
    assert sentence in problems(data)


def test_a_round_that_a_sheet_does_not_have(data: Path) -> None:
    edit(data, "seed/round.csv", "r1", "r2")
    assert problems(data) == [
        "《sheet.csv》第2行“id”列：应为“轮次/名称”，轮次须在《round.csv》中，读到“r1/working”。",
        "《sheet.csv》第3行“id”列：应为“轮次/名称”，轮次须在《round.csv》中，读到“r1/recon-b”。",
    ]


def test_a_place_without_its_row_is_missed(data: Path) -> None:
    path = data / "seed" / "renovation.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    assert problems(data) == ["《renovation.csv》“place”列：缺少“利港街道”这一行。"]


def test_a_project_may_come_without_its_lines(data: Path) -> None:
    for name in ("spend", "renovation", "claim"):
        path = data / "seed" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert problems(data) == []


@pytest.mark.parametrize("name", [*(f"seed/{name}.csv" for name in TABLES), "schemes/scheme.csv", "schemes/grades.csv"])
def test_a_missing_file_is_the_only_problem_that_is_named(data: Path, name: str) -> None:
    (data / name).unlink()
    path = data / name
    assert problems(data) == [f"《{path.name}》：缺少这个文件，应在文件夹“{path.parent}”中。"]


def test_the_items_of_a_scheme_are_looked_for_where_it_says(data: Path) -> None:
    edit(data, "schemes/scheme.csv", "old-community-32.csv", "none.csv")
    assert problems(data) == [f"《none.csv》：缺少这个文件，应在文件夹“{data / 'schemes'}”中。"]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda content: content.encode("gb18030"), "《place.csv》：不是UTF-8编码。请另存为“CSV UTF-8”。"),
        (lambda content: (content + '"open').encode(), "《place.csv》：不是有效的CSV文件，请检查引号是否成对。"),
        (lambda content: b"", "《place.csv》“project”列：缺少这一列。"),
    ],
)
def test_a_file_that_is_no_csv(data: Path, spoil: Callable[[str], bytes], sentence: str) -> None:
    path = data / "seed" / "place.csv"
    path.write_bytes(spoil(path.read_text(encoding="utf-8")))
    assert problems(data)[0] == sentence
    assert {problem.split("》")[0] for problem in problems(data)} == {"《place.csv"}


def test_a_file_that_cannot_be_read(data: Path) -> None:
    (data / "seed" / "place.csv").unlink()
    (data / "seed" / "place.csv").mkdir()
    assert problems(data) == ["《place.csv》：无法读取这个文件，请检查其权限。"]


def test_as_excel_saves_it(data: Path) -> None:
    path = data / "seed" / "place.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text(encoding="utf-8").replace("\n", "\r\n").encode() + b",\r\n\r\n")
    assert problems(data) == []


def test_all_problems_come_at_once(data: Path) -> None:
    edit(data, "seed/spend.csv", "璜土镇,2164,2164", "璜土镇,x,y")
    edit(data, "seed/renovation.csv", ",4520,39,", ",many,39,")
    edit(data, "schemes/grades.csv", "差,0", "差,零")
    with pytest.raises(InputError) as caught:
        load_seed(data / "seed")
    places = [(problem.file, problem.row, problem.column) for problem in caught.value.problems]
    assert places == [
        ("spend.csv", 2, "invested"),
        ("spend.csv", 2, "paid"),
        ("renovation.csv", 2, "households"),
        ("grades.csv", 5, "floor"),
    ]
    assert str(caught.value) == "初始数据有4处问题，未建立数据文件。请按所列位置修改后重试。"


def test_an_item_must_be_worth_something(data: Path) -> None:
    edit(data, "schemes/old-community-32.csv", "居民满意度,7", "居民满意度,0")
    assert problems(data) == [
        "《old-community-32.csv》第32行“weight”列：分值应大于0。",
        "《old-community-32.csv》“weight”列：分值合计应为100，现为93.00。",
        "《score.csv》第32行“points”列：本项最高0分，读到5.00。",
        "《score.csv》第64行“points”列：本项最高0分，读到5.60。",
    ]
