"""Everything that readers' templates say is marked for translation."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.make_messages import ROOT, messages, reader_templates

# What is said the same in every language.
NAMES = {"BibTeX", "UTF"}
SAID = ("aria-label", "title", "alt", "placeholder", "data-label", "content")
# Values of ``content`` that programs read.
OF_PROGRAMS = re.compile(r"^(width=device-width|noindex|light dark|website|summary_large_image|profile|article|image/)")
TRANSLATED = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%\s*translate\s.*?%}|{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
# A text in a tag that is passed on to be shown: label="Search", default:"Table", firstof x "Home".
PASSED = re.compile(r"""\b(?:label|title|description)=("[^"]+")|default:("[^"]+")""")
LITERAL = re.compile(r'''(?<!_\()"([^"]+)"''')
WORD = re.compile(r"[^\W\d_]{2,}")


class Texts(HTMLParser):
    """The words of elements and of attributes that readers meet."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SAID and value and not OF_PROGRAMS.match(value)]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def unmarked(source: str) -> list[str]:
    source = TRANSLATED.sub(" ", source)
    tags = TAG.findall(source)
    passed = [next(filter(None, match.groups())).strip('"') for tag in tags for match in PASSED.finditer(tag)]
    passed += [text for tag in tags if re.match(r"{%\s*firstof\s", tag) for text in LITERAL.findall(tag)]
    parser = Texts()
    parser.feed(TAG.sub(" ", source))
    texts = [*passed, *parser.found]
    words = (" ".join(text.split()) for text in texts)
    return [text for text in words if set(WORD.findall(text)) - NAMES and not is_code(text)]


def is_code(text: str) -> bool:
    """Names of types, formats and classes that are passed to a template."""
    return bool(re.fullmatch(r"[a-z0-9#_./-]+", text)) or "citation_" in text


@pytest.mark.parametrize("path", reader_templates(), ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_text_of_a_template_is_unmarked(path: Path) -> None:
    assert unmarked(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<h2>Skills</h2>",
        '<nav aria-label="Main"></nav>',
        '{% firstof x "Home" %}',
        '{{ x|default:"Table" }}',
        '{% include "a.html" with label="Log in" only %}',
        "<p>{% translate 'Newer' %} Older</p>",
    ],
)
def test_an_unmarked_text_is_found(source: str) -> None:
    assert unmarked(source)


def test_names_of_kinds_and_words_of_scripts_are_marked_too() -> None:
    ids = {message.id[0] if isinstance(message.id, tuple) else message.id for message in messages()}
    assert {"Posts", "%(count)s talk", "Copied", "Education", "Preprint", "%(minutes)s min read"} <= ids
