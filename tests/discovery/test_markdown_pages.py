"""Pages as Markdown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from wagtail.contrib.redirects.models import Redirect

from tests import builders

pytestmark = pytest.mark.django_db

POST = """\
---
title: "Springs: a \\"guide\\""
url: http://testserver/blog/springs/
date: 2024-02-03T04:05:00+00:00
summary: Low & high.
categories: [Water]
tags: [tides]
---

# Springs: a "guide"

Low & high.

## What it's \\*not\\*

It's a "tide"... -- see [the front page](http://testserver/) and `a[0]`.

- one
- two

```python
if a['x'] < "b": pass  # {{ no liquid }}
```
"""


def written(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    return response.content.decode()


def test_a_post_reads_as_somebody_would_have_written_it(client):
    home = builders.home().pk
    prose = f'It\'s a "tide"... -- see <a linktype="page" id="{home}">the front page</a> and <code>a[0]</code>.'
    builders.post(
        title='Springs: a "guide"',
        slug="springs",
        date=datetime(2024, 2, 3, 4, 5, tzinfo=UTC),
        summary="<p>Low &amp; high.</p>",
        tags=["tides"],
        categories=["Water"],
        body=[
            ("heading", {"text": "What it's *not*", "level": "2", "anchor": "not"}),
            ("text", f"<p>{prose}</p><ul><li>one</li><li>two</li></ul>"),
            ("code", {"code": "if a['x'] < \"b\": pass  # {{ no liquid }}", "language": "python"}),
        ],
    )
    assert written(client, "/blog/springs.md") == POST
    assert client.get("/blog/springs.md")["Link"] == '<http://testserver/blog/springs/>; rel="canonical"'


def test_an_interview_says_who_spoke_and_a_role_where(client):
    builders.interview(slug="asked", interviewee_name="Ilse Haverkamp", source_publication="Quayside")
    text = written(client, "/blog/asked.md")
    assert "\ninterviewee: Ilse Haverkamp\n" in text
    assert "\npublication: Quayside\n" in text
    assert "\n### What is a tide?\n\nA very long wave.\n" in text
    builders.role(title="Engineer", role="Engineer", period_text="2019 - 2021", skills=["SQL", "C++"])
    text = written(client, "/experience/engineer.md")
    assert "\norganisation: Saltmarsh Instruments\n" in text
    assert "\nskills: [C++, SQL]\n" in text


def test_the_experience_is_a_cv(client):
    builders.role(role="Engineer", employment_type="Full-time", period_text="2019 - 2021", skills=["SQL"])
    builders.role(role="Hidden", live=False)
    text = written(client, "/experience.md")
    assert "\n## Saltmarsh Instruments\n\n### Engineer, Full-time (2019 – 2021)\n\nSkills: SQL\n" in text
    assert "Hidden" not in text


def test_a_plain_page_deep_in_the_tree_has_a_markdown_page(client):
    about = builders.standard_page(title="About", summary="Who writes.")
    about.add_child(instance=type(about)(title="Colophon", body=[("math", {"tex": "a_1"})]))
    assert "\n# About\n\nWho writes.\n" in written(client, "/about.md")
    assert "\n# Colophon\n\n$$\na_1\n$$\n" in written(client, "/about/colophon.md")


def test_blocks_that_markdown_has_no_word_for_read_well(client):
    picture = builders.picture()
    picture.contextual_alt_text, picture.decorative = "A gauge", False
    blocks = {
        "image": ({"image": picture, "caption": "<p>Low water</p>", "credit": "Jo"}, "![A gauge](http://testserver/media/"),
        "quote": ({"text": "<p>Wait.</p>", "source": "Jo", "url": "https://a.example/"}, "> Wait.\n>\n> — [Jo](https://a.example/)"),
        "pull_quote": ({"text": "Wait.", "attribution": "Jo"}, "> *Wait.* (Jo)"),
        "callout": ({"kind": "tip", "title": "", "text": "<p>Wait.</p>"}, "> **Tip**\n>\n> Wait."),
        "embed": ({"url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "title": "Tide"}, "\n[Tide](https://www.youtube.com/watch?v=aqz-KE-bpKQ)\n"),
        "code": ({"code": "```", "language": "md", "title": "a.md"}, "a.md:\n\n````md\n```\n````"),
        "divider": (None, "\n* * *\n"),
        "markdown": ({"source": "Term\n: Meaning", "flavour": "kramdown"}, "\nTerm\n: Meaning\n"),
    }  # fmt: skip
    builders.post(slug="all", body=[(name, value) for name, (value, _) in blocks.items()])
    text = written(client, "/blog/all.md")
    assert {name for name, (_, expected) in blocks.items() if expected not in text} == set()


@pytest.mark.parametrize("state", ["draft", "private", "below a private page", "unpublished"])
def test_pages_that_are_not_public_have_no_markdown_page(state, client):
    page = builders.post(slug="secret", live=state != "draft")
    if state == "private":
        builders.make_private(page)
    elif state == "below a private page":
        builders.make_private(builders.blog_index())
    elif state == "unpublished":
        page.unpublish()
    assert client.get("/blog/secret.md").status_code == 404


@pytest.mark.parametrize("address", ["/blog.md", "/none.md", "/blog/none.md", "/.md", "/blog/.md", "/blog//springs.md"])
def test_other_addresses_have_no_markdown_page(address, client):
    builders.post(slug="springs")
    assert client.get(address).status_code == 404


def test_an_old_address_that_ends_in_md_still_leads_to_its_page(client):
    page = builders.post()
    Redirect.add_redirect("/old/post.md", page)
    response = client.get("/old/post.md")
    assert (response.status_code, response.url) == (301, page.url)


def test_pages_link_to_their_markdown_pages(client):
    builders.post(slug="springs")
    builders.role(title="Engineer")
    builders.standard_page(title="About")
    for address in ("/blog/springs/", "/experience/engineer/", "/about/", "/experience/"):
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        (link,) = soup.select('link[rel=alternate][type="text/markdown"]')
        assert link["href"] == f"{address.rstrip('/')}.md"
        assert client.get(link["href"]).status_code == 200
    for address in ("/", "/blog/"):
        assert not BeautifulSoup(client.get(address).content, "html.parser").select('[type="text/markdown"]')
