"""The owner's own data, filled into the settings at the first import and told in the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from wagtail.models import Site

from portfolio.importer.undo.undo import undo
from portfolio.models import HomePage, SiteSettings
from portfolio.models.ledger import ImportRun
from tests.importer.trees import picture, post, run, write_tree

pytestmark = pytest.mark.django_db

CONFIG = """\
title: Notes
url: https://notes.example
baseurl: /lab
lang: de
author:
  name: Odalys Brackwater
  avatar: me.png
  bio: I **measure** water, see [how](/lab/about/).
  location: Saltmarsh
tagline: Water, counted
"""
FILES = {
    "index.md": "---\ntitle: Welcome\n---\nHello.\n",
    "about.md": "---\ntitle: About\npermalink: /about/\n---\nText.\n",
    "images/me.png": picture(),
    "_data/navigation.yml": "main: [{title: Start, url: /}, {title: Me, url: /about/}, {title: Gone, url: /gone/}]\n",
}


def settings() -> SiteSettings:
    return SiteSettings.objects.get(site=Site.objects.get())


def test_settings_are_filled_and_told(tmp_path: Path) -> None:
    report = run(write_tree(tmp_path, FILES, CONFIG))
    found = settings()
    menu = [(child.value["label"], child.value["page"].url) for child in found.navigation]
    assert menu == [("Start", "/"), ("Me", "/about/")]
    assert (found.location, found.language_code, found.portrait is not None) == ("Saltmarsh", "de", True)
    assert found.bio.startswith("<p>I <b>measure</b> water, see <a linktype=")
    assert report.settings == ("your name", "headline", "about you", "portrait", "location", "navigation", "language")
    [entry] = [problem for problem in report.problems if problem.code == "menu-entry"]
    assert entry.message.startswith("_config.yml: the menu entry “Gone”")
    home = Site.objects.get().root_page.specific
    assert (home.title, "Hello" in str(home.body.raw_data[0])) == ("Welcome", True)
    undo(ImportRun.objects.get())
    assert (settings().bio, settings().portrait, len(settings().navigation)) == ("", None, 0)


def test_pages_that_claim_a_place_make_the_menu(tmp_path: Path) -> None:
    pages = {
        f"{name}.md": f"---\ntitle: {name}\nnav: true\nnav_order: {order}\n---\nText.\n"
        for name, order in (("last", 9), ("first", 1))
    }
    others = {
        "other.md": "---\ntitle: Other\n---\nText.\n",
        "all.md": "---\ntitle: All\nnav: true\nnav_order: 5\n---\n{% for a in site.posts %}{{ a.url }}{% endfor %}\n",
        "_posts/2021-05-04-tides.md": post("Text.\n"),
    }
    run(write_tree(tmp_path, {**pages, **others}))
    assert [link.text for link in settings().navigation_links] == ["first", "All", "last"]


MENU = (
    '<nav class="top"><a href="/">Start</a><a href="{{ "/b/" | relative_url }}">Beta</a>{% for item in site.pages %}'
    '{% if item.shown %}<a href="{{ item.url }}">{{ item.title }}</a>{% endif %}{% endfor %}</nav>'
)


def test_a_menu_that_only_a_layout_shows_is_the_menu(tmp_path: Path) -> None:
    files = {
        "_layouts/default.html": (
            "<div class=navigation>{% include menu.html %}<a href='/c/'>x</a></div>"
            "<main>{{ content }}<nav><a href='/c/'>x</a></nav></main>"
        ),
        "_includes/menu.html": '<nav class="breadcrumbs"><a href="/b/">No</a><a href="/c/">No</a></nav>' + MENU,
        "index.md": "---\ntitle: Front\nlayout: default\n---\nText.\n",
        **{
            f"{name}.md": f"---\ntitle: {name.upper()}\npermalink: /{name}/\nshown: {shown}\n---\nText.\n"
            for name, shown in (("b", "false"), ("c", "true"))
        },
    }
    run(write_tree(tmp_path, files))
    assert [(link.text, link.href) for link in settings().navigation_links] == [
        ("Start", "/"),
        ("Beta", "/b/"),
        ("C", "/c/"),
    ]


def test_a_menu_with_whole_addresses_is_the_menu(tmp_path: Path) -> None:
    files = {
        "_layouts/default.html": (
            "<nav>{% for item in site.pages %}{% if item.title and item.url != '/' %}"
            '<a href="{{ item.url | prepend: site.baseurl | prepend: site.url }}">{{ item.title }}</a>'
            "{% endif %}{% endfor %}</nav><main>{{ content }}</main>"
        ),
        "index.md": "---\ntitle: Front\nlayout: default\n---\nText.\n",
        "tides.md": "---\ntitle: Tides\n---\nText.\n",
        "wind.md": "---\ntitle: Wind\npermalink: /wind/\n---\nText.\n",
    }
    run(write_tree(tmp_path, files, "url: https://notes.example\n"))
    assert [(link.text, link.href) for link in settings().navigation_links] == [
        ("Tides", "/tides/"),
        ("Wind", "/wind/"),
    ]


def test_links_to_other_sites_come_after_the_pages_of_the_menu(tmp_path: Path) -> None:
    config = 'aux_links:\n  Forge:\n    - "//forge.example/mill"\n  Again: /first.html\n'
    run(write_tree(tmp_path, {"first.md": "---\ntitle: first\nnav_order: 1\n---\nText.\n"}, config))
    links = [(link.text, link.href) for link in settings().navigation_links]
    assert links == [("first", "/first/"), ("Forge", "https://forge.example/mill")]


def test_profiles_that_only_a_layout_shows_are_links_of_the_owner(tmp_path: Path) -> None:
    scholar = "https://scholar.google.com/citations?user=m4ra"
    layout = (
        f'<header><a href="{scholar}&amp;hl=en">Scholar</a><a href="https://osf.io/m4ra">OSF</a></header>'
        '<main>{{ content }}<a href="https://github.com/other">A friend</a></main><footer>'
        '<p><a href="https://twitter.com/share?url=x">Share</a> <a href="https://github.com/mara/site">Code</a></p>'
        '<p>Theme by <a href="https://github.com/somebody">somebody</a></p></footer>'
    )
    files = {"_layouts/default.html": layout, "index.md": "---\ntitle: Front\nlayout: default\n---\nText.\n"}
    run(write_tree(tmp_path, files, f"author:\n  name: Mara\n  googlescholar: {scholar}\n"))
    links = [(child.value["label"], child.value["url"]) for child in settings().links]
    assert links == [("Google Scholar", scholar), ("OSF", "https://osf.io/m4ra")]


def test_a_title_above_the_text_of_the_front_page_stays(tmp_path: Path) -> None:
    layout = "<main><h1>{{ page.title }}</h1>{{ content }}</main>"
    files = {"_layouts/default.html": layout, "index.md": "---\ntitle: Welcome ashore\nlayout: default\n---\nText.\n"}
    run(write_tree(tmp_path / "one", files))
    body = [(child.block_type, str(child.value)) for child in HomePage.objects.get().body]
    assert "Welcome ashore" in body[0][1]
    assert len(body) == 2


def test_a_part_of_a_layout_that_fails_takes_nothing_else_away(tmp_path: Path) -> None:
    layout = (
        "<head>{{ 1 | divided_by: 0 }}{% include seo.html %}</head>"
        '<main>{{ content }}</main><footer><a href="https://twitter.com/m4ra">Me</a></footer>'
    )
    files = {
        "_layouts/default.html": layout,
        "_includes/seo.html": "{{ 2 | modulo: 0 }}",
        "index.md": "---\ntitle: Front\nlayout: default\n---\nText.\n",
    }
    run(write_tree(tmp_path, files))
    links = [(child.value["label"], child.value["url"]) for child in settings().links]
    assert links == [("X", "https://twitter.com/m4ra")]


def test_a_text_at_the_foot_that_does_not_fit_is_told_of(tmp_path: Path) -> None:
    config = f"footer_content: '{'All of it is **mine**. ' * 100}'\n"
    report = run(write_tree(tmp_path, {"index.md": "---\ntitle: Front\n---\nText.\n"}, config))
    assert settings().footer_text == ""
    assert "footer text" not in report.settings
    [problem] = [problem for problem in report.problems if problem.code == "text-too-long"]
    assert problem.message.startswith("_config.yml: the text at the foot of pages has more than 2,000 characters")


@pytest.mark.parametrize(
    ("foot", "text"),
    [
        (
            '<p>By Mara, under <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>.</p>',
            'By Mara, under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>.',
        ),
        (
            '<p>Powered by Jekyll, <a href="https://creativecommons.org/licenses/by/4.0/"><img alt="CC BY"></a></p>',
            '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY</a>',
        ),
    ],
)
def test_the_licence_that_a_layout_shows_is_at_the_foot_of_pages(foot: str, text: str, tmp_path: Path) -> None:
    layout = f"<main>{{{{ content }}}}</main><footer>{foot}</footer>"
    files = {"_layouts/default.html": layout, "index.md": "---\ntitle: Front\nlayout: default\n---\nText.\n"}
    report = run(write_tree(tmp_path, files))
    assert settings().footer_text.removesuffix("</p>").partition(">")[2] == text
    assert "footer text" in report.settings
    undo(ImportRun.objects.get())
    assert settings().footer_text == ""
