"""Old addresses of lists answer with the lists of the new site."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from portfolio.models import StandardPage
from tests.importer.trees import CONFIG, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
LAYOUTS = {
    "_layouts/plain.html": "<main>{{ content }}</main>",
    "_layouts/bytag.html": "---\nlayout: plain\n---\n{% for p in site.tags[page.tag] %}{{ p.title }}{% endfor %}",
    "_layouts/tag.html": "{{ content }}{% for p in site.tags[page.taxonomy] %}{{ p.title }}{% endfor %}",
    "_layouts/category.html": "{{ content }}{% for p in site.categories[page.taxonomy] %}{{ p.title }}{% endfor %}",
    "_layouts/inner.html": "---\nlayout: bytag\n---\n{{ content }}",
}


@pytest.mark.parametrize(
    ("path", "source", "old", "new"),
    [
        ("tag/moon.md", "layout: bytag\ntag: Moon", "/tag/moon.html", "/tags/moon/"),
        ("tag/moon.md", "layout: inner\ntags: [moon]", "/tag/moon.html", "/tags/moon/"),
        ("tag/none.md", "layout: bytag\ntag: none", "/tag/none.html", "/archive/"),
        ("cat/sea.md", "layout: categories\ncategory: sea", "/cat/sea.html", "/categories/sea/"),
        ("t/m.md", "layout: tag\ntaxonomy: Moon", "/t/m.html", "/tags/moon/"),
        ("c/s.md", "layout: category\ntaxonomy: sea", "/c/s.html", "/categories/sea/"),
        ("all.html", "layout: archive", "/all.html", "/archive/"),
        ("atom.xml", "layout: null", "/atom.xml", "/feed.xml"),
        ("look/search.html", "layout: plain\ntitle: Find", "/look/search.html", "/search/"),
        ("find/search.json", "layout: null", "/find/search.json", "/search/"),
    ],
)
def test_a_list_of_the_old_site_leads_to_ours_in_one_hop(
    tmp_path: Path, client: Client, path: str, source: str, old: str, new: str
) -> None:
    body = '<input type="search"><div id="hits"></div>' if "look" in path else ""
    files = {POST: post("Water.\n", tags="[Moon]", categories="[sea]"), path: f"---\n{source}\n---\n{body}"}
    run(write_tree(tmp_path, LAYOUTS | files))
    assert client.get(old, follow=True).redirect_chain == [(new, 301)]


def test_a_list_that_an_include_makes_is_a_list(tmp_path: Path, client: Client) -> None:
    includes = {
        "_includes/by.html": "{% for post in site.categories[include.name] %}{{ post.content }}{% endfor %}",
        "_includes/nav.html": "{% for page in site.pages %}{{ page.title }}{% endfor %}",
    }
    pages = {
        "sea.html": '---\ntitle: Sea\ncategory: Sea\n---\n<h1>Sea</h1>\n{% include by.html name="sea" %}\n',
        "low.md": "---\ntitle: Low\n---\n{% include nav.html %}\nLow water.\n",
    }
    run(write_tree(tmp_path, includes | pages | {POST: post("Water.\n", categories="[Sea]")}))
    assert client.get("/sea.html", follow=True).redirect_chain == [("/categories/sea/", 301)]
    assert StandardPage.objects.get().title == "Low"


def test_a_page_without_text_whose_layout_lists_nothing_is_a_page(tmp_path: Path, client: Client) -> None:
    lost = "---\ntitle: Nothing here\nlayout: plain\npermalink: /404.html\n---\n"
    run(write_tree(tmp_path, LAYOUTS | {POST: post("Water.\n"), "404.md": lost}))
    assert StandardPage.objects.get().title == "Nothing here"
    assert client.get("/404.html", follow=True).status_code == 200


def test_importing_again_leaves_a_redirect_that_was_changed(tmp_path: Path, client: Client) -> None:
    tree = write_tree(tmp_path, LAYOUTS | {POST: post("Water.\n"), "all.html": "---\nlayout: archive\n---\n"})
    run(tree)
    Redirect.objects.filter(old_path="/all.html").update(redirect_link="/blog/")
    write_tree(tree, {"all.html": "---\nlayout: archive\ntitle: All\n---\n"})
    run(tree)
    assert client.get("/all.html", follow=True).redirect_chain == [("/blog/", 301)]


def test_a_link_to_a_list_is_alive(tmp_path: Path, client: Client) -> None:
    """To the front page, to a template that lists, to what a plugin made; the last leads to nothing."""
    body = "[a](/) [b](https://saltmarsh.example) [c](/all.html) [d](/tag/moon/) [e](/nowhere.html)\n"
    config = CONFIG + "plugins: [jekyll-archives]\njekyll-archives:\n  enabled: [tags]\n"
    home = "---\nlayout: archive\n---\n"
    tree = write_tree(
        tmp_path, LAYOUTS | {POST: post(body, tags="[Moon]"), "index.html": home, "all.html": home}, config
    )
    problems = row(run(tree), POST).problems
    assert [(problem.code, problem.message.split()[0]) for problem in problems] == [("dead-link", "/nowhere.html")]
    for address in ("/", "/all.html", "/tag/moon/"):
        assert client.get(address, follow=True).status_code == 200


def test_a_list_of_anything_but_posts_is_a_page_that_shows_it(tmp_path: Path, client: Client) -> None:
    config = CONFIG + "collections:\n  boats:\n    output: true\n    permalink: /boats/:name/\n"
    loop = "{%% for item in %s %%}\n* %s\n{%% endfor %%}\n"
    files = {
        "_boats/heron.md": "---\ntitle: Heron\n---\nA boat.\n",
        "boats.md": "---\ntitle: Boats\npermalink: /boats/\n---\n"
        + loop % ("site.boats", "[{{ item.title }}]({{ item.url }})"),
        "agenda.md": "---\ntitle: Agenda\n---\n" + loop % ("site.data.talks", "{{ item.day }}: {{ item.what }}"),
        "_data/talks.yml": "- day: Monday\n  what: Low water\n",
        "news.md": "---\ntitle: News\n---\n" + loop % ("site.posts", "{{ item.title }}"),
        POST: post("Water.\n"),
    }
    run(write_tree(tmp_path, files, config))
    boats = client.get("/boats/")
    assert 'href="/boats/heron/"' in boats.content.decode()
    assert [page.title for page in boats.context["page"].get_children()] == ["Heron"]
    assert "Monday: Low water" in client.get("/agenda/").content.decode()
    assert client.get("/news.html", follow=True).redirect_chain == [("/archive/", 301)]


def test_feeds_of_plugins_answer_on_a_site_without_posts(tmp_path: Path, client: Client) -> None:
    config = "baseurl: /lab\nplugins: [jekyll-feed, jekyll-sitemap]\n"
    run(write_tree(tmp_path, {"index.md": "---\ntitle: Start\n---\nWords.\n"}, config))
    assert client.get("/lab/feed.xml").headers["Location"] == "/feed.xml"
    assert client.get("/lab/sitemap.xml").headers["Location"] == "/sitemap.xml"
