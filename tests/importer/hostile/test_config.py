"""A configuration that means harm: what it cannot say clearly is an error at once, and what it says costs little."""

from __future__ import annotations

import random
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from portfolio.engines import SourceError
from portfolio.engines.config_file import MAX_CONFIG
from portfolio.engines.jekyll.config import MAX_RULES
from portfolio.engines.jekyll.globs import MAX_ALTERNATIVES, begins_with, glob_pattern
from tests.importer.hostile.trees import GOOD, imported
from tests.importer.trees import codes, row, run, write_tree

STARS = "*a" * 60 + "b"
NAME = "a" * 200


def test_stars_are_matched_without_trying_every_way() -> None:
    assert glob_pattern("/" + STARS).fullmatch("/" + NAME * 20) is None
    assert glob_pattern("/" + STARS).fullmatch("/" + "xa" * 60 + "ab")
    assert not begins_with("**/" * 60 + STARS, [NAME] * 60)
    assert begins_with("**/" * 60 + "a*", [NAME])
    assert not begins_with("{a,b}" * 40, ["a" * 40])
    assert begins_with("{" + ",".join("abc" * 10) + "}/d", ["a", "d"])
    assert MAX_ALTERNATIVES < 2**40


def test_stars_mean_what_they_do_in_the_shell() -> None:
    choose = random.Random(4711)  # noqa: S311
    for _ in range(2000):
        glob = "".join(choose.choice("ab*?/") for _ in range(choose.randrange(7)))
        path = "".join(choose.choice("ab/") for _ in range(choose.randrange(8)))
        assert bool(glob_pattern(glob).fullmatch(path)) == fnmatchcase(path, glob), (glob, path)


@pytest.mark.parametrize(
    ("glob", "path", "found"),
    [
        ("a/*/c", "a/b/c/d.md", True),
        ("a/*/c", "a/b/x/c.md", False),
        ("**/c", "c/d.md", True),
        ("**/c", "a/b/c/d.md", True),
        ("a/**/c", "a/c/d.md", True),
        ("a/**/c", "b/a/c", False),
        ("{a,b/x}/*.md", "b/x/c.md", True),
        ("{a,b}/*.md", "c/x.md", False),
        ("a/**", "a/b", True),
        ("a,b", "a", False),
        ("a?", "ab/c", True),
        ("a{b,{c,d}}", "ad", True),
    ],
)
def test_folders_of_a_scope_are_found_as_ruby_finds_them(glob: str, path: str, found: bool) -> None:
    assert begins_with(glob, path.split("/")) is found


@pytest.mark.django_db
def test_a_path_that_no_column_holds_is_told_of_and_stops_nothing(tmp_path: Path) -> None:
    page = f"{'/'.join([NAME] * 3)}/page.md"
    files = {page: "---\ntitle: Deep\n---\nx\n", f"_data/{page}.yml": "a: b\n"}
    report = imported(tmp_path, files)
    assert codes(row(report, page)) == ["long-path"]


REFUSED = {
    "no-mapping": "- a\n- b\n",
    "words": "only words\n",
    "deep": "a: " + "[" * 500 + "\n",
    "long": "a: " + "x" * MAX_CONFIG + "\n",
    "aliases": "l0: &l0 [x]\n" + "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12)),
    "many-patterns": "exclude: [" + ",".join(f"'*{n}*'" for n in range(MAX_RULES + 1)) + "]\n",
    "many-defaults": "defaults:\n" + "- {scope: {path: '*a*b'}, values: {a: 1}}\n" * (MAX_RULES + 1),
    "exclude": "exclude: {a: b}\n",
    "zero": 'title: "ü\\0"\n',
    "label": f"collections: {{{'x' * 100}: {{output: true}}}}\n",
    "object": "title: !!python/object/apply:os.system [id]\n",
}


@pytest.mark.django_db
@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_configuration_that_cannot_be_used_is_named_and_nothing_is_done(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match=r"_config\.yml"):
        run(write_tree(tmp_path, dict(GOOD), text))


STRANGE = {
    "types": (
        "title: [1]\nurl: {a: b}\nbaseurl: [x]\npermalink: {a: 1}\ntimezone: [a]\ncollections: 5\ndefaults: x\n"
        "plugins: {a: b}\nauthor: [[]]\nkramdown: [1]\nmarkdown_ext: {a: b}\ndata_dir: [a]\nexcerpt_separator: {a: b}\n"
        "paginate: 1.5\nmarkdown: [a]\nlayouts_dir: 5\nfuture: maybe\n"
    ),
    "numbers": "title: .nan\npaginate: .inf\nexcerpt_separator: -.inf\npermalink: 5\nbaseurl: 9\ntimezone: 1\n",
    "keys": "1: a\n2.5: b\ntrue: c\nsocial: {1: a, b: c, 2020-01-01: d, ~: e}\n",
    "owner": f"title: {'t' * 5000}\nauthor: {{name: {'n' * 5000}, email: {'e' * 5000}}}\ntagline: {'g' * 5000}\n",
    "zone": "timezone: ../../../etc/passwd\n",
    "patterns": (
        f"exclude: ['{STARS}']\ninclude: ['{STARS}']\n"
        f"defaults: [{{scope: {{path: '{'**/' * 50}{STARS}'}}, values: {{a: 1}}}}]\n"
    ),
    "permalink": "permalink: /:nothing/:title/\n",
    "up": "permalink: /../../:title/\nbaseurl: ../..\n",
    "script": "title: '<script>alert(1)</script>'\nurl: 'javascript:alert(1)'\nbaseurl: 'javascript:alert(1)'\n",
}


@pytest.mark.django_db
@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_values_in_a_configuration_stop_no_document(tmp_path: Path, text: str) -> None:
    deep = "/".join([NAME] * 2)
    report = imported(tmp_path, {f"{deep}/page.md": "---\ntitle: Deep\n---\nx\n"}, text)
    assert {row.outcome for row in report.documents} == {"created"}
    run(tmp_path)
