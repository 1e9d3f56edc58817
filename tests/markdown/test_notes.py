import pytest

from portfolio.markdown.notes import note_html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[^1]: Read *twice*.\n", "<p>Read <em>twice</em>.</p>\n"),
        ("[^a]:\n\n    One.\n\n    Two.\n", "<p>One.</p>\n\n<p>Two.</p>\n"),
        ("[a]: https://tides.example/\n", ""),
        ("Text.\n", ""),
    ],
)
def test_a_note_by_itself(source, html):
    assert note_html(source) == html
