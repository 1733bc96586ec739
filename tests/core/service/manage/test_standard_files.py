"""Standards in and out: the same is not made again, one of a known name becomes its next version."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import InputError, NameNeeded, UnknownName
from core.service.base.file import File
from core.service.evidence import standards
from core.service.manage import standard_files
from tests.core.service.people import NOBODY, PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")

OWN = File("本区标准.csv", "编号,组别,标准\n1,屋面,不渗漏\n2,墙面,不脱落\n".encode())
CHANGED = File("本区标准.csv", "编号,组别,标准\n1,屋面,十年不渗漏\n2,墙面,不脱落\n".encode())


def known() -> list[str]:
    return [f"{each.id}@{each.version}" for each in standard_files.known(WANG)]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["renovation-12", "contents-11"])
def test_what_goes_out_comes_in_as_the_same(name: str, form: standard_files.Form) -> None:
    seen = standard_files.preview_standard(WANG, standard_files.export_standard(WANG, name, form=form))
    assert (seen.problems, seen.questions, seen.new) == ((), (), False)
    assert seen.standard is not None
    assert seen.standard.id == name


def test_a_shipped_file_itself_can_be_imported() -> None:
    """For a store that was built before there were any."""
    seen = standard_files.preview_standard(WANG, Path(__file__).parents[4] / "data" / "standards" / "renovation-12.csv")
    assert seen.standard is not None
    assert (seen.standard.id, seen.new) == ("renovation-12", False)


def test_a_new_one_and_its_next_version() -> None:
    assert standard_files.preview_standard(WANG, OWN).new
    assert known() == ["contents-11@1", "renovation-12@1"]
    first = standard_files.import_standard(WANG, OWN).standard
    assert first is not None
    assert not standard_files.import_standard(WANG, OWN).new
    second = standard_files.import_standard(WANG, CHANGED).standard
    assert second is not None
    assert (second.id, second.version, second.name) == (first.id, 2, "本区标准")
    assert known() == ["contents-11@1", "renovation-12@1", "standard@1", "standard@2"]
    shown = [(each.id, each.version) for each in standards.choices(WANG, PROJECT)]
    assert shown == [("renovation-12", 1), ("standard", 2), ("contents-11", 1)]


def test_all_problems_are_named_and_nothing_is_written() -> None:
    with pytest.raises(InputError) as caught:
        standard_files.import_standard(WANG, File("x.csv", "编号,标准,性质\n1,甲,别的\n1,乙,标准\n".encode()))
    assert len(caught.value.problems) == 2
    assert known() == ["contents-11@1", "renovation-12@1"]


def test_a_name_is_needed_and_a_known_standard() -> None:
    with pytest.raises(NameNeeded):
        standard_files.import_standard(NOBODY, OWN)
    with pytest.raises(UnknownName, match="contents-11@1 renovation-12@1"):
        standard_files.export_standard(WANG, "none")
    with pytest.raises(UnknownName):
        standard_files.export_standard(WANG, "renovation-12", 7)
