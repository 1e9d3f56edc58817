import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.documents import yaml_reader
from portfolio.documents.yaml_reader import MAX_ALIASES, MAX_DEPTH, YamlError, compose_yaml, load_yaml

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
    plain, fast = yaml_reader._LOADERS
    assert yaml_reader._load(fast, text)[1] == yaml_reader._load(plain, text)[1] == load(text)


def test_what_one_reader_refuses_the_other_is_asked() -> None:
    """Pairs of escapes are one character in JSON, which libyaml does not know."""
    with pytest.raises(yaml.YAMLError):
        yaml_reader._load(yaml_reader._LOADERS[1], r'a: "\ud83d\ude00"')
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


# What libyaml reads and PyYAML's own parser does not, the other way round, and what both read in their own ways.
ODD = [
    "a:\tx\n", 'a:\t"x y"\n', "a: b\t# c\n", "a\t: 1\n", "a: tab\tin\tb\n", "a: x \t\nb: 1\n", "a:\t\nb: 1\n",
    "a: \t# c\nb: 1\n", "a: [\tx,\ty\t]\n", "a: {x:\t1}\n", "a: {\tx: 1\t}\n", "a: !!str\tx\n", "a: &b\tx\n",
    "a: |\t\n  x\n", "a: |\n \tx\n", "a: &x 1\nb: &x 2\n", "a: &x [1]\nb: &x [2]\nc: *x\n", "&k a: 1\nb: *k\n",
    'a: "\\ud83d\\ude00"\nb: 1\n', "a: x\u2028b: 2\n", "a: x\x85b: 2\n", "a: é\nb: 日本\nc: \U0001f600 x\n",
    "\ufeffa: 1\nb: 2\n", "%YAML 1.2\n---\na: 1\n", "a: 1\r\nb: [1,\r\n  2]\r\n", "? a\n: b\n", "? - a\n: b\n",
    "a: >-\n  x\n\n  y\n\nb: 1\n", "a: |2\n   x\nb: 1\n", "a: |+\n  x\n\nb: 1\n", "a: x\n  y\nb: 1\n",
    "a: 'x\n\n  y'\n",
    'a: "a\\\n  b"\n', "a:    \nb:\n", "a: {b: 1, c}\n", "a: [b: 1]\n", "a: [1,2,]\n", 'a: {"b":1,"c":[1,"d"]}\n',
    "<<: {a: 1}\nb: 2\n", "x: &x {a: 1}\n<<: *x\n", "a: !local b\n", "a: !!binary aGk=\n", "a: !!set {x, y}\n",
    "null: 1\n~: 2\n", "2020-01-01: a\n", "a: 12:30:45\n", "a: 0o17\nb: 017\n", "a: 2020-13-45\n", "- a\n", "a\n", "",
    "a: @b\n", "a: `b\n", "a: %b\n", "a: - b\n", 'a: "b" c\n', "a: [b\n", "a: *x\n", "a: 1\n\tb: 2\n", "\ta: 1\n",
    "a: &x [*x]\n", "a: !ruby/object:X {}\n", 'a: "\\q"\n', "a: 1\n b: 2\n", "a: b: c\n", "---\na: 1\n...\n",
    "[a]: 1\n",
]  # fmt: skip


def said_by(read: Callable[[str], object], text: str) -> object:
    try:
        return read(text)
    except YamlError as error:
        return error.message, error.line


def scalar_texts(text: str, node: yaml.Node | None) -> list[str]:
    """The text at the place of every scalar."""
    if isinstance(node, yaml.ScalarNode):
        return [text[node.start_mark.index : node.end_mark.index]]
    children = node.value if isinstance(node, yaml.SequenceNode) else sum(node.value, ()) if node else ()
    return [piece for child in children for piece in scalar_texts(text, child)]


def values(node: yaml.Node | None) -> list[str]:
    if isinstance(node, yaml.ScalarNode):
        return [node.value]
    children = node.value if isinstance(node, yaml.SequenceNode) else sum(node.value, ()) if node else ()
    return [value for child in children for value in values(child)]


def tree(node: yaml.Node | None) -> object:
    if node is None or isinstance(node, yaml.ScalarNode):
        return node and node.value
    if isinstance(node, yaml.SequenceNode):
        return [tree(child) for child in node.value]
    return [(tree(name), tree(value)) for name, value in node.value]


@pytest.mark.parametrize("text", ODD, ids=repr)
def test_nodes_are_those_that_the_value_is_made_of(text: str) -> None:
    """What one of the two functions refuses the other refuses, with the same words and line."""
    value = said_by(load, text)
    node = said_by(lambda text: compose_yaml(text, max_bytes=LIMIT), text)
    if isinstance(node, yaml.MappingNode):
        assert isinstance(value, dict)
    elif isinstance(node, tuple):
        assert node == value
    else:
        assert not isinstance(value, dict)


@pytest.mark.parametrize("text", [text for text in ODD if "!" not in text and "&" not in text], ids=repr)
def test_places_of_nodes_count_characters_of_the_text(text: str) -> None:
    try:
        node = compose_yaml(text, max_bytes=LIMIT)
    except YamlError:
        return
    for written, value in zip(scalar_texts(text, node), values(node), strict=True):
        if written and written[0] not in "|>":
            assert values(compose_yaml(written, max_bytes=LIMIT)) == [value]


ATOMS = st.sampled_from(
    [*"abc:#-?,[]{}&*!|>'\"%@` \t\n", "a: ", "\n", "  ", "- ", "\t", "&x ", "*x", "'", '"', "é", "\r\n"]
)


@given(st.lists(ATOMS, max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_by_both_functions_alike(text: str) -> None:
    value = said_by(load, text)
    node = said_by(lambda text: compose_yaml(text, max_bytes=LIMIT), text)
    assert isinstance(node, tuple) == (isinstance(value, tuple) and len(value) == 2)


@given(st.lists(ATOMS, max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_where_both_parsers_read_a_text_its_places_are_the_same(text: str) -> None:
    found = []
    for loader in yaml_reader._LOADERS:
        try:
            found.append(yaml_reader._load(loader, text)[0])
        except (YamlError, yaml.YAMLError, ValueError, TypeError):
            return
    assert scalar_texts(text, found[0]) == scalar_texts(text, found[-1])
    assert tree(found[0]) == tree(found[-1])
