"""``import_markdown`` as it is called: exit codes, messages, the report file."""

from __future__ import annotations

import json
import time
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from blog.models import BlogPage, InterviewPage
from experience.models import ExperiencePage
from portfolio.images.renditions.generate import is_ready
from portfolio.images.renditions.tasks import make_missing_renditions, make_renditions
from portfolio.models import CustomImage, ImportRun, StandardPage
from portfolio.models.heartbeats import WORKER, Heartbeat
from tests.importer.trees import picture, post, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


def call(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_markdown", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "site", {POST: post("Water *rises*.\n\n![Chart](/img/none.png)\n")})


def test_all_well_is_0_and_warnings_name_file_and_line(tree: Path) -> None:
    code, out, err = call(tree)
    assert (code, err) == (0, "")
    assert f"{POST}:7  missing-image" in out
    assert "1 documents" in out or "1 document " in out


def test_done_with_errors_is_1_and_the_error_names_file_and_line(tree: Path) -> None:
    write_tree(tree, {"_posts/2021-01-01-bad.md": "---\ntitle: [x\n---\n"})
    code, out, _ = call(tree)
    assert code == 1
    assert "_posts/2021-01-01-bad.md:3  bad-front-matter" in out
    assert BlogPage.objects.count() == 1


@pytest.mark.parametrize("arguments", [("nowhere",), ("empty",), ("site", "--config", "nowhere.yml")], ids=str)
def test_nothing_done_is_2_with_a_reason(
    tree: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree.parent)
    (tree.parent / "empty").mkdir()
    code, _, err = call(*arguments)
    assert code == 2
    assert arguments[-1] in err
    assert not BlogPage.objects.exists()


PICTURES = {"img/none.png": picture(), "img/other.png": picture("black")}


@pytest.fixture
def illustrated(tree: Path) -> Path:
    return write_tree(tree, {POST: post("![Chart](/img/none.png) ![Chart](/img/other.png)\n"), **PICTURES})


@pytest.fixture
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tasks that are enqueued; none is run."""
    names: list[str] = []
    for kind in {
        type(make_missing_renditions),
        type(make_renditions),
    }:  # one or two, as Django has its own or not
        monkeypatch.setattr(kind, "enqueue", lambda task, *args: names.append(task.name))
    return names


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit is done at once, as nothing is committed inside a test."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function, *args, **options: function())


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    ("queue", "worker", "arguments", "tasks", "said"),
    [
        ("process", False, [], ["make_missing_renditions"], "; a process in the background makes their sizes."),
        ("database", True, [], ["make_renditions"] * 2, "; the worker makes their sizes."),
        ("database", False, [], [], ", made in all sizes here, because no worker is running."),
        ("process", False, ["--wait"], [], ", made in all sizes."),
        ("database", True, ["--wait"], [], ", made in all sizes."),
    ],
)
def test_pictures_are_left_to_whoever_is_there_and_the_command_says_to_whom(
    illustrated: Path, enqueued: list[str], settings: Any, queue: str, worker: bool, arguments: list[str],
    tasks: list[str], said: str,
) -> None:  # fmt: skip
    settings.TASK_QUEUE = queue
    if worker:
        Heartbeat.beat(WORKER)
    code, out, err = call(illustrated, *arguments)
    assert (code, err) == (0, "")
    assert f"2 new pictures{said}" in out.splitlines()
    assert [name for name in enqueued if name.endswith("renditions")] == tasks
    assert {is_ready(image) for image in CustomImage.objects.all()} == {not tasks}


@pytest.mark.usefixtures("committed")
def test_the_seconds_of_the_report_include_pictures_made_inside(
    illustrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portfolio.management.commands.import_markdown.make_at_once", lambda *args: time.sleep(0.2))
    call(illustrated, "--wait", "--report", tmp_path / "report.json")
    before_pictures = ImportRun.objects.get().report["seconds"]
    assert json.loads((tmp_path / "report.json").read_text())["seconds"] >= before_pictures + 0.2


def test_an_import_without_new_pictures_says_so(tree: Path) -> None:
    assert "No new pictures." in call(tree)[1].splitlines()


def test_an_argument_that_does_not_exist_is_bad_usage(tree: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_markdown", str(tree), "--kind", "gopher")


def test_the_report_is_written_as_json_with_totals_that_add_up(tree: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    call(tree, "--report", file)
    report = json.loads(file.read_text())
    assert set(report) >= {"version", "source", "kind", "documents", "totals", "seconds"}
    assert (report["version"], report["kind"]) == (1, "jekyll")
    (document,) = report["documents"]
    assert document["path"] == POST
    assert document["outcome"] == "created"
    assert document["page_url"] == "/blog/tides/"
    assert document["old_urls"] == ["/2021/05/04/tides.html"]
    assert document["problems"] == [
        {
            "severity": "warning",
            "code": "missing-image",
            "line": 7,
            "message": "/img/none.png is not in the source; it is left out",
        }
    ]
    assert report["totals"]["documents"] == 1
    assert report["totals"]["constructs"] == document["constructs"]


def test_a_dry_run_says_so_and_writes_no_page(tree: Path) -> None:
    code, out, _ = call(tree, "--dry-run")
    assert code == 0
    assert "nothing was written" in out
    assert not BlogPage.objects.exists()


def test_a_dry_run_shows_what_has_changed_in_the_source(tree: Path) -> None:
    call(tree)
    write_tree(tree, {POST: post("Water *falls*.\n\n![Chart](/img/none.png)\n")})
    _, out, _ = call(tree, "--dry-run")
    changed = [line for line in out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-Water *rises*.", "+Water *falls*."]
    assert f"--- imported/{POST}" in out
    assert BlogPage.objects.get().body[0].value.source == "<p>Water <i>rises</i>.</p>"


def test_an_archive_is_imported_like_its_folder(tree: Path, tmp_path: Path) -> None:
    archive = tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(tree / "_config.yml", "site/_config.yml")
        packed.write(tree / POST, f"site/{POST}")
        packed.writestr("site/img/none.png", picture())
    assert call(archive)[0] == 0
    assert [child.block_type for child in BlogPage.objects.get().body] == ["text", "image"]


def test_a_single_text_that_reads_like_a_conversation_becomes_an_interview(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(
        "Reading the water\n\n3 May 2022\n\nNils Aldgate mends tide gauges.\n\n"
        "How did you begin?\n\n“With a bicycle and a spanner.”\n\nAnd now?\n\n“With a boat.”\n"
    )
    assert call(file)[0] == 0
    page = InterviewPage.objects.get()
    assert page.title == "Reading the water"
    assert [child.value["question"] for child in page.body] == ["How did you begin?", "And now?"]


def test_a_single_markdown_file_becomes_a_page(tmp_path: Path) -> None:
    file = tmp_path / "now.md"
    file.write_text("# Now\n\nMeasuring.\n")
    assert call(file)[0] == 0
    assert StandardPage.objects.get().title == "Now"


def test_the_map_says_what_a_document_is(tree: Path, tmp_path: Path) -> None:
    work = "---\ntitle: Work\n---\n## (2019 - 2021) Quay Labs\n\nRope.\n"
    write_tree(tree, {"work.md": work, "private.md": "---\ntitle: Private\n---\nx\n"})
    file = tmp_path / "map.toml"
    file.write_text('[documents]\n"work.md" = "experience"\n"private.md" = "skip"\n')
    assert call(tree, "--map", file)[0] == 0
    assert ExperiencePage.objects.get().organisation.name == "Quay Labs"
    assert not StandardPage.objects.exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("[documents\n", "map.toml"), ('[documents]\n"a" = "novel"\n', "novel"), ("[pages]\n", "[documents]")],
)
def test_a_map_that_cannot_be_used_is_2_with_a_reason(tree: Path, tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "map.toml"
    file.write_text(text)
    code, _, err = call(tree, "--map", file)
    assert code == 2
    assert reason in err
