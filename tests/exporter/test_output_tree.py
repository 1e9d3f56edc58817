"""Files go below the destination and nowhere else, and only when all of them are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.exporter.output_tree import ExportImpossible, OutputTree, UnsafePath


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a\0b", "", "a/", "a\\..\\b"])
def test_a_path_that_leaves_the_tree_is_refused(tmp_path: Path, path: str) -> None:
    tree = OutputTree(tmp_path / "out")
    with pytest.raises(UnsafePath):
        tree.write(path, b"x")
    assert sorted(tmp_path.iterdir()) == [tree.root]


def test_nothing_is_at_the_destination_until_all_is_written(tmp_path: Path) -> None:
    tree = OutputTree(tmp_path / "deep" / "out")
    tree.write("a/b.md", b"x")
    assert not (tmp_path / "deep" / "out").exists()
    tree.finish()
    tree.discard()
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]
    assert (tmp_path / "deep" / "out" / "a" / "b.md").read_bytes() == b"x"


def test_an_empty_directory_may_be_the_destination(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    tree = OutputTree(tmp_path / "out")
    tree.write("a", b"x")
    tree.finish()
    assert (tmp_path / "out" / "a").read_bytes() == b"x"


def test_a_destination_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("x")
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("out", "file", "link"):
        with pytest.raises(ExportImpossible):
            OutputTree(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "out"]


def test_a_second_file_of_one_name_gets_a_number(tmp_path: Path) -> None:
    tree = OutputTree(tmp_path / "out")
    tree.write("a/x.md", b"1")
    assert tree.free("a/x.md") == "a/x-2.md"
    with pytest.raises(UnsafePath, match="both"):
        tree.write("a", b"2")
