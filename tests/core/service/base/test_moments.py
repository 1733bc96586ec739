"""The time zone of the screen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest

from core.errors import RenewalError
from core.service.base import moments
from tests.core.store.conftest import ROOT


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    moments.zone.cache_clear()
    yield
    moments.zone.cache_clear()


# No wrong number, D30
@pytest.mark.parametrize("name", ["Asia/Nowhere", "中国", "", "../etc/passwd", "/etc/localtime", "Asia"])
def test_a_zone_that_there_is_not_is_a_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_TZ", name)
    with pytest.raises(RenewalError, match=f"没有“{name}”这个时区"):
        moments.zone()


@pytest.mark.parametrize(("name", "shown"), [("Asia/Shanghai", "2024-12-31 18:32"), ("UTC", "2024-12-31 10:32")])
def test_a_moment_is_shown_in_the_zone(name: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_TZ", name)
    assert moments.day_and_time(datetime(2024, 12, 31, 10, 32)) == shown


@pytest.mark.full
def test_the_server_does_not_start_in_a_zone_that_there_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_TZ", "Asia/Nowhere")
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    command = [sys.executable, "-c", "import deploy.asgi"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "没有“Asia/Nowhere”这个时区" in done.stderr
    assert "Traceback" not in done.stderr
