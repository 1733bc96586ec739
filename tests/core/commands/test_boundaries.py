"""街镇边界 on the command line: previewed, taken over, refused, withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.__main__ import answer_for_owner
from tests.core.ingest.boundaries.four import four, text

pytestmark = pytest.mark.usefixtures("store_path")


def test_in_and_out_again(tmp_path: Path) -> None:
    file = tmp_path / "四街镇.geojson"
    file.write_bytes(text(four()))
    said = ["boundaries", "import", str(file)]
    assert answer_for_owner([*said, "--dry-run"]) == (0, "places: 4\n", "")
    assert answer_for_owner(said) == (0, "boundaries: 四街镇.geojson\n", "")
    assert answer_for_owner(said) == (0, "unchanged: 四街镇.geojson\n", "")
    assert answer_for_owner(["boundaries", "withdraw"]) == (0, "withdrawn: lingang-2023\n", "")


def test_what_is_wrong_is_listed(tmp_path: Path) -> None:
    file = tmp_path / "四街镇.geojson"
    file.write_bytes(text(four()[:2]))
    code, out, err = answer_for_owner(["boundaries", "import", str(file)])
    assert (code, out) == (1, "")
    assert "《四街镇.geojson》：文件中没有璜土镇、利港街道的边界。" in err
