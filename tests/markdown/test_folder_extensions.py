"""What folders of Markdown have beside CommonMark: alerts, attribute lists, formulas."""

from __future__ import annotations

import pytest

from portfolio.engines.markdown_options import markdown_options
from portfolio.engines.plain.engine import FOLDER_MARKDOWN
from portfolio.markdown.render import to_html

OPTIONS = markdown_options(FOLDER_MARKDOWN)


def html(text: str) -> str:
    return to_html(text, OPTIONS).strip().replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!NOTE]\n> Hint", '<blockquote class="callout callout-note"><p>Hint</p></blockquote>'),
        ("> [!caution]\n> Hint", '<blockquote class="callout callout-warning"><p>Hint</p></blockquote>'),
        ("> [!warning]- Mind\n> the gap",
         '<blockquote class="callout callout-warning"><p><strong>Mind</strong></p><p>the gap</p></blockquote>'),
        ("> [!quote]\n>\n> - a", '<blockquote class="callout callout-note"><ul><li>a</li></ul></blockquote>'),
        ("> Words [!NOTE]", "<blockquote><p>Words [!NOTE]</p></blockquote>"),
        ("[!NOTE]\nWords", "<p>[!NOTE]Words</p>"),
        ("> a\n>\n> [!NOTE]", "<blockquote><p>a</p><p>[!NOTE]</p></blockquote>"),
    ],
)  # fmt: skip
def test_alerts_are_callouts(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Head {#own}", '<h2 id="own">Head</h2>'),
        ("## Head {: .wide}", '<h2 class="wide" id="head">Head</h2>'),
        ("## Head\n{: .wide}", '<h2 class="wide" id="head">Head</h2>'),
        ("Words\n{: .lead}", '<p class="lead">Words</p>'),
        ("> x\n{: .callout}", '<blockquote class="callout"><p>x</p></blockquote>'),
        ("- a\n{: .list}", '<ul class="list"><li>a</li></ul>'),
        ("```py\nx\n```\n{: title='a.py'}", '<pre title="a.py"><code class="language-py">x</code></pre>'),
        ('```py title="a.py" {1,3}\nx\n```',
         '<pre title="a.py" data-highlight="1,3"><code class="language-py">x</code></pre>'),
        ("[x](y){: .btn}", '<p><a href="y" class="btn">x</a></p>'),
        ("![x](y){ width=20 }", '<p><img src="y" alt="x" width="20" /></p>'),
        ("{: .alone}", "<p>{: .alone}</p>"),
        ("a {b} {c: d}", "<p>a {b} {c: d}</p>"),
        ("`{: .x}`", "<p><code>{: .x}</code></p>"),
    ],
)  # fmt: skip
def test_attribute_lists_are_attributes(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x_1 + y_1$", ["x_1 + y_1"]), ("Cost $5 and $x_i$ math.", ["x_i"]), ("$5 or $6", []), ("a $ b $ c", []),
        ("$$x^2$$ in a line", ["x^2"]), ("$$\nx\n$$", ["x"]), ("`$x$`", []), ("\\$x$", []),
    ],
)  # fmt: skip
def test_formulas_stand_between_dollar_signs(text: str, formulas: list[str]) -> None:
    found = html(text)
    assert [f'data-math="{formula}"' in found for formula in formulas] == [True] * len(formulas)
    assert found.count("data-math") == len(formulas)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("A | B in prose", "<p>A | B in prose</p>"), ("~~gone~~", "<s>gone</s>"),
        ("https://tide.example/x.", 'href="https://tide.example/x"'), ("- [x] a", 'type="checkbox"'),
        ("| a |\n|---|\n| `b` |", "<td><code>b</code></td>"), ("x[^1]\n\n[^1]: y", "footnote"),
        ("Words\n```py\nx\n```", '<code class="language-py">'), ("A -- \"b\"...", 'A -- &quot;b&quot;...'),
    ],
)  # fmt: skip
def test_the_rest_is_as_github_has_it(text: str, part: str) -> None:
    assert part in html(text)
