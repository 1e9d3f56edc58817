import time

import pytest
import yaml

from portfolio.importer import bounded_yaml
from portfolio.importer.bounded_yaml import MAX_ALIASES, MAX_DEPTH, YamlError, load_yaml

LIMIT = 1024 * 1024


def load(text: str) -> object:
    return load_yaml(text, max_bytes=LIMIT)


def test_aliases_and_merge_keys_work() -> None:
    assert load("base: &b {a: 1, c: 2}\nover:\n  <<: *b\n  c: 3\n") == {
        "base": {"a": 1, "c": 2},
        "over": {"a": 1, "c": 3},
    }


def test_anchor_may_be_used_again() -> None:
    assert load("a: &x 1\nb: &x 2\nc: *x\n") == {"a": 1, "b": 2, "c": 2}


def test_last_of_two_equal_keys_wins() -> None:
    assert load("a: 1\na: 2\n") == {"a": 2}


def test_only_the_first_document_counts() -> None:
    assert load("a: 1\n---\nb: 2\n") == {"a": 1}


def test_nothing_is_none() -> None:
    assert load("") is None
    assert load("# only a comment\n") is None


def test_json_pairs_are_one_character() -> None:
    assert load(r'a: "\ud83d\ude00"') == {"a": "\N{GRINNING FACE}"}


def test_tabs_in_plain_text_are_text_as_in_ruby() -> None:
    assert load("title: salt\tmarsh\ntags: [a\tb]\n") == {"title": "salt\tmarsh", "tags": ["a\tb"]}


@pytest.mark.parametrize(
    "text",
    [
        "title: It's 12:30\ndate: 2021-09-02 20:10:00 +0200\ntags: [a, 'b c', \"d\"]\n",
        "base: &b {a: 1, c: !x 2}\nover:\n  <<: *b\n  c: 3\n",
        "a: |\n  one\n  two\nb: >-\n  three\n  four\nc: yes\nd: ~\ne: 0x1f\nf: 1_000\ng: 1.5\n",
    ],
)
def test_both_readers_of_yaml_make_the_same_of_it(text: str) -> None:
    plain, fast = bounded_yaml._LOADERS
    assert bounded_yaml._load(fast, text) == bounded_yaml._load(plain, text) == load(text)


def test_what_one_reader_refuses_the_other_is_asked() -> None:
    """Pairs of escapes are one character in JSON, which libyaml does not know."""
    with pytest.raises(yaml.YAMLError):
        bounded_yaml._load(bounded_yaml._LOADERS[1], r'a: "\ud83d\ude00"')
    assert load(r'a: "\ud83d\ude00"') == {"a": "\N{GRINNING FACE}"}


def test_impossible_dates_and_enormous_numbers_are_text() -> None:
    assert load(f"a: 2019-02-30\nb: {'9' * 40}\nc: {'1' + ':1' * 5000}\n") == {
        "a": "2019-02-30",
        "b": "9" * 40,
        "c": "1" + ":1" * 5000,
    }


def alias_bomb() -> str:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(["l0: &l0 [x]", *levels])


def merge_bomb() -> str:
    levels = [f"l{n}: &l{n}\n  <<: [*l{n - 1}, *l{n - 1}]\n  k{n}: 1" for n in range(1, 40)]
    return "\n".join(["l0: &l0 {a: 1}", *levels])


@pytest.mark.parametrize(
    "text",
    [
        alias_bomb(),
        merge_bomb(),
        "a: &a x\n" + "b: [" + "*a, " * (MAX_ALIASES + 1) + "]",
        "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
        "[" * 100_000,
        "{a: " * 5_000,
        "\n".join("  " * n + "a:" for n in range(400)),
        "a: " + "x" * LIMIT,
    ],
    ids=["aliases", "merges", "many-aliases", "depth", "open-lists", "open-maps", "indent", "bytes"],
)
def test_bombs_are_refused_at_once(text: str) -> None:
    started = time.process_time()
    with pytest.raises(YamlError):
        load(text)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: [", 2), ("a: 1\nb: \x07\n", 2), ("a: 1\nb: c: d\n", 2), ("x: !!python/name:os.system", 1)],
)
def test_errors_name_the_line(text: str, line: int) -> None:
    with pytest.raises(YamlError) as caught:
        load(text)
    assert caught.value.line == line
