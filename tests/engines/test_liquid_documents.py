"""Documents of a site in templates: their order, and what they show as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.test_liquid import render


def site(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("output: false", "a d c b"),
        ("sort_by: weight", "c d b a"),
        ("order: [c.md, a.md]", "c a d b"),
    ],
)
def test_documents_and_pages_are_listed_in_jekylls_order(settings: str, expected: str, tmp_path: Path) -> None:
    """Documents of a collection by date, or as it is configured, and pages by name; Jekyll 4.3.1 lists them so."""
    fields = {
        "a": "x: 1",
        "b": "date: 2021-01-01\nweight: 3",
        "c": "date: 2020-01-01\nweight: 1",
        "d": "date: 2019-01-01\nweight: 2",
    }
    files = {f"_marks/{name}.md": f"---\n{text}\n---\n" for name, text in fields.items()}
    files |= dict.fromkeys(("deep/b.md", "pages/home.md", "index.md"), "---\n---\n")
    files["_config.yml"] = f"collections:\n  marks:\n    {settings}\n"
    text = "{% for m in site.marks %}{{ m.slug }} {% endfor %}/{% for p in site.pages %} {{ p.path }}{% endfor %}"
    assert render(site(tmp_path, files), text).text == f"{expected} / deep/b.md pages/home.md index.md"


def test_a_document_as_text_is_what_its_layout_shows(tmp_path: Path) -> None:
    """A page that prints documents shows them in their layouts; Jekyll 4.3.1 shows the same."""
    config = "collections:\n  news:\n    output: false\n"
    own = "{% for n in site.news %}{% if n.title == 'Own' %}x{% endif %}{% endfor %}"
    files = {
        "_config.yml": config + "defaults:\n  - {scope: {type: news}, values: {layout: news}}\n",
        "_layouts/news.html": "<h2>{{ page.title }}</h2><div>{{ content }}</div>",
        "_news/low.md": "---\ntitle: Low\n---\n*Water* at {{ page.title }}.\n",
        "_news/own.md": f"---\ntitle: Own\nlayout: none\n---\n{own}\n",
    }
    shown = render(
        site(tmp_path, files), "{% for n in site.news %}{{ n }}|{% endfor %}{{ site.news.last.output }}"
    ).text
    assert shown == "<h2>Low</h2><div><p><em>Water</em> at Low.</p>\n</div>|<p>x</p>\n|<p>x</p>\n"
