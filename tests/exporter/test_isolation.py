"""Odd front matter is edited as the import read it, and a document that cannot be written stops no other."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command

from blog.models import BlogPage
from portfolio.documents.front_matter import split_front_matter
from portfolio.exporter.document_writer import DocumentWriter
from portfolio.exporter.selection import PageExports
from portfolio.exporter.source_edit.edited_document import EditedDocument
from tests.exporter.test_export import changed_lines, edit, export, files
from tests.importer.trees import run, write_tree

pytestmark = pytest.mark.django_db

# Keys beside the title that libyaml reads and PyYAML's own parser does not, and other odd ones.
ODD = {
    "tab-after-colon": "layout:\tpost\ntags:\t[a, b]\n",
    "tab-before-comment": "layout: post\t# a tab\n",
    "tab-before-colon": "layout\t: post\n",
    "tab-at-the-end": "layout: post \t\n",
    "tab-in-list": "tags: [\ta,\tb\t]\n",
    "tab-after-nothing": "kicker:\t\nlayout: post\n",
    "tab-in-words": "kicker: salt\tand\twater\n",
    "tab-behind-block-sign": "kicker: |\t\n  salt\n",
    "tab-behind-anchor": "kicker: &k\tsalt\n",
    "tab-behind-tag": "kicker: !!str\tsalt\n",
    "anchor-twice": "one: &x 1\ntwo: &x 2\nthree: *x\n",
    "anchor-of-list-twice": "one: &x [1]\ntwo: &x [2]\nthree: *x\n",
    "merge-key": "base: &b {kicker: salt}\n<<: *b\n",
    "escape-pairs": 'kicker: "\\ud83d\\ude00"\n',
    "line-separator": "kicker: salt\u2028layout: post\n",
    "next-line": "kicker: salt\x85layout: post\n",
    "list-as-key": "? kicker\n: salt\n",
    "closing-line-in-text": "kicker: |\n  ---\n  ...\n",
    "local-tag": "kicker: !salt water\n",
    "comments": "# one\n\nlayout: post # two\n# three\n",
}
BODY = "The gauge stood dry.\n"


def document(name: str, head: str) -> bytes:
    return f"---\ntitle: Low water {name}\n{head}date: 2021-05-04 10:00:00 +0000\n---\n{BODY}".encode()


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    sources = {f"_posts/2021-05-04-{name}.md": document(name, head) for name, head in ODD.items()}
    sources["_posts/2021-05-05-plain.md"] = document("plain", "")
    tree = write_tree(tmp_path / "site", sources)
    assert not run(tree).has_errors
    return tree


def test_title_and_words_edited_over_odd_front_matter_change_two_lines(odd: Path, tmp_path: Path) -> None:
    for page in BlogPage.objects.all():
        edit(page, {"stood dry": "stood wet"}, title=page.title.replace("Low", "High"))
    report = export(tmp_path / "out")
    assert report.problems == []
    for name, head in {**ODD, "plain": ""}.items():
        day = "05-05" if name == "plain" else "05-04"
        before = document(name, head)
        after = (tmp_path / "out" / f"_posts/2021-{day}-{name}.md").read_bytes()
        gone, came = changed_lines(before, after)
        assert gone == [f"title: Low water {name}", "The gauge stood dry."]
        assert came == [f"title: High water {name}", "The gauge stood wet."]


def test_tags_edited_over_odd_front_matter_are_read_again(odd: Path, tmp_path: Path) -> None:
    for page in BlogPage.objects.all():
        edit(page, {}, slug=page.slug)
        page.tags.set(["sea", "wind"])
        page.save_revision().publish()
    report = export(tmp_path / "out")
    assert report.problems == []
    for name in ODD:
        head = split_front_matter((tmp_path / "out" / f"_posts/2021-05-04-{name}.md").read_bytes()).values
        before = split_front_matter(document(name, ODD[name])).values
        assert head.pop("tags") == ["sea", "wind"]
        assert head == {key: value for key, value in before.items() if key != "tags"}


def spoiled(wrong: str):
    """Writing the document of that name fails, as something nobody thought of would make it."""
    write = EditedDocument.write

    def failing(self, changes):
        if wrong in self.document.path:
            self.context.tree.write(self.document.path, b"half of it")
            raise KeyError("nobody thought of this")
        return write(self, changes)

    return patch.object(EditedDocument, "write", failing)


def test_document_that_fails_is_copied_and_reported_and_the_rest_goes_on(odd: Path, tmp_path: Path, caplog) -> None:
    for page in BlogPage.objects.all():
        edit(page, {"stood dry": "stood wet"})
    with spoiled("anchor-twice"):
        report = export(tmp_path / "out")
    path = "_posts/2021-05-04-anchor-twice.md"
    ((place, problem),) = report.problems
    assert (place, problem.code, problem.severity) == (path, "not-written", "error")
    assert "nobody thought of this" in problem.message
    assert report.failed == [path]
    assert path not in report.edited
    assert "KeyError" in caplog.text
    sources = files(odd)
    for name, data in files(tmp_path / "out").items():
        if name.startswith("_posts/"):
            assert data == (sources[name] if name == path else sources[name].replace(b"stood dry", b"stood wet"))
    assert report.has_errors
    assert "1 could not be written and are as they were." in report.lines()[-1]


def test_command_ends_with_1_and_names_file_and_line(odd: Path, tmp_path: Path) -> None:
    for page in BlogPage.objects.filter(slug__in=["plain", "comments"]):
        edit(page, {"stood dry": "stood wet"})
    error = ValueError("no such form")
    error.line = 3
    out = StringIO()
    with patch.object(EditedDocument, "write", side_effect=error), pytest.raises(SystemExit) as ended:
        call_command("export_markdown", str(tmp_path / "out"), stdout=out)
    assert ended.value.code == 1
    assert "_posts/2021-05-05-plain.md:3  error  not-written" in out.getvalue()
    assert files(tmp_path / "out").keys() >= files(odd).keys()


def test_new_page_that_fails_has_no_file_and_the_rest_goes_on(odd: Path, tmp_path: Path) -> None:
    page = BlogPage.objects.get(slug="plain")
    for name in ("one", "two"):
        page.get_parent().add_child(instance=BlogPage(title=name, slug=name, date=page.date, body=page.body.raw_data))
    write = DocumentWriter.write_new

    def failing(self, new):
        if new.page.slug == "one":
            raise RuntimeError("no")
        write(self, new)

    with patch.object(DocumentWriter, "write_new", failing):
        report = export(tmp_path / "out")
    assert [problem.code for _, problem in report.problems] == ["not-written"]
    assert not list((tmp_path / "out").rglob("*-one.md"))
    assert list((tmp_path / "out").rglob("*-two.md"))


def test_page_whose_fields_cannot_be_told_is_copied(odd: Path, tmp_path: Path) -> None:
    describe = PageExports.describe

    def failing(self, page):
        if page.slug == "plain":
            raise TypeError("no")
        return describe(self, page)

    with patch.object(PageExports, "describe", failing):
        report = export(tmp_path / "out")
    path = "_posts/2021-05-05-plain.md"
    assert {place for place, _ in report.problems} == {path}
    assert (tmp_path / "out" / path).read_bytes() == (odd / path).read_bytes()


def test_no_room_on_the_disk_stops_the_export(odd: Path, tmp_path: Path) -> None:
    edit(BlogPage.objects.get(slug="plain"), {"stood dry": "stood wet"})
    full = OSError(28, "No space left on device")
    with patch.object(EditedDocument, "write", side_effect=full), pytest.raises(OSError, match="No space"):
        export(tmp_path / "out")
    assert not (tmp_path / "out").exists()
