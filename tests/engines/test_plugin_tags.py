"""Tags of plugins: what can be shown is shown, everything else is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from benchmarks.round_trip import exported
from blog.models import BlogPage
from tests.importer.trees import codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


def body(client: Client) -> Tag:
    found = BeautifulSoup(client.get(BlogPage.objects.get().url).content, "lxml").select_one("[data-article-body]")
    assert found is not None
    return found


def imported(tmp_path: Path, text: str) -> list[str]:
    tree = write_tree(tmp_path / "site", {POST: post(f"Before.\n\n{text}\n\nAfter.\n"), "a.png": picture()})
    found = codes(row(run(tree), POST))
    out, _ = exported(tmp_path / "out")
    assert (out / POST).read_bytes() == (tree / POST).read_bytes()
    return found


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ("youtube abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ('youtube "https://www.youtube.com/watch?v=abcdefghijk"', "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("youtube https://youtu.be/abcdefghijk 560 315", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("youtube page.film", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("youtube {{ page.film }}", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("vimeo 1234567", "https://player.vimeo.com/video/1234567"),
        ("vimeo 'https://vimeo.com/1234567'", "https://player.vimeo.com/video/1234567"),
    ],
)
def test_films_are_frames(tag: str, url: str, tmp_path: Path) -> None:
    tree = write_tree(tmp_path, {POST: post(f"{{% {tag} %}}\n", film="abcdefghijk")})
    assert codes(row(run(tree), POST)) == []
    (block,) = BlogPage.objects.get().body
    assert (block.block_type, block.value["url"]) == ("embed", url)


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("gist 5555251", "https://gist.github.com/5555251"),
        ("gist parkr/931c1c8d465a04042403", "https://gist.github.com/parkr/931c1c8d465a04042403"),
        ("gist user/5555251 two_words.rb", "https://gist.github.com/user/5555251#file-two_words-rb"),
        ('gist "user/5555251"', "https://gist.github.com/user/5555251"),
        ("twitter https://twitter.com/a/status/1 maxwidth=500", "https://twitter.com/a/status/1"),
        ("tweet 'https://twitter.com/a/status/1'", "https://twitter.com/a/status/1"),
    ],
)
def test_what_a_script_would_fetch_is_a_link_and_told(tag: str, address: str, tmp_path: Path, client: Client) -> None:
    assert imported(tmp_path, f"See {{% {tag} %}} there.") == ["plugin-tag"]
    assert body(client).select_one(f"a[href='{address}']") is not None


@pytest.mark.parametrize(
    "tag",
    ["youtube", "youtube a", "youtube https://films.example/x", "vimeo x", "gist", "gist <b>", "tweet 1", "avatar a"],
)
def test_arguments_that_make_no_sense_are_kept_and_told(tag: str, tmp_path: Path) -> None:
    assert imported(tmp_path, f"{{% {tag} %}}") == ["unknown-tag"]


@pytest.mark.parametrize("name", ["mermaid", "plantuml", "graphviz"])
def test_diagrams_are_listings_and_no_prose(name: str, tmp_path: Path) -> None:
    codes = imported(tmp_path, f"{{% {name} %}}\ngraph TD\nA --> B*c*\n{{% end{name} %}}")
    # A machine with Graphviz also says that this is none of its graphs.
    assert [code for code in codes if code != "plain-diagram"] == ["plugin-tag"]
    block = BlogPage.objects.get().body[1]
    assert (block.block_type, block.value["language"]) == ("code", name)
    assert block.value["code"] == "graph TD\nA --> B*c*"


@pytest.mark.parametrize("name", ["math", "katex", "katex display", "latex"])
def test_formulas_in_tags_are_formulas(name: str, tmp_path: Path) -> None:
    assert imported(tmp_path, f"{{% {name} %}}\nx_1 * y_2\n{{% end{name.split()[0]} %}}") == []
    block = BlogPage.objects.get().body[1]
    assert (block.block_type, block.value["tex"]) == ("math", "x_1 * y_2")


def test_formula_within_a_line_stays_there(tmp_path: Path, client: Client) -> None:
    assert imported(tmp_path, "So {% katex %}a_1 * b_2{% endkatex %} holds.") == []
    assert body(client).select_one("p .formula") is not None


@pytest.mark.parametrize(
    ("markup", "language", "title"),
    [
        ("lang:python sample.py", "python", "sample.py"),
        ("sample.rb", "rb", "sample.rb"),
        ("Time to be Awesome lang:ruby", "ruby", "Time to be Awesome"),
        ("", "", ""),
        ("linenos:false lang:c", "c", ""),
    ],
)
def test_codeblock_of_octopress_is_a_listing(markup: str, language: str, title: str, tmp_path: Path) -> None:
    assert imported(tmp_path, f"{{% codeblock {markup} %}}\ndef f():\n    return 1 < *2*\n{{% endcodeblock %}}") == []
    block = BlogPage.objects.get().body[1]
    assert block.block_type == "code"
    assert [block.value[name] for name in ("language", "title")] == [language, title]
    assert block.value["code"] == "def f():\n    return 1 < *2*"


@pytest.mark.parametrize(
    ("markup", "source", "url"),
    [
        ("Someone, Book", "Someone, Book", ""),
        ("Someone https://books.example/a The *Book*", "Someone, The Book", "https://books.example/a"),
        ("", "", ""),
    ],
)
def test_blockquote_of_octopress_is_a_quotation(markup: str, source: str, url: str, tmp_path: Path) -> None:
    assert imported(tmp_path, f"{{% blockquote {markup} %}}\nA quote.\n\nAnd more.\n{{% endblockquote %}}") == []
    block = BlogPage.objects.get().body[1]
    assert (block.block_type, block.value["source"], block.value["url"]) == ("quote", source, url)
    assert "And more." in block.value["text"].source


def test_pulled_part_stays_in_its_text(tmp_path: Path, client: Client) -> None:
    text = '{% pullquote %}\nText with {" a pulled part "} in it.\n{% endpullquote %}'
    assert imported(tmp_path, text) == ["plugin-tag"]
    assert "Text with a pulled part in it." in body(client).get_text()


@pytest.mark.parametrize(
    ("markup", "alt"),
    [("/a.png", ""), ("left /a.png 120 80 'Cap' 'Alt'", "Alt"), ("/a.png A title", "A title"), ("/a.png 120 'T'", "T")],
)
def test_img_of_octopress_is_a_picture(markup: str, alt: str, tmp_path: Path) -> None:
    assert imported(tmp_path, f"{{% img {markup} %}}") == []
    block = BlogPage.objects.get().body[1]
    assert (block.block_type, block.value["image"].contextual_alt_text) == ("image", alt)


@pytest.mark.parametrize("name", ["mermaid", "math", "codeblock", "blockquote", "pullquote", "notice", "figure"])
def test_tag_without_its_end_takes_nothing_away(name: str, tmp_path: Path, client: Client) -> None:
    assert imported(tmp_path, f"{{% {name} %}}\n\nThe *rest*.") == ["unknown-tag"]
    assert body(client).get_text(" ", strip=True).split() == ["Before.", "The", "rest", ".", "After."]


def test_unknown_tags_keep_their_words(tmp_path: Path, client: Client) -> None:
    text = '{% figure caption:"A *cap*" %}\n![i](/a.png)\n{% endfigure %}\n\n{% tabs %}\n* one\n{% endtabs %}'
    assert imported(tmp_path, text) == ["unknown-tag", "unknown-tag"]
    assert body(client).select_one("img") is not None
    assert body(client).select_one("li") is not None
