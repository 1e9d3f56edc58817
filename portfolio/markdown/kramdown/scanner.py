"""Scanner: a text with a current position."""

from __future__ import annotations

import re


class Scanner:
    """Walks through ``text``; ``position`` is the next character to read."""

    __slots__ = ("_absent", "position", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        # What was looked for in vain, and the place from which on it does not stand anywhere.
        self._absent: dict[object, int] = {}

    @property
    def at_end(self) -> bool:
        return self.position >= len(self.text)

    @property
    def rest(self) -> str:
        return self.text[self.position :]

    def check(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match ``pattern`` here without moving."""
        return pattern.match(self.text, self.position)

    def scan(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match ``pattern`` here and move behind it."""
        match = pattern.match(self.text, self.position)
        if match:
            self.position = match.end()
        return match

    def line(self) -> str:
        """Return the rest of this line with its end, without moving."""
        end = self.text.find("\n", self.position)
        return self.text[self.position :] if end < 0 else self.text[self.position : end + 1]

    def find(self, needle: str, start: int) -> int:
        """Return where ``needle`` stands from ``start`` on, -1 when nowhere; asking in vain again costs nothing."""
        if start >= self._absent.get(needle, len(self.text) + 1):
            return -1
        found = self.text.find(needle, start)
        if found < 0:
            self._absent[needle] = start
        return found

    def search(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """The same for a pattern."""
        if start >= self._absent.get(pattern, len(self.text) + 1):
            return None
        found = pattern.search(self.text, start)
        if found is None:
            self._absent[pattern] = start
        return found
