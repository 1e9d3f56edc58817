"""Items with a parenthesis: what is one gets a full stop, and literal text is as it was typed."""

from __future__ import annotations

import pytest

from portfolio.admin.markdown_editing.parenthesis_items import with_full_stops


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1) a\n2) b\n   1) c\n   2) d\n3) e", "1. a\n2. b\n   1. c\n   2. d\n3. e"),
        ("1) a\n\n   more\n\n2) b", "1. a\n\n   more\n\n2. b"),
        ("1) a\n\n   2) b\n\n       1) c", "1. a\n\n   2. b\n\n       1. c"),
        ("- a\n  1) b\n  2) c", "- a\n  1. b\n  2. c"),
        ("1)\ta\n\t1) b", "1.\ta\n\t1. b"),
        ("1) ```\n   2) x\n   ```\n2) b", "1. ```\n   2) x\n   ```\n2. b"),
        ("1) a\n\n    ```\n    2) x\n    ```\n\n2) b", "1. a\n\n    ```\n    2) x\n    ```\n\n2. b"),
        ("<br>\n\n1) a", "<br>\n\n1. a"),
        ("$$ x $$\n\n1) a", "$$ x $$\n\n1. a"),
        ("<div>a</div>\n\n1) a", "<div>a</div>\n\n1. a"),
    ],
)
def test_items_get_a_full_stop(typed, expected):
    assert with_full_stops(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\n1) x\n```",
        "```\n```js\n\n1) x\n```",
        "````\n```\n\n1) x\n````",
        "```\n    ```\n\n1) x\n```",
        "~~~ a b\n\n1) x\n~~~",
        "- a\n\n  ```\n\n  1) x\n  ```",
        "<pre>\n\n1) x\n</pre>",
        "<div>\n<div>\n</div>\n\n1) x\n</div>",
        "<!--\n\n1) x\n-->",
        "$$\n\n1) x\n$$",
        "{::comment}\n\n1) x\n{:/comment}",
        "{::nomarkdown}\n\n1) x\n{:/}",
        "{% highlight sh %}\n\n1) x\n{% endhighlight %}",
        "- a\n\n      1) code",
        "Words\n1) go on",
        "1984) was a year.",
        "1\\) no list",
        "1)no list",
    ],
)
def test_literal_text_is_as_it_was_typed(text):
    assert with_full_stops(text) == text
    assert with_full_stops(f"1) a\n\n{text}").endswith(text)


def test_front_matter_and_indented_code_are_as_they_were_typed():
    for text in ("---\nabout: |\n\n  1) x\n---\n", "Words\n\n    1) code"):
        assert with_full_stops(text) == text
    assert with_full_stops("1) a\n\n       1) code").endswith("       1) code")
