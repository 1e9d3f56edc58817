"""What a layout shows besides the text, from the page of a document and the page of an empty one."""

from __future__ import annotations

import pytest

from portfolio.engines.jekyll.layout.difference import ShownBesideBody, layout_parts
from portfolio.engines.jekyll.layout.region import PLACEHOLDER_HTML

SHOWN = ShownBesideBody(
    texts=("Low water",), names=("Mara Lindqvist", "tides"), years=("2024",), body="It ebbs at noon."
)


def parts(document: str, empty: str = "", shown: ShownBesideBody = SHOWN) -> tuple[list[str], list[str]]:
    found = layout_parts(f"<body>{document}</body>", f"<body>{empty}</body>" if empty else "", shown)
    return found.above, found.below


def test_front_matter_stands_above_and_below_the_text() -> None:
    document = f"<main><h1>Low water</h1><p class=sub>A tale</p>{PLACEHOLDER_HTML}<p>Drawn by Corin</p></main>"
    assert parts(document, f"<main><h1></h1>{PLACEHOLDER_HTML}</main>") == (
        ["<p>A tale</p>"],
        ["<p>Drawn by Corin</p>"],
    )


@pytest.mark.parametrize(
    "piece",
    [
        "<h1>Low water</h1>",
        "<p>Posted on March 3rd, 2024 by Mara Lindqvist in tides</p>",
        "<p>Publié le 3 mars 2024</p>",
        '<nav><a href="/x/">Something of its own</a></nav>',
        '<div class="post-share"><a href="https://x.example/">Tell the fleet</a></div>',
        '<a href="https://twitter.com/intent/tweet?text=Low">Share</a>',
        '<div id="comments">Nobody said a word</div>',
        "<footer>Printed in Saltmarsh</footer>",
        "<p>It ebbs at noon</p>",
        "<form><p>Your address</p></form>",
        "<script>Low();</script><style>p{}</style>",
    ],
)
def test_what_every_page_has_or_the_page_shows_anyway_is_not_kept(piece: str) -> None:
    empty = f"<h1></h1><p>Publié le</p><footer></footer>{PLACEHOLDER_HTML}"
    assert parts(piece + PLACEHOLDER_HTML, empty) == ([], [])


def test_labels_stay_with_their_values() -> None:
    document = (
        f"{PLACEHOLDER_HTML}<h3>Links</h3><ul><li><a href='/a.pdf'>Paper</a></li></ul>"
        "<div><span>Client:</span> <b>The harbour</b></div><h3>Recent</h3><ul><li>Other</li></ul>"
    )
    empty = (
        f"{PLACEHOLDER_HTML}<h3>Links</h3><ul></ul><div><span>Client:</span> <b></b></div>"
        "<h3>Recent</h3><ul><li>Other</li></ul>"
    )
    assert parts(document, empty)[1] == [
        "<h3>Links</h3>",
        '<ul><li><a href="/a.pdf">Paper</a></li></ul>',
        "<p>Client: <b>The harbour</b></p>",
    ]


def test_main_content_of_a_page_without_text() -> None:
    document = (
        "<header>Saltmarsh</header><main><h1>Low water</h1><section><h2>Ilse</h2><p>Counts boats</p></section>"
        f"{PLACEHOLDER_HTML}</main><footer>Imprint</footer>"
    )
    assert parts(document)[0] == ["<h2>Ilse</h2>", "<p>Counts boats</p>"]


def test_pictures_of_the_layout_are_kept_and_the_cover_is_not_shown_twice() -> None:
    document = f"""<header style="background-image: url('/img/sea.jpg')"><h1>Low water</h1></header>
    <img src="/img/mara.png" alt="Mara"><img src="/img/cover.png">{PLACEHOLDER_HTML}"""
    shown = ShownBesideBody(texts=("Low water",), image="img/cover.png")
    above, _ = parts(document, f"<header><h1></h1></header>{PLACEHOLDER_HTML}", shown)
    assert above == ['<img src="/img/sea.jpg" alt="">', '<p><img alt="Mara" src="/img/mara.png"/></p>']
