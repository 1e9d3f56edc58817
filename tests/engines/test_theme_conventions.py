"""Conventions of themes that lie in a gem."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.round_trip import exported
from blog.models import BlogPage
from tests.importer.trees import CONFIG, codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
CHIRPY = CONFIG + "theme: jekyll-theme-chirpy\n"
BODY = """\
![Desk](desk.png){: width="40" }

![Light](desk.png){: .light } ![Dark](/sub/desk2.png){: .dark }

<div><img src="desk.png" alt="In HTML"></div>

Water[^1].

[^1]: ![Noted](desk.png)
"""
FILES = {
    "assets/post/desk.png": picture(),
    "assets/post/sub/desk2.png": picture("navy"),
    "assets/post/cover.png": picture("red"),
}


@pytest.mark.parametrize("key", ["media_subpath", "img_path"])
@pytest.mark.parametrize("cover", ["{path: cover.png, alt: Cover}", "cover.png"])
def test_pictures_of_chirpy_lie_in_the_folder_that_the_post_names(
    key: str, cover: str, tmp_path: Path, client: Client
) -> None:
    source = {POST: post(BODY, image=cover, **{key: "/assets/post/"}), **FILES}
    tree = write_tree(tmp_path / "site", source, CHIRPY)
    assert not {"missing-image", "missing-file"} & {*codes(row(run(tree), POST))}
    page = BlogPage.objects.get()
    assert page.cover is not None
    shown = BeautifulSoup(client.get(page.url).content, "lxml").select_one("[data-article-body]")
    assert shown is not None
    assert {image["alt"] for image in shown.select("img")} == {"Desk", "Light", "Dark", "In HTML", "Noted"}
    out, _ = exported(tmp_path / "out")
    assert (out / POST).read_bytes() == (tree / POST).read_bytes()


def test_folder_of_a_site_with_another_theme_is_a_name_of_its_own(tmp_path: Path) -> None:
    body = "![Desk]({{ page.img_path }}/desk.png)\n"
    tree = write_tree(tmp_path, {POST: post(body, img_path="/assets/post"), **FILES})
    assert codes(row(run(tree), POST)) == []


def test_pictures_in_a_folder_cost_a_page_no_more_queries(tmp_path: Path, client: Client) -> None:
    def queries(body: str, name: str, config: str, **front: str) -> int:
        run(write_tree(tmp_path / name, {POST: post(body, **front), **FILES}, config))
        page = BlogPage.objects.latest("pk")
        client.get(page.url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(page.url + "?fresh")
        return len(captured)

    plain = queries("a <kbd>b</kbd> ![A](/assets/post/desk.png)\n", "a", CONFIG)
    moved = queries("a <kbd>b</kbd> ![A](desk.png)\n", "b", CHIRPY + "baseurl: /b\n", media_subpath="/assets/post")
    assert moved <= plain


MISTAKES = CONFIG + "remote_theme: mmistakes/minimal-mistakes@4.24\n"


def included(tmp_path: Path, text: str, config: str) -> list[str]:
    tree = write_tree(tmp_path / "site", {POST: post(text + "\n"), "a.png": picture()}, config)
    found = codes(row(run(tree), POST))
    out, _ = exported(tmp_path / "out")
    assert (out / POST).read_bytes() == (tree / POST).read_bytes()
    return found


@pytest.mark.parametrize("name", ["figure", "figure.html"])
def test_figure_of_minimal_mistakes_is_a_picture_with_its_caption(name: str, tmp_path: Path) -> None:
    tag = f'{{% include {name} image_path="/a.png" alt="the alt" caption="The *caption* &c" %}}'
    assert included(tmp_path, tag, MISTAKES) == []
    (block,) = BlogPage.objects.get().body
    assert block.block_type == "image"
    assert block.value["image"].contextual_alt_text == "the alt"
    assert block.value["caption"].source == "<p>The <i>caption</i> &amp;c</p>"


@pytest.mark.parametrize(
    ("tag", "config", "url"),
    [
        ('video id="abcdefghijk" provider="youtube"', MISTAKES, "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ('video id="123" provider="vimeo"', MISTAKES, "https://player.vimeo.com/video/123"),
        ("embed/youtube.html id='abcdefghijk'", CHIRPY, "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("embed/spotify.html id='abc'", CHIRPY, "https://open.spotify.com/embed/track/abc"),
    ],
)
def test_films_of_themes_are_frames(tag: str, config: str, url: str, tmp_path: Path) -> None:
    assert included(tmp_path, f"{{% include {tag} %}}", config) == []
    assert [(block.block_type, block.value["url"]) for block in BlogPage.objects.get().body] == [("embed", url)]


@pytest.mark.parametrize(
    ("tag", "config"),
    [
        ('gallery caption="Two"', MISTAKES),
        ("toc", MISTAKES),
        ("figure", MISTAKES),
        ('video id="<b>" provider="youtube"', MISTAKES),
        ('video id="x" provider="none"', MISTAKES),
        ('figure image_path="/a.png"', CONFIG),
        ('figure image_path="/a.png"', CHIRPY),
    ],
)
def test_other_includes_are_told(tag: str, config: str, tmp_path: Path) -> None:
    assert included(tmp_path, f"Text.\n\n{{% include {tag} %}}", config) == ["missing-include"]


def test_include_of_the_site_itself_is_used(tmp_path: Path) -> None:
    write_tree(tmp_path / "site", {"_includes/figure": "Own {{ include.caption }}"}, MISTAKES)
    assert included(tmp_path, '{% include figure caption="words" %}', MISTAKES) == []
    assert "Own words" in BlogPage.objects.get().body[0].value.source


CHILDREN = {
    "guides.md": "---\ntitle: Guides\nlayout: default\n---\nRead on.\n",
    "second.md": "---\ntitle: Second\nlayout: default\nparent: Guides\nnav_order: 2\n---\nText.\n",
    "first.md": "---\ntitle: First\nlayout: default\nparent: Guides\nnav_order: 1\nsummary: Begin here\n---\nText.\n",
    "other.md": "---\ntitle: Another\nlayout: default\nparent: Guides\nhas_toc: false\n---\nText.\n",
    "below.md": "---\ntitle: Below\nlayout: default\nparent: Second\ngrand_parent: Guides\n---\nText.\n",
    "apart.md": "---\ntitle: Apart\nlayout: default\nparent: Guides\ngrand_parent: Elsewhere\n---\nText.\n",
}
VENDORED = {
    "_layouts/default.html": "<main>{{ content }}{% include components/children_nav.html %}</main>",
    "_includes/components/children_nav.html": "{% include_cached components/site_nav.html all=true %}",
}


@pytest.mark.parametrize(
    ("theme", "files"),
    [("theme: just-the-docs\n", {}), ("remote_theme: just-the-docs/just-the-docs@v0.8\n", {}), ("", VENDORED)],
    ids=["gem", "remote", "in the source"],
)
def test_pages_of_just_the_docs_list_those_below(theme: str, files: dict, tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {**CHILDREN, **files}, CONFIG + theme))
    soup = BeautifulSoup(client.get("/guides.html", follow=True).content, "lxml")
    listed = soup.select("[data-article-body] li")
    assert [item.get_text(" ", strip=True) for item in listed] == ["First – Begin here", "Second", "Another"]
    assert client.get(listed[0].a["href"], follow=True).context["page"].title == "First"
    assert "Below" not in str(soup.select_one("[data-article-body]"))
