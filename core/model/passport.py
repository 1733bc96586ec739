"""What ties a picture or a document to the state of the data that it shows: its 查验码."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passport:
    """Stands at the foot of a frame and of a document."""

    code: str
    """K7QM-3XRA-PZ."""
    address: str = ""
    """Where the code can be looked up; "" where the dashboard has no address that others can reach."""

    @property
    def scanned(self) -> str:
        """What the QR code says: the address, or the code alone."""
        return self.address or self.code
