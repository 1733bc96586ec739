"""For all tests of pages: what AppTest does anew for each of them, always with the same result, is done once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def scanned() -> Iterator[None]:
    """Which installed packages bring components of their own: each AppTest would read the metadata of all of them."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield
