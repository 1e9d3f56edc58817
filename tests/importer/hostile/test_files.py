"""Files that are none, that lie elsewhere, or that say they are larger than any disk."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from django.core.management import call_command

from blog.models import BlogPage
from portfolio.engines import SourceError
from portfolio.importer.assets import images
from portfolio.models.ledger import ImportedFile
from tests.importer.hostile.trees import GOOD
from tests.importer.trees import codes, post, row, run, write_tree

pytestmark = pytest.mark.django_db

SECRET = "the combination is 4711"
POST = "_posts/2021-05-04-tides.md"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    write_tree(folder, {"secret.md": f"---\ntitle: Secret\n---\n{SECRET}\n", "a.yml": f"a: {SECRET}", "a.png": b"x"})
    return folder


def is_nowhere(words: str) -> bool:
    everything = [str(page.body.get_prep_value()) + page.title for page in BlogPage.objects.all()]
    return not any(words in text for text in everything) and not any(
        words.encode() in bytes(file.data) for file in ImportedFile.objects.all()
    )


def test_links_out_of_the_tree_are_refused_one_by_one(tmp_path: Path, outside: Path) -> None:
    tree = write_tree(
        tmp_path / "site", {**GOOD, POST: post("{{ site.data.b.a }} {% include c.md %}\n\n![i](/i.png)\n")}
    )
    (tree / "_posts" / "2021-01-01-secret.md").symlink_to(outside / "secret.md")
    (tree / "_drafts").symlink_to(outside)
    (tree / "_data").symlink_to(outside)
    (tree / "_includes").mkdir()
    (tree / "_includes" / "c.md").symlink_to(outside / "secret.md")
    (tree / "i.png").symlink_to(outside / "a.png")
    (tree / "round.md").symlink_to(tree / "round.md")
    report = run(tree)
    assert codes(row(report, "_posts/2021-01-01-secret.md")) == ["link-out-of-source"]
    assert "missing-image" in codes(row(report, POST))
    assert BlogPage.objects.filter(live=True).count() == 3
    assert is_nowhere(SECRET)


def test_an_export_holds_nothing_from_behind_a_link(tmp_path: Path, outside: Path) -> None:
    tree = write_tree(tmp_path / "site", dict(GOOD))
    for name in ("_data", "_includes", "_layouts"):
        (tree / name).symlink_to(outside)
    run(tree)
    call_command("export_markdown", str(tmp_path / "out"), verbosity=0)
    assert not [file for file in (tmp_path / "out").rglob("*") if file.is_file() and SECRET in file.read_text()]


def test_a_configuration_behind_a_link_is_not_read(tmp_path: Path, outside: Path) -> None:
    tree = write_tree(tmp_path / "site", dict(GOOD))
    (tree / "_config.yml").unlink()
    (tree / "_config.yml").symlink_to(outside / "a.yml")
    with pytest.raises(SourceError, match="link to a file outside"):
        run(tree)


@pytest.mark.parametrize(
    "config",
    [
        "layouts_dir: ../outside",
        "layouts_dir: ../../../../../../../..",
        "includes_dir: ../outside",
        "data_dir: ../outside",
        "collections: {'../outside': {output: true}}",
        "source: ../outside",
    ],
)
def test_folders_that_a_configuration_names_outside_are_not_read(tmp_path: Path, outside: Path, config: str) -> None:
    write_tree(outside, {"_posts/2021-01-01-secret.md": post(SECRET, title="Secret")})
    body = "{{ site.data.a.a }} {% include secret.md %} {% include_relative ../../outside/secret.md %}\n"
    report = run(write_tree(tmp_path / "site", {**GOOD, POST: post(body)}, f"{config}\n"))
    assert {row.outcome for row in report.documents} == {"created"}
    assert is_nowhere(SECRET)
    assert not BlogPage.objects.filter(title="Secret").exists()


def test_collections_outside_are_not_read_either(tmp_path: Path, outside: Path) -> None:
    write_tree(outside, {"_posts/2021-01-01-secret.md": post(SECRET, title="Secret")})
    with pytest.raises(SourceError, match="no document"):
        run(write_tree(tmp_path / "site", dict(GOOD), "collections_dir: ../outside\n"))


def test_devices_pipes_and_sockets_are_refused(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "site", {**GOOD, POST: post("![p](/p.png) [d](/d.pdf)\n")})
    os.mkfifo(tree / "_posts" / "2021-01-01-pipe.md")
    os.mkfifo(tree / "p.png")
    (tree / "d.pdf").symlink_to("/dev/zero")
    (tree / "_posts" / "2021-01-02-zero.md").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tree / "_posts")  # a socket's whole path may have a hundred characters
        listening.bind("2021-01-03-socket.md")
        os.chdir(here)
        report = run(tree)
    assert codes(row(report, "_posts/2021-01-01-pipe.md")) == ["not-a-file"]
    assert codes(row(report, "_posts/2021-01-03-socket.md")) == ["not-a-file"]
    assert codes(row(report, "_posts/2021-01-02-zero.md")) == ["link-out-of-source"]
    assert sorted(codes(row(report, POST))) == ["missing-file", "missing-image"]


def test_sparse_files_are_told_of_and_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terabyte that takes no room on the disk: reading it would end the process."""
    body = "![i](/i.png) [d](/d.pdf) [s](/s.svg)\n\n<video src='/f.mp4'></video>\n"
    names = ("_posts/2021-01-01-huge.md", "i.png", "d.pdf", "s.svg", "f.mp4", "_data/a.yml", "_includes/b.html")
    tree = write_tree(tmp_path / "site", {**GOOD, POST: post(body), **dict.fromkeys(names, "x")})
    for name in names:
        os.truncate(tree / name, 2**40)
    report = run(tree)
    assert codes(row(report, names[0])) == ["file-too-large"]
    assert sorted(codes(row(report, POST))) == ["refused-file"] * 3 + ["unusable-image"]
    assert [problem.code for problem in report.problems] == ["unreadable-file", "unreadable-file", "files-not-kept"]
    assert {row.outcome for row in report.documents} == {"created", "rejected"}
    assert images.MAX_DIGEST_BYTES < 2**40
