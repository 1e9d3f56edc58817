"""Documents of whatever constructs, in whatever order: they come back as they were, and an edited word alone."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.round_trip import compared, exported, made, words_of
from portfolio.exporter.round_trip import rolled_back
from portfolio.models import ImportedPage
from tests.importer.trees import picture, run, write_tree

pytestmark = pytest.mark.django_db

SYLLABLES = "ba ko li mun ser tav wen dor fis gal".split()
# Each sign becomes another word, so that all words of a document differ.
WORDS = st.integers(2, 5).map(lambda count: " ".join("§" * count))
# What stands within a line.
SPAN = st.sampled_from(
    ["{}", "*{}*", "**{}**", "`{}`", "[{}](https://tide.example/a)", "[{}][ref]", "{}[^note]", '"{}"', "{} -- yes",
     "{}...", "it's {}", "{}  \n", "<kbd>{}</kbd>", "\\*{}", "{} & co", "{} &amp; &copy;", "$$x_{{{}}}$$",
     "{{{{ page.title }}}} {}", '<span class="x">{}</span>', "~~{}~~", "***{}***", "![{}](/a.png)", "{}é 潮 🌊",
     "{}\n", "[{}](/other/){{:.x}}"]
)  # fmt: skip
LINE = st.lists(st.tuples(SPAN, WORDS), min_size=1, max_size=4).map(
    lambda parts: " ".join(span.format(words) for span, words in parts).strip()
)
# Blocks: "{0}" is a line, "{1}" other words.
BLOCK = st.sampled_from(
    ["{0}", "## {1}", "### {1} {{#own-id}}", "{1}\n-----", "* {0}\n* {1}", "* {1}\n\n  {1}\n* {1}\n  * {1}",
     "1. {1}\n2. {0}", "- [ ] {1}\n- [x] {1}", "> {0}", "> {1}\n>\n> {1}", "```python\nx = '{1}'\n\n    y\n```",
     "~~~\n{1}\n~~~", "    {1}\n\n    more", "| {1} | b |\n|---|--:|\n| {1} | 2 |",
     "$$\n{1} = \\frac{{a}}{{b}}\n$$", '![{1}](/a.png "{1}")', "***", '<div class="box">\n<p>{1}</p>\n</div>',
     '<div markdown="1">\n{0}\n</div>', "{1}\n: {0}", "{0}\n{{: .lead}}",
     "{{% raw %}}{1} {{{{ x }}}}{{% endraw %}}", "{{% if page.title %}}{1}{{% endif %}}",
     "{{% highlight js %}}\n{1}();\n{{% endhighlight %}}", "<!-- {1} -->", "{{% comment %}}{1}{{% endcomment %}}",
     "[^note]: {1}", '[ref]: https://ref.example/ "{1}"', "{{:toc}}", "* {1}\n{{:toc}}",
     "<details><summary>{1}</summary>{1}</details>", "{{% for i in (1..2) %}}{1} {{% endfor %}}", "*[HTML]: {1}"]
)  # fmt: skip
GAP = st.sampled_from(["\n\n", "\n\n\n", "\n\n \n"])
BODY = st.lists(st.tuples(BLOCK, LINE, WORDS, GAP), min_size=1, max_size=8).map(
    lambda blocks: "".join(block.format(line, words) + gap for block, line, words, gap in blocks)
)
HEAD = st.sampled_from(
    ["", "title: Tides\n", "title: 'Tides'  # for now\ntags: [a, b]\n", 'title: "Tides"\ncategories:\n- Sea\n']
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    body = draw(BODY)
    numbers = count(100)
    body = re.sub("§", lambda _: "".join(SYLLABLES[int(digit)] for digit in str(next(numbers))), body)
    body = body.rstrip() if draw(st.booleans()) else body
    text = f"---\n{draw(HEAD)}---\n{draw(st.sampled_from(['', chr(10)]))}{body}"
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


@given(sources=st.lists(documents(), min_size=4, max_size=8), dice=st.integers(0, 1000))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_comes_back_and_a_word_edited_in_it_is_all_that_changes(sources: list[bytes], dice: int) -> None:
    with TemporaryDirectory() as folder, rolled_back():
        tree = write_tree(Path(folder) / "site", named(sources) | {"a.png": picture()})
        paths = [row.path for row in run(tree).documents]
        same, wrong = compared(tree, exported(Path(folder) / "same")[0], paths)
        assert (wrong, same) == ([], len(sources))
        edits = []
        for row in ImportedPage.objects.select_related("document").order_by("document__path"):
            words = list(words_of(row))
            if words:
                edits.append(random.Random(dice).choice(words))  # noqa: S311
        refused: list[str] = []
        done = [edit for edit in edits if made(edit, refused)]
        out, report = exported(Path(folder) / "edited")
        before = {edit.path: (tree / edit.path).read_bytes() for edit in done}
        after = {edit.path: (out / edit.path).read_bytes() for edit in done}
        assert [edit for edit in done if not edit.is_right(before[edit.path], after[edit.path])] == []
        assert (refused, report.problems) == ([], [])


def named(sources: Sequence[bytes]) -> dict[str, bytes]:
    return {f"_posts/2021-01-{number:02}-post.md": source for number, source in enumerate(sources, start=1)}
