from __future__ import annotations

import pytest

from tests.unchanged.kept import kept, shown


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_program_shows_what_is_kept() -> None:
    before, now = kept(), shown()
    assert sorted(now) == sorted(before)
    differ = [name for name in before if now[name] != before[name]]
    assert differ == [], "python -m tests.unchanged says what differs"
