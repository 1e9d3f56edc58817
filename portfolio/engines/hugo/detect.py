"""Detect Hugo sites."""

from __future__ import annotations

from pathlib import Path

from portfolio.engines.protocol import Confidence

_CONFIGS = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_OLD_CONFIGS = ("config.toml", "config.yaml", "config.yml", "config.json")  # also used by other programs


def detect(root: Path) -> Confidence:
    """Detect by the configuration file; an old file name counts only with a folder ``content``."""
    if any((root / name).is_file() for name in _CONFIGS):
        return Confidence.CONFIGURATION
    configured = any((root / name).is_file() for name in _OLD_CONFIGS) or (root / "config" / "_default").is_dir()
    return Confidence.CONFIGURATION if configured and (root / "content").is_dir() else Confidence.NONE
