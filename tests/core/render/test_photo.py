"""Photographs made small: upright, on paper, without what the camera wrote, and what cannot be opened."""

from __future__ import annotations

import io

from PIL import Image

from core.render.photo import MOST, Photo, small


def picture(wide: int, high: int, form: str, colour: tuple[int, ...], orientation: int = 1) -> bytes:
    mode = "RGBA" if len(colour) == 4 else "RGB"
    made, stream, exif = Image.new(mode, (wide, high), colour), io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "家门口"
    made.save(stream, form, exif=exif)
    return stream.getvalue()


def test_a_large_photo_is_made_small_and_stands_upright() -> None:
    """2,000 × 1,000 taken on its side (orientation 6) is 1,000 × 2,000; of 2,000 : 1,000 are left 900 : 450."""
    found = small(picture(2000, 1000, "jpeg", (200, 30, 30), orientation=6))
    assert found is not None
    assert (found.wide, found.high) == (MOST // 2, MOST)
    with Image.open(io.BytesIO(found.jpeg)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (450, 900))
        assert not opened.getexif()


def test_a_small_one_keeps_its_size_and_what_is_clear_is_paper() -> None:
    found = small(picture(40, 30, "png", (0, 0, 0, 0)))
    assert found is not None
    assert (found.wide, found.high) == (40, 30)
    with Image.open(io.BytesIO(found.jpeg)) as opened:
        assert opened.getpixel((5, 5)) == (255, 255, 255)


def test_what_cannot_be_opened_is_no_photo() -> None:
    whole = picture(60, 60, "png", (1, 2, 3))
    assert small(b"\x89PNG\r\n\x1a\n") is None
    assert small(whole[: len(whole) // 2]) is None
    assert small(b"") is None


def test_it_fits_its_place_in_its_own_shape() -> None:
    """400 × 300 in 4 × 2: the height counts, 2 × 400 ÷ 300 = 2.67 wide."""
    wide, high = Photo(b"", 400, 300).within(4, 2)
    assert (round(wide, 2), high) == (2.67, 2)
