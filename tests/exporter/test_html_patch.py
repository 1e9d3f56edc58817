"""A change of stored rich text reaches the HTML that it came from, and nothing beside it is written anew."""

from __future__ import annotations

import pytest

from portfolio.exporter.source_edit.html_patch import patch_html

SOURCE = """<figure class='wide'>
  <img src="/a.png" alt='An &quot;echogram&quot;: time &amp; depth.'>
  <figcaption>The   clouds aren&rsquo;t fish;
  the hill is <EM>us drifting</EM>, <strong>caf&eacute;</strong> <a class="x" href="/x/">link</a>.<br>
  End</figcaption>
</figure>"""
STORED = (
    '<p data-block-key="k">The clouds aren’t fish; the hill is <i>us drifting</i>, <b>café</b> '
    '<a class="x" href="/x/">link</a>.<br/>End</p>'
)


def patched(source: str, old: str, new: str) -> list[str]:
    return list(patch_html(source, old, new, lambda html: html))


@pytest.mark.parametrize(
    ("old", "new", "source_old", "source_new"),
    [
        ("fish", "birds", "fish", "birds"),
        ("drifting", "sinking", "drifting", "sinking"),
        ("aren’t", "weren’t", "aren&rsquo;t", "weren&rsquo;t"),
        ("fish", "f*sh &lt; {{ x }}", "fish", "f*sh &lt; &#123;&#123; x }}"),
        ("hill", "<b>hill</b>", "hill", "<strong>hill</strong>"),
        ("hill", "<i>hill</i>", "hill", "<em>hill</em>"),
        ("<i>us drifting</i>", "us drifting", "<EM>us drifting</EM>", "us drifting"),
        ('href="/x/">', 'href="/y/">', 'href="/x/">', 'href="/y/">'),
        (' <a class="x" href="/x/">link</a>', "", ' <a class="x" href="/x/">link</a>', ""),
        ("hill is ", "", "hill is ", ""),
        ("End", "The end", "End", "The end"),
        ('"k">The', '"other">These', "The ", "These "),
    ],
)
def test_only_the_changed_part_of_a_caption_is_replaced(old: str, new: str, source_old: str, source_new: str) -> None:
    assert STORED.count(old) == SOURCE.count(source_old) == 1
    assert patched(SOURCE, STORED, STORED.replace(old, new)) == [SOURCE.replace(source_old, source_new)]


def test_a_plain_text_may_be_the_value_of_an_attribute() -> None:
    old = 'An "echogram": time & depth.'
    assert patched(SOURCE, old, old.replace("time", 'the "days"')) == [SOURCE.replace("time", "the &quot;days&quot;")]


def test_two_equal_cells_are_two_candidates() -> None:
    row = "<tr><td>dry</td><td>dry</td></tr>"
    assert patched(row, "<p>dry</p>", "<p>wet</p>") == [row.replace("dry", "wet", 1), "wet".join(row.rsplit("dry", 1))]


@pytest.mark.parametrize("source", ["Words without HTML", "<p>Other words</p>", "<a <a <a", "<p>The end", "&" * 50, ""])
def test_a_text_that_is_not_in_the_source_gives_no_candidate(source: str) -> None:
    assert patched(source, "<p>The clouds</p>", "<p>The birds</p>") == []


def test_a_new_key_of_a_paragraph_changes_nothing() -> None:
    assert patched("| <b>dry</b> | *wet* |", "<p><i>wet</i></p>", '<p data-block-key="k"><i>wet</i></p>') == [
        "| <b>dry</b> | *wet* |"
    ]
