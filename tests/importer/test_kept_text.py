"""Text that is kept as it was written shows on our page what it showed on the old one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from tests.importer.trees import CONFIG, codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


def test_words_between_unknown_tags_are_shown_as_what_they_are(tmp_path: Path, client: Client) -> None:
    body = "{% notice %}\n| a | b |\n|---|---|\n| one | two |\n{% endnotice %}\n---\n\nEnd.\n"
    run(write_tree(tmp_path, {POST: post(body)}))
    page = BlogPage.objects.get()
    kinds = [block.block_type for block in page.body]
    assert kinds.count("table") == 1
    assert kinds.count("divider") == 1
    assert "notice" not in client.get(page.url).content.decode()


def shown(client: Client) -> str:
    page = BlogPage.objects.get()
    return client.get(page.url).content.decode()


def test_the_sites_markdown_settings_hold_for_text_that_is_kept(tmp_path: Path, client: Client) -> None:
    config = CONFIG + "kramdown:\n  parse_block_html: true\n"
    source = '<div class="note">\nDon\'t trust **one** gauge.\n</div>\n'
    report = run(write_tree(tmp_path, {POST: post(source)}, config))
    assert codes(row(report, POST)) == []
    assert "<p>Don’t trust <strong>one</strong> gauge.</p>" in shown(client)


def test_absolute_links_to_the_old_site_inside_kept_text_lead_to_the_pages(tmp_path: Path, client: Client) -> None:
    body = "See <q>[the gauge](https://saltmarsh.example/gauge/)</q>.\n"
    gauge = "---\ntitle: Gauge\npermalink: /gauge/\n---\nIt floats.\n"
    run(write_tree(tmp_path, {POST: post(body), "gauge.md": gauge}))
    assert '<q><a href="/gauge/">the gauge</a></q>' in shown(client)


def test_html_around_indented_code_is_read_as_the_site_reads_it(tmp_path: Path, client: Client) -> None:
    """The words are the same either way; whether they are code is not."""
    config = CONFIG + "kramdown:\n  parse_block_html: true\n"
    source = "<div>\n\nRead it:\n\n    level = gauge.read()\n</div>\n"
    run(write_tree(tmp_path, {POST: post(source)}, config))
    assert "<p>Read it:</p>" in shown(client)
    assert '<pre class="highlight"><code>level = gauge.read()\n</code></pre>' in shown(client)


def test_a_tag_nobody_knows_is_there_for_the_editor_and_not_for_the_reader(tmp_path: Path, client: Client) -> None:
    body = "Tides rise {% footcite moon_1901 %} twice.\n\n{% tidetable %}\n"
    report = run(write_tree(tmp_path, {POST: post(body)}))
    assert codes(row(report, POST)) == ["unknown-tag", "unknown-tag"]
    kept = [child.value["source"] for child in BlogPage.objects.get().body]
    assert kept == ["Tides rise <!-- {% footcite moon_1901 %} --> twice.", "<!-- {% tidetable %} -->"]
    assert "<p>Tides rise  twice.</p>" in shown(client)
    assert "tidetable" not in shown(client).split("data-article-body")[1]


def test_what_reads_otherwise_without_its_neighbours_is_kept_as_it_was_shown(tmp_path: Path, client: Client) -> None:
    """A line with bars right above a list is no table; the same line alone would be one."""
    body = "Take <q>a</q> | b as given:\n1. high\n2. low\n"
    report = run(write_tree(tmp_path, {POST: post(body)}))
    assert codes(row(report, POST)) == []
    assert "<p>Take <q>a</q> | b as given:</p>" in shown(client)
    assert "<table" not in shown(client)


def test_a_table_of_contents_keeps_the_order_of_the_headings(tmp_path: Path, client: Client) -> None:
    body = "* list\n{:toc}\n\n## One\n\na\n\n## Two $$x$$\n\nb\n\n## Three\n"
    run(write_tree(tmp_path, {POST: post(body)}))
    links = [part.split("</a>")[0] for part in shown(client).split('<a href="#')[1:]]
    assert [link.split('"')[0] for link in links if "markdown-toc" in link] == ["one", "two-x", "three"]


def test_a_tag_nobody_knows_inside_a_comment_does_not_end_it(tmp_path: Path, client: Client) -> None:
    run(
        write_tree(
            tmp_path, {POST: post("Water.\n\n<!-- see {% footcite moon %} and {% footcite sun %} -->\n\nEnd.\n")}
        )
    )
    body = shown(client).split("data-article-body")[1].split("</article>")[0]
    assert "and" not in body.split("<footer")[0]


def test_a_picture_in_a_note_is_taken_in(tmp_path: Path, client: Client) -> None:
    body = "Water[^1].\n\n[^1]: As drawn:\n\n    ![Chart](/img/chart.png)\n"
    report = run(write_tree(tmp_path, {POST: post(body), "img/chart.png": picture()}))
    assert codes(row(report, POST)) == []
    assert 'alt="Chart"' in shown(client)


def test_a_picture_by_the_name_that_only_browsers_know_is_shown(tmp_path: Path, client: Client) -> None:
    body = '<div class="drawn">\n  <image src="/img/chart.png"/>\n  <br />\n  What the gauge drew.\n</div>\n'
    report = run(write_tree(tmp_path, {POST: post(body), "img/chart.png": picture()}))
    assert codes(row(report, POST)) == []
    assert re.search(r'<img src="/media/[a-z_]*images/chart[^"]*"', shown(client))


def test_formulas_that_the_old_sites_script_would_have_found_are_shown(tmp_path: Path, client: Client) -> None:
    """Kramdown leaves them as text; the layout says that a script was to read them."""
    layout = '<script src="https://cdn.example/mathjax/tex-chtml.js"></script>{{ content }}'
    body = "The drag \\\\(c_d\\\\) counts.\n\nPlain.\n"
    tree = write_tree(tmp_path / "site", {POST: post(body), "_layouts/default.html": layout})
    assert codes(row(run(tree), POST)) == []
    assert 'data-math="c_d"' in shown(client)
