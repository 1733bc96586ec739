"""Small files that are what they say: a PDF of one page, pictures, packages of Office."""

from __future__ import annotations

import io
import zipfile

from PIL import Image


def pdf(words: str = "Approved") -> bytes:
    """One page with a line on it; `words` without brackets."""
    text = f"BT /F1 24 Tf 40 90 Td ({words}) Tj ET".encode()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 320 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    content, places = b"%PDF-1.4\n", b""
    for number, part in enumerate(parts, start=1):
        places += b"%010d 00000 n \n" % len(content)
        content += b"%d 0 obj%sendobj\n" % (number, part)
    end = (len(parts) + 1, places, len(parts) + 1, len(content))
    return (
        content + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % end
    )


def picture(kind: str = "png", red: int = 200) -> bytes:
    """40 by 30 pixels of one colour, as png or jpeg."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (red, 40, 40)).save(stream, kind)
    return stream.getvalue()


def package(*names: str, comment: bytes = b"") -> bytes:
    """An archive of parts with these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
        archive.comment = comment
    return stream.getvalue()


def old_office(*streams: str) -> bytes:
    """The beginning of a file of before 2007, and names of streams in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in streams)


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
PPTX = package("[Content_Types].xml", "ppt/presentation.xml")
PROGRAM = b"MZ\x90\x00\x03" + bytes(120) + b"PE\0\0"
