"""Registry of engines: find an engine by name, or detect it from a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.engines.hugo.detect import detect as detect_hugo
from portfolio.engines.jekyll.engine import JekyllEngine
from portfolio.engines.plain.engine import PlainEngine
from portfolio.engines.protocol import Confidence, Engine


@dataclass(frozen=True, slots=True)
class UnsupportedEngine:
    """An engine whose sites are recognised but not supported, so that the error can name it."""

    name: str
    label: str
    detect: Callable[[Path], Confidence]


PLAIN = PlainEngine()
# The order of detection; of several engines the first one is that of an export. The last one accepts any folder.
ENGINES: tuple[Engine[Any], ...] = (JekyllEngine(), PLAIN)
UNSUPPORTED = (UnsupportedEngine("hugo", "Hugo", detect_hugo),)
AUTO, ORIGINAL = "auto", "original"


def _all_engines() -> tuple[Engine[Any] | UnsupportedEngine, ...]:
    return (*ENGINES[:-1], *UNSUPPORTED, ENGINES[-1])


def engine_named(name: str) -> Engine[Any] | None:
    """Return the engine called ``name``; None if it is unknown or not supported."""
    return next((engine for engine in ENGINES if engine.name == name), None)


def detect(root: Path) -> Engine[Any] | UnsupportedEngine:
    """Return the engine with the highest confidence for the folder."""
    return max(_all_engines(), key=lambda engine: engine.detect(root))


def unsupported(name: str) -> UnsupportedEngine | None:
    return next((engine for engine in UNSUPPORTED if engine.name == name), None)


def source_kinds() -> tuple[str, ...]:
    """Return the values of ``--kind``."""
    return (AUTO, *(engine.name for engine in _all_engines()))


def layouts() -> tuple[str, ...]:
    """Return the values of ``--layout``: the imported paths, or the layout of an engine."""
    return (ORIGINAL, *(engine.name for engine in ENGINES if engine.config_names), *(e.name for e in UNSUPPORTED))


def preferred(names: set[str]) -> Engine[Any]:
    """Return the engine for an export of sites with these engines; the first one if there is no site."""
    return next((engine for engine in ENGINES if engine.name in names), ENGINES[0])
