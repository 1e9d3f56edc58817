"""Jekyll's output of a site beside what the imported site answers: words of the main content, and files."""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote
from urllib.request import HTTPRedirectHandler, build_opener

from bs4 import BeautifulSoup

from portfolio.documents.front_matter import has_front_matter

# Where themes put the content of a page, and what is around it or not for readers.
MAIN = ("main", "[role=main]", "#main-content", "#main", "#content", "article", ".page-content", ".content", "body")
FURNITURE = (
    "script, style, template, noscript, svg, nav, footer, form, iframe, dialog, #toc-bar, body > header, "
    "[role=navigation], [role=banner], [role=search], .sidebar, [class*=related], [class*=share], "
    ".comments, #disqus_thread, .share, .pagination, .gutter, .lineno, .anchor, .heading-anchor"
)
TIMEOUT = 60  # seconds
READING_TIME = re.compile(r"\b\d+\s+min(?:ute)?s?\s+read\b", re.IGNORECASE)
MONTHS = frozenset(name.lower() for name in month_name if name)


class OneRedirect(HTTPRedirectHandler):
    max_redirections = 1


@dataclass(slots=True)
class OutputFigures:
    """Per cent of words found on all pages, the share that 95 % of the pages reach, and per cent of files answered."""

    words: dict[str, float] = field(default_factory=dict)
    total: int = 0
    found: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        shares = sorted(self.words.values())
        return {
            "words": 100 * self.found / self.total if self.total else None,
            "words-p5": f"{shares[len(shares) // 20]:.4f}" if shares else None,
            "files": 100 * (self.files - len(self.missing)) / self.files if self.files else None,
            "pages": dict(sorted(self.words.items(), key=lambda item: item[1])),
            "missing": self.missing,
        }


def output_figures(
    source: Path,
    build: Path,
    base_url: str,
    addresses: Iterable[Mapping[str, Any]],
    layout_words: Mapping[str, Mapping[str, int]],
) -> OutputFigures:
    """Compare the files in ``build``, made of ``source``, with a running site; ``addresses`` are of ``check_urls``.

    ``layout_words`` are, by address, those that the layout of a page shows around any document: they do not count.
    """
    result, pages = OutputFigures(), set()
    kinds = {entry["path"]: entry["kind"] for entry in addresses}
    for path, kind in kinds.items():
        file = file_at(build, path)
        if file is None:
            continue
        if kind != "file":
            pages.add(file)
        if kind in ("post", "page", "collection") and file.suffix in (".html", ".htm"):
            old = main_words(file.read_text(encoding="utf-8", errors="replace"))
            old -= Counter(layout_words.get(path, {}))
            lost = old - main_words(answer(base_url + path) or "")
            result.total += old.total()
            result.found += old.total() - lost.total()
            result.words[path] = 1 - lost.total() / max(old.total(), 1)
    for file in sorted(build.rglob("*")):
        if file.is_file() and file not in pages and is_copied(file.relative_to(build), source):
            address = "/" + quote(file.relative_to(build).as_posix())
            result.files += 1
            if answer(base_url + address) is None:
                result.missing.append(address)
    return result


def is_copied(path: Path, source: Path) -> bool:
    """Whether Jekyll has copied the file; what it makes of templates, or a theme's gem adds, is for the old look."""
    candidates = (source / path, source.joinpath(*path.parts[1:]))  # the latter below a base path
    original = next((file for file in candidates if file.is_file()), None)
    return original is not None and not has_front_matter(original.read_bytes()[:8])


def file_at(build: Path, path: str) -> Path | None:
    """The file that a static host serves at ``path``."""
    plain = unquote(path).lstrip("/")
    names = [f"{plain}index.html"] if path.endswith("/") else [plain, f"{plain}.html", f"{plain}/index.html"]
    return next((file for name in names if (file := build / name).is_file()), None)


def main_words(html: str) -> Counter[str]:
    """The words of a page's main content, by their number."""
    soup = BeautifulSoup(html, "html.parser")
    terms = [element.get_text(" ") for element in soup.select("article > footer .p-category")]  # here, below the text
    for element in soup.select(FURNITURE):
        element.decompose()
    for element in soup.select("pre, code"):  # a highlighter may divide words
        element.string = element.get_text()
    main = next((element for selector in MAIN if (element := soup.select_one(selector))), soup)
    return Counter(words(" ".join([READING_TIME.sub(" ", main.get_text(" ")), *terms])))


def words(text: str) -> Iterator[str]:
    """Yield the words in lower case; dates have the same words in each form: 4 and 04, Nov and November."""
    found = (match[0].lower().lstrip("0") or "0" for match in re.finditer(r"[^\W_]+", text))
    return (word[:3] if word in MONTHS else word for word in found)


def answer(url: str) -> str | None:
    """The text at ``url``, after one redirect at most; None for anything but a success."""
    try:
        with build_opener(OneRedirect).open(url, timeout=TIMEOUT) as response:
            return response.read().decode("utf-8", "replace")
    except (HTTPError, URLError, OSError, ValueError):
        return None
