"""The words of a block's stored value are those that it shows."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.blocks import BodyBlocks
from portfolio.blocks.block_type import overrides
from portfolio.blocks.registry import block_type, block_types
from portfolio.documents.visible_words import words
from portfolio.markdown.text import visible_text

TABLE = {
    "columns": [{"type": "text", "heading": "Tide & time"}, {"type": "number", "heading": "m"}],
    "rows": [{"values": ["<p><i>High</i> water</p>", "<p>3.1</p>"]}],
    "caption": "",
}
VALUES: list[tuple[str, Any]] = [
    ("heading", {"text": "Tides & “moons” <3", "level": "2", "anchor": ""}),
    ("text", "<p>The <b>mo</b>on&amp;</p><ul><li>one</li><li>two</li></ul><p>a<br/>b</p>"),
    ("code", {"language": "python", "code": "if a < b:\n    print('&amp;')", "title": "", "highlight": ""}),
    ("quote", {"text": "<p>Wait.</p><p>Now.</p>", "source": "A. Skipper & Sons", "url": ""}),
    ("table", TABLE),
]


@pytest.mark.django_db  # what is made of a listing is looked for there
@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_block_shows_the_words_of_its_value(kind: str, value: Any) -> None:
    (child,) = BodyBlocks().to_python([{"type": kind, "value": value, "id": "x"}])
    assert words(child.block.render(child.value)) == block_type(kind).stored_words(value)


def test_every_kind_that_is_compared_is_shown_to_do_so() -> None:
    compared = {name for name, block in block_types().items() if overrides(block, "stored_words")}
    assert {kind for kind, _ in VALUES} == compared


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<b>b</b> c</p><p>d</p>",
        "<ul><li>a</li><li>b</li></ul>",
        '<h2 id="x">a</h2>b<br>c<br />d',
        "<p>x</p><script>var a</script>",
        "<p>a &lt;b&gt; c&nbsp;d</p>",
        "<p>1 < 2</p>",
        "<details><summary>a</summary>b</details>c",
        "<!-- hidden --><p>a</p>",
        '<p><img src="x" alt="y">a<custom-tag>b</custom-tag></p>',
    ],
)
def test_words_are_those_a_reader_sees(html: str) -> None:
    assert words(html) == visible_text(html).split()
