"""Source text with uniform line ends, and its offsets in the text as it was given."""

from __future__ import annotations

from bisect import bisect_left

_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


class Source:
    """``text`` is what the rules read: every line ends with "\\n". Offsets in it map back with ``original``."""

    __slots__ = ("_removed", "given", "text")

    def __init__(self, given: str) -> None:
        self.given = given
        # Offsets in ``text`` of line feeds that were "\r\n".
        self._removed: list[int] = []
        if "\r" in given:
            pairs = given.split("\r\n")
            length = 0
            for part in pairs[:-1]:
                length += len(part)
                self._removed.append(length)
                length += 1
            given = "\n".join(pairs).replace("\r", "\n")
        # Half of a character pair cannot be written anywhere.
        self.text = given if given.isascii() else given.translate(_SURROGATES)

    def original(self, offset: int) -> int:
        """Return the offset in ``given`` of the character at ``offset`` in ``text``."""
        return min(offset + bisect_left(self._removed, offset), len(self.given))
