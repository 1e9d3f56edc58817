from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from portfolio.templatetags.citation import bibtex


def page(*authors: str, title: str = "Tides & {waves}_100%", slug: str = "tides-and-waves") -> Any:
    people = SimpleNamespace(all=lambda: [SimpleNamespace(name=name) for name in authors])
    date = datetime(2024, 3, 5, tzinfo=UTC)
    return SimpleNamespace(
        authors=people, title=title, slug=slug, date=date, pk=7, full_url="https://example.org/tides-and-waves/"
    )


def test_entry_is_bibtex() -> None:
    assert bibtex(page("Mara Lindqvist", "Jon Ek"), None) == (
        "@online{tidesandwaves2024,\n"
        "  author = {Mara Lindqvist and Jon Ek},\n"
        r"  title = {{Tides \& \{waves\}\_100\%}},"
        "\n  year = {2024},\n  month = mar,\n  url = {https://example.org/tides-and-waves/}\n}"
    )


def test_owner_is_the_author_of_what_names_none() -> None:
    assert "author = {Mara Lindqvist}" in bibtex(page(), SimpleNamespace(owner_name="Mara Lindqvist"))
    assert "author" not in bibtex(page(), None)


def test_name_of_one_word_and_slug_of_another_script() -> None:
    entry = bibtex(page("Collective", slug="潮", title="潮"), None)
    assert entry.startswith("@online{2024,")
    assert "author = {{Collective}}" in entry
