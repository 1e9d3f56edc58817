"""``export_markdown`` as it is called: exit codes and messages."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portfolio.models import ImportedAsset, ImportedDocument
from tests.importer.trees import picture, post, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


def call(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("export_markdown", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    tree = write_tree(
        tmp_path / "site", {POST: post("Water *rises*.\n\n![Chart](/img/c.png)\n"), "img/c.png": picture()}
    )
    assert not run(tree).has_errors
    return tree


def test_all_well_is_0_and_says_how_many(imported: Path, tmp_path: Path) -> None:
    code, out, err = call(tmp_path / "out")
    assert (code, err) == (0, "")
    assert out == "Documents: 1 as they were imported, 0 edited, 0 new. 1 pictures and files.\n"
    assert (tmp_path / "out" / POST).read_bytes() == (imported / POST).read_bytes()


def test_a_directory_in_use_is_2_and_stays_as_it_is(imported: Path) -> None:
    code, _, err = call(imported)
    assert code == 2
    assert "is not empty" in err
    assert (imported / POST).is_file()


def test_the_layout_of_hugo_is_not_there_yet_and_says_so(imported: Path, tmp_path: Path) -> None:
    code, _, err = call(tmp_path / "out", "--layout", "hugo")
    assert code == 2
    assert "Hugo is not supported yet" in err
    assert not (tmp_path / "out").exists()


def test_a_layout_that_does_not_exist_is_bad_usage(imported: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export_markdown", str(tmp_path / "out"), "--layout", "gopher")


def test_a_path_in_the_ledger_that_leaves_the_tree_is_an_error_and_the_rest_is_written(
    imported: Path, tmp_path: Path
) -> None:
    ImportedAsset.objects.update(path="../../img/c.png")
    code, out, _ = call(tmp_path / "out")
    assert code == 1
    assert "unsafe-path" in out
    assert (tmp_path / "out" / POST).is_file()
    ImportedDocument.objects.update(path="../tides.md")
    assert call(tmp_path / "more")[0] == 1
    assert not (tmp_path / "tides.md").exists()


def test_a_folder_that_never_had_an_engine_comes_back_as_it_was(tmp_path: Path) -> None:
    source = tmp_path / "notes"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "tides.md").write_bytes(b"\xef\xbb\xbf# Tides\r\n\r\nWater *rises*.\r\n")
    (source / "now.md").write_bytes(b"# Now\n\nMeasuring.")
    assert not run(source).has_errors
    assert call(tmp_path / "out")[0] == 0
    found = {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*.*")}
    assert found == {"deep/tides.md", "now.md"}
    for name in found:
        assert (tmp_path / "out" / name).read_bytes() == (source / name).read_bytes()


def test_the_same_folder_in_the_shape_of_jekyll_has_front_matter_and_a_configuration(tmp_path: Path) -> None:
    source = tmp_path / "notes"
    source.mkdir()
    (source / "now.md").write_text("# Now\n\nMeasuring *water*.\n")
    assert not run(source).has_errors
    code, out, _ = call(tmp_path / "out", "--layout", "jekyll")
    assert code == 0, out
    text = (tmp_path / "out" / "now.md").read_text()
    assert text.startswith("---\nlayout: page\ntitle: Now\npermalink: /now/\n---\n")
    assert (tmp_path / "out" / "_config.yml").is_file()
