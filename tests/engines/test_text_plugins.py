"""Words that a plugin of the old site changed in the finished page."""

import pytest

from portfolio.documents.document import SourceNode, Span
from portfolio.engines.jekyll.text_plugins import plugin_problems
from portfolio.markdown.nodes import NodeKind

BOTH = {"plugins": ["jemoji", "jekyll-mentions"]}


def told(html: str, title: str = "", config: dict[str, object] = BOTH) -> list[tuple[str, int | None]]:
    node = SourceNode(NodeKind.PROSE, Span(0, 1), 7, "", html)
    return [(problem.code, problem.line) for problem in plugin_problems([node], title, config)]


@pytest.mark.parametrize("html", ["<p>Hello :smile: you</p>", "<p>:+1:</p>", "<li>(:e-mail:)</li>", "<p>a :100: b</p>"])
def test_emoji_are_told(html: str) -> None:
    assert told(html) == [("plugin-emoji", 7)]


@pytest.mark.parametrize("html", ["<p>Thanks, @octocat!</p>", "<p>(@jekyll) wrote</p>"])
def test_mentions_are_told(html: str) -> None:
    assert told(html) == [("plugin-mentions", 7)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>10:30:45 and a::b::c</p>",
        "<p><code>:smile: @octocat</code></p>",
        "<pre><code>:smile:</code></pre>",
        "<p>me@example.com and <a href='/:smile:'>@octocat</a></p>",
        '<p title=":smile: @octocat">text</p>',
    ],
)
def test_other_words_are_not_told(html: str) -> None:
    assert told(html) == []


@pytest.mark.parametrize("config", [{}, {"plugins": []}, {"plugins": "jemoji"}, {"plugins": ["jekyll-feed"]}])
def test_nothing_is_told_where_no_plugin_did_anything(config: dict[str, object]) -> None:
    assert told("<p>Hello :smile: @octocat</p>", ":tada:", config) == []


def test_title_is_looked_at_and_both_settings_name_plugins() -> None:
    assert told("<p>x</p>", "emoji :tada: @x", {"gems": ["jemoji", "jekyll-mentions"]}) == [("plugin-emoji", 1)]
