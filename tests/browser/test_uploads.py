"""What another person, or too much, cannot put into one's connection: a real server, a real upload (D25)."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from deploy.uploads import MOST_FILES
from tests.browser.accounts import log_in
from tests.browser.running_app import HOST, RunningApp

BOUNDARY = "x" * 20


def put(house: RunningApp, path: str, headers: dict[str, str]) -> int:
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.pptx"\r\n\r\nx\r\n--{BOUNDARY}--\r\n'
    connection = HTTPConnection(HOST, house.port, timeout=30)
    connection.request("PUT", path, body, headers | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def uploaded(page: Page, house: RunningApp) -> tuple[str, dict[str, str]]:
    """Upload something by the page's own field: where the browser sent it, and how it said who it is."""
    page.goto(f"{house.url}/verify")
    with page.expect_request(lambda request: request.method == "PUT" and "/upload_file/" in request.url) as sent:
        page.locator('input[type="file"]').first.set_input_files(
            {"name": "a.pptx", "mimeType": "application/x", "buffer": b"not a deck"}
        )
    headers = sent.value.all_headers()
    kept = {name: headers[name] for name in ("cookie", "x-xsrftoken", "origin")}
    return urlsplit(sent.value.url).path.rpartition("/")[0], kept


@pytest.mark.full
def test_nobody_uploads_into_anothers_connection_nor_without_end(
    house: RunningApp, new_context: Callable[..., BrowserContext]
) -> None:
    of_zhang, of_wu = new_context().new_page(), new_context().new_page()
    log_in(of_zhang, house, "zhang")
    log_in(of_wu, house, "wu")
    own, zhang = uploaded(of_zhang, house)
    other, wu = uploaded(of_wu, house)
    assert own != other
    assert put(house, f"{own}/1", zhang) == 204
    assert put(house, f"{other}/1", zhang) == 403
    assert put(house, f"{own}/2", zhang | {"origin": f"http://{HOST}:1"}) == 403
    answers = [put(house, f"{own}/{number}", zhang) for number in range(100, 100 + MOST_FILES)]
    assert answers == [204] * (MOST_FILES - 2) + [403] * 2  # the page's own file and the first count
    assert put(house, f"{other}/1", wu) == 204
