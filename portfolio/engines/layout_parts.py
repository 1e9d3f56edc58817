"""Layout parts: what the layout of a document shows above and below its text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class LayoutParts:
    """HTML of the pieces ``above`` and ``below`` the text, in order."""

    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.above or self.below)
