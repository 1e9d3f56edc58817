"""A text with a place in it."""

from __future__ import annotations

import re


class Scanner:
    """Walks through ``text``; ``position`` is the next character to read."""

    __slots__ = ("absent", "position", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        # What was looked for and does not stand anywhere after the place it was looked for: never look again.
        self.absent: set[str] = set()

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
        """Return where ``needle`` next stands from ``start`` on, -1 when nowhere; asking in vain again costs nothing."""
        if needle in self.absent:
            return -1
        found = self.text.find(needle, start)
        if found < 0:
            self.absent.add(needle)
        return found
