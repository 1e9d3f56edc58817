"""Parse the roles in a page of prose: headings that name a period and an organisation, and the text below them.

The headings are of one level and read ``(2018 - 2020) Organisation - Role``, ``Organisation (2018 - 2020)``,
``2018 - 2020: Organisation`` or ``Role at Organisation (2018 - 2020)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from portfolio.documents.document import SourceNode
from portfolio.documents.periods import Period, parse_period
from portfolio.markdown.characters import without_controls
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import visible_text

PERIOD_FIRST = re.compile(r"^[(\[](?P<period>[^)\]]+)[)\]]\s*[:,–—-]?\s*(?P<rest>\S.*)$")
PERIOD_LAST = re.compile(r"^(?P<rest>.*?\S)\s*[,–—-]?\s*[(\[](?P<period>[^)\]]+)[)\]]\.?$")
PERIOD_COLON = re.compile(r"^(?P<period>[^:]+?)\s*:\s+(?P<rest>\S.*)$")
SEPARATOR = re.compile(r"\s+[–—-]\s+|,\s+")
AT = re.compile(r"^(?P<role>.+?)\s+(?:at|@)\s+(?P<organisation>.+)$")
EMPLOYMENT = re.compile(
    r"^(full|part)[ -]?time\b|^(freelance|contract|contractor|intern|internship|self-employed|temporary|volunteer|"
    r"apprentice|apprenticeship|seasonal|student[ -]worker|working student)\b",
    re.IGNORECASE,
)
STRONG = re.compile(r"<(?:strong|b)>(.*?)</(?:strong|b)>", re.DOTALL)
LINK = re.compile(r"<a [^>]*href=\"([^\"]+)\"[^>]*>(.*?)</a>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ParsedRole:
    """One role of the page. ``heading`` and ``logo`` are the nodes whose content is in the other fields."""

    period: Period
    organisation: str
    role: str
    employment_type: str
    heading: SourceNode
    nodes: tuple[SourceNode, ...]
    logo: SourceNode | None
    url: str
    emphasised: tuple[str, ...]


def parse_roles(nodes: Sequence[SourceNode]) -> tuple[tuple[SourceNode, ...], tuple[ParsedRole, ...]]:
    """The nodes before the first role, and the roles in the order of the page.

    A page has roles when its headings of one level name periods, all of them; otherwise there are none and every node
    comes before.
    """
    levels = {node.data["level"] for node in nodes if node.kind is NodeKind.HEADING and parse_heading(node)}
    for level in sorted(levels):
        starts = [index for index, node in enumerate(nodes) if is_heading(node, level)]
        if all(parse_heading(nodes[index]) for index in starts):
            ends = [*starts[1:], len(nodes)]
            roles = (parse_role(nodes[start], nodes[start + 1 : end]) for start, end in zip(starts, ends, strict=True))
            return tuple(nodes[: starts[0]]), tuple(roles)
    return tuple(nodes), ()


def is_heading(node: SourceNode, level: int) -> bool:
    return node.kind is NodeKind.HEADING and node.data["level"] == level


def parse_heading(node: SourceNode) -> tuple[Period, str] | None:
    """The period that a heading names and the rest of its words; None when it names no period or nothing else."""
    text = without_controls(node.data["text"]).strip()
    for pattern in (PERIOD_FIRST, PERIOD_LAST, PERIOD_COLON):
        match = pattern.match(text)
        period = parse_period(match["period"]) if match else None
        rest = match["rest"].strip().rstrip(".") if match else ""
        if period is not None and rest.strip(" ,;:–—-"):
            return period, rest
    return None


def parse_role(heading: SourceNode, below: Sequence[SourceNode]) -> ParsedRole:
    period_and_rest = parse_heading(heading)
    assert period_and_rest is not None  # noqa: S101 - parse_roles has checked it
    period, rest = period_and_rest
    organisation, role, employment = parse_names(rest)
    logo = next((node for node in below if is_logo(node, organisation)), None)
    html = "".join(node.html for node in below)
    return ParsedRole(
        period=period,
        organisation=organisation,
        role=role,
        employment_type=employment,
        heading=heading,
        nodes=tuple(node for node in below if node is not logo),
        logo=logo,
        url=next(
            (unescape(url) for url, words in LINK.findall(html) if equal_names(visible_text(words), organisation)), ""
        ),
        emphasised=tuple(dict.fromkeys(text for strong in STRONG.findall(html) if (text := visible_text(strong)))),
    )


def parse_names(text: str) -> tuple[str, str, str]:
    """Organisation, role and employment type in ``Organisation - Role, Full-time`` or ``Role at Organisation``."""
    first, *others = [part for part in SEPARATOR.split(text) if part.strip()] or [text]
    employment = [part for part in others if EMPLOYMENT.match(part)]
    roles = [part for part in others if not EMPLOYMENT.match(part)]
    at = AT.match(first)
    if at:
        return at["organisation"], ", ".join([at["role"], *roles]), ", ".join(employment)
    return first, ", ".join(roles), ", ".join(employment)


def is_logo(node: SourceNode, organisation: str) -> bool:
    return node.kind is NodeKind.IMAGE and equal_names(node.data["alt"], organisation)


def equal_names(name: str, other: str) -> bool:
    return name.strip().casefold() == other.strip().casefold()


def select_skills(names: Iterable[str], known: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of the emphasised ``names`` that are proper names, or ``known`` skills whatever the letter case.

    A proper name begins with a capital, or has a capital, a digit or a dot inside ("GRU4REC", "plotly.express").
    ``others`` are names that are something else, such as organisations.
    """
    known_keys = {name.casefold() for name in known}
    other_keys = {name.casefold() for name in others}
    skills = []
    for name in names:
        text = name.strip(" .,;:")
        key = text.casefold()
        if text and key not in other_keys and (is_proper_name(text) or key in known_keys):
            skills.append(text)
    return skills


def is_proper_name(text: str) -> bool:
    first = text.split()[0]
    return (
        text[0].isupper()
        or any(character.isupper() or character.isdigit() for character in first[1:])
        or ("." in first.strip("."))
    )
