"""街镇边界: imported, replaced, withdrawn; nothing is overwritten, and an earlier version has what was there then."""

from __future__ import annotations

import pytest

from core.errors import InputError, NameNeeded, NotAllowed
from core.model.boundaries import Boundaries
from core.model.context import Actor, Context, Version
from core.model.rights import Role, everywhere
from core.service.base import open_store
from core.service.briefing import one_figure
from core.service.progress import boundaries
from core.service.progress.benefit import benefit
from tests.core.ingest.boundaries.four import NAMES, feature, four, square, text
from tests.core.service.people import LI, NOBODY, PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")
FILE = "四街镇.geojson"


def there(ctx: Context = WANG) -> Boundaries:
    found = boundaries.boundaries(ctx, PROJECT)
    assert found is not None
    return found


def rows() -> int:
    with open_store.of(WANG).reading() as session:
        return dict(session.run_on_each(["place_boundary"], "table_rows"))["place_boundary"]


def test_without_boundaries_the_streets_are_squares() -> None:
    assert boundaries.boundaries(WANG, PROJECT) is None
    view = benefit(WANG, PROJECT)
    assert (view.map, view.boundaries, view.without_outline) == (None, None, None)
    assert 'class="squares"' in view.squares


def test_with_them_they_are_a_map() -> None:
    assert boundaries.take_over(WANG, PROJECT, FILE, text(four()))
    view = benefit(WANG, PROJECT, "璜土镇")
    assert view.squares == ""
    assert view.map is not None
    assert set(view.map.rows) == {
        ("利港街道", "1,912"), ("申港街道", "2,904"), ("夏港街道", "3,127"), ("璜土镇", "4,788"),
    }  # fmt: skip
    assert (there().file, there().actor_name, set(there().outlines)) == (FILE, "王工", set(NAMES))


def test_the_newest_counts_and_the_same_is_not_written_twice() -> None:
    assert boundaries.take_over(WANG, PROJECT, FILE, text(four()))
    assert not boundaries.take_over(LI, PROJECT, FILE, text(four()))
    moved = [feature(name, square(at % 2 + 1, at // 2)) for at, name in enumerate(NAMES)]
    assert boundaries.take_over(LI, PROJECT, "新.geojson", text(moved))
    assert (there().seq, there().file, there().actor_name) == (2, "新.geojson", "李工")
    assert rows() == 2


def test_withdrawing_is_a_row_and_the_version_before_has_its_map() -> None:
    boundaries.take_over(WANG, PROJECT, FILE, text(four()))
    before = there().made_at
    boundaries.withdraw(LI, PROJECT)
    assert boundaries.boundaries(WANG, PROJECT) is None
    assert benefit(WANG, PROJECT).map is None
    assert rows() == 2
    assert there(Context(WANG.actor, version=Version(moment=before))).file == FILE
    with pytest.raises(NotAllowed, match="没有导入过街镇边界"):
        boundaries.withdraw(LI, PROJECT)
    assert boundaries.take_over(WANG, PROJECT, FILE, text(four()))


def test_a_file_with_problems_writes_nothing() -> None:
    with pytest.raises(InputError, match="有1处问题，整份文件未导入") as caught:
        boundaries.take_over(WANG, PROJECT, FILE, text(four()[1:]))
    assert str(caught.value.problems[0].sentence()) == (
        "《四街镇.geojson》：文件中没有申港街道的边界。请补上后重新导出。"
    )
    assert rows() == 0


def test_it_needs_a_name_and_the_right_to_import() -> None:
    with pytest.raises(NameNeeded):
        boundaries.take_over(NOBODY, PROJECT, FILE, text(four()))
    leader = Context(Actor("l", "某人", everywhere(Role.LEADER)))
    with pytest.raises(NotAllowed, match="数据员"):
        boundaries.take_over(leader, PROJECT, FILE, text(four()))
    with pytest.raises(NotAllowed, match="数据员"):
        boundaries.withdraw(leader, PROJECT)
    assert rows() == 0


def test_the_map_goes_out_as_a_picture_and_a_slide_with_its_table() -> None:
    boundaries.take_over(WANG, PROJECT, FILE, text(four()))
    panel = benefit(WANG, PROJECT).map
    assert panel is not None
    assert one_figure.phone_picture(WANG, PROJECT, panel).content.startswith(b"\x89PNG")
    assert one_figure.slide(WANG, PROJECT, panel).content.startswith(b"PK")
