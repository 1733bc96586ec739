"""Standards on the command line: out, in, previewed, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.__main__ import answer_for_owner

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_out_and_in_again(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"标准.{ending}"
    assert answer_for_owner(["standard", "export", "renovation-12", str(file)]) == (0, f"file: {file}\n", "")
    code, out, _ = answer_for_owner(["standard", "import", str(file), "--json"])
    found = json.loads(out)
    assert code == 0
    assert (found["standard"], found["version"], found["new_standard"]) == ("renovation-12", 1, False)
    assert (found["problems"], found["questions"]) == ([], [])


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("编号,标准\n1,不渗漏\n", encoding="utf-8")
    for more in (["--dry-run"], []):
        code, out, _ = answer_for_owner(["standard", "import", str(file), "--json", *more])
        assert (code, json.loads(out)["new_standard"]) == (0, True)
    assert answer_for_owner(["standard", "import", str(file)])[:2] == (0, "standard: own\nversion: 1\n")
    assert json.loads(answer_for_owner(["standard", "import", str(file), "--json"])[1])["new_standard"] is False


def test_what_is_wrong_is_listed(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("编号,标准\n1,甲\n1,乙\n", encoding="utf-8")
    code, out, err = answer_for_owner(["standard", "import", str(file)])
    assert (code, out) == (1, "")
    assert "《own.csv》有1处问题" in err
    assert "“1”与第2行重复" in err
    code, out, _ = answer_for_owner(["standard", "import", str(file), "--json"])
    assert (code, json.loads(out)["standard"], len(json.loads(out)["problems"])) == (1, None, 1)
    code, _, err = answer_for_owner(["standard", "export", "none", str(tmp_path / "x.csv")])
    assert code == 1
    assert "没有改造标准“none”" in err


def test_what_is_asked_has_an_id_and_can_be_answered(tmp_path: Path) -> None:
    """Points without a code are counted, which is asked: a no leaves the file, a yes lets it in."""
    file = tmp_path / "own.csv"
    file.write_text("组别,标准\n屋面,不渗漏\n屋面,不积水\n", encoding="utf-8")
    (asked,) = json.loads(answer_for_owner(["standard", "import", str(file), "--dry-run", "--json"])[1])["questions"]
    assert asked["answers"] == ["是", "否"]
    code, out, err = answer_for_owner(["standard", "import", str(file), "--answer", f"{asked['id']}=否"])
    assert (code, out) == (1, "")
    assert "已答“否”" in err
    code, out, _ = answer_for_owner(["standard", "import", str(file), "--answer", f"{asked['id']}=是"])
    assert (code, out) == (0, "standard: own\nversion: 1\n")
