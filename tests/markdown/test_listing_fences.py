"""Fences that say more than a language: where they are, what kramdown gets instead, and what they say."""

from __future__ import annotations

import time

import pytest

from portfolio.markdown.commonmark.listing_fences import may_have_details, read_fences

NUMBERED = {"class": "linenos"}


@pytest.mark.parametrize(
    ("fence", "plain", "details", "unread"),
    [
        ('```python title="x.py"', "```python", {"title": "x.py"}, ""),
        ("```python {1,3}", "```python", {"data-highlight": "1,3"}, ""),
        ("~~~ js title='a b' {1, 3 - 5} showLineNumbers", "~~~js",
         {"title": "a b", "data-highlight": "1,3-5", **NUMBERED}, ""),
        ('```go {linenos=table,hl_lines=[2,"4-6"],title="x.go"}', "```go",
         {"title": "x.go", "data-highlight": "2,4-6", **NUMBERED}, ""),
        ('```title="my file"', "```", {"title": "my file"}, ""),
        ("``` {2}", "```", {"data-highlight": "2"}, ""),
        ("```rs{2} linenos=false", "```rs", {"data-highlight": "2"}, "linenos=false"),
        ("```js copy now", "```js", {}, "copy now"),
        ("```js {3-} x", "```js", {}, "{3-} x"),
    ],
)  # fmt: skip
def test_words_behind_a_language(fence, plain, details, unread):
    assert may_have_details(fence)
    (found,) = read_fences(f"Before\n{fence}\na = 1\n{fence[:3]}\n")
    assert (found.line, found.last_line, found.plain) == (2, 4, plain)
    assert (found.details, found.unread, found.closed, found.nested) == (details, unread, True, False)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("```python\nx\n```", []),
        ("```{r}\nx\n```", []),
        ("``` a ``` in a line", []),
        ("    ```py {1}\n    x\n    ```", []),
        ("<div>\n```py {1}\nx\n```\n</div>", []),
        ("---\nsummary: |\n  ```py {1}\n  x\n  ```\n---\n", []),
        ("~~~~ md {1}\n```py {1}\n```\n~~~~", ["~~~~md"]),
        ("- a\r\n\r\n  ```py {1}\r\n  x\r\n  ```", ["  ```py"]),
        ("- ```py {1}\n  x\n  ```", ["- ```py"]),
        ("> ````py {1}\n> ```\n> ````", ["> ````py"]),
        ("```py {1}\nno end\n\n````md", ["```py {1}"]),
    ],
)
def test_only_fences_that_kramdown_does_not_see_change(text, plain):
    assert [fence.plain for fence in read_fences(text)] == plain


def test_many_fences_take_no_longer_each():
    started = time.process_time()
    assert len(read_fences('- a\n  ```py title="x"\n  a\n  ```\n' * 5_000)) == 5_000
    assert len(read_fences("> ```py {1}\n\n" * 10_000)) == 10_000
    assert time.process_time() - started < 10
