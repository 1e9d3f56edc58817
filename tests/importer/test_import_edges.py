"""What owners' sites hold that nobody plans for."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from blog.models import BlogPage, InterviewPage
from experience.models import ExperienceIndexPage, ExperiencePage, Organisation
from portfolio.importer.bulk import pages
from portfolio.importer.ledger import Ledger
from portfolio.importer.writer import SiteWriter
from portfolio.models import HomePage
from portfolio.models.ledger import ImportedDocument, ImportedPage
from tests.importer.trees import codes, every_file, picture, post, row, run, stored_files, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"
CAREER = (
    "---\ntitle: Career\npermalink: /career/\n---\n#### (2019 - 2021) Quay Labs\n\n**Rope**.\n\n"
    "#### (2021 - 2022) Tern Ltd\n\nBirds.\n"
)


def addresses_are_sound() -> bool:
    pages = {page.path: page for page in Page.objects.filter(depth__gt=1)}
    return all(
        page.url_path == f"{pages[page.path[: -page.steplen]].url_path}{page.slug}/"
        for page in pages.values()
        if page.depth > 2
    )


def test_entries_lie_below_the_address_their_index_took(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {"career.md": CAREER}))
    assert addresses_are_sound()
    assert client.get("/career/quay-labs-2019-2021/").status_code == 200
    index = ExperienceIndexPage.objects.get()
    index.slug = "cv"
    index.save_revision().publish()
    assert addresses_are_sound()
    assert client.get("/cv/quay-labs-2019-2021/").status_code == 200


def test_the_old_address_of_the_experience_page_leads_to_the_name_of_its_file(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {"experience.md": CAREER}))
    assert client.get("/career/", follow=True).redirect_chain == [("/experience/", 301)]
    assert client.get("/experience/quay-labs-2019-2021/").status_code == 200


def test_pages_lie_below_a_front_page_that_had_another_slug(tmp_path: Path, client: Client) -> None:
    home = HomePage.objects.get()
    home.slug = "welcome"
    home.save()
    front = "---\ntitle: Saltmarsh\npermalink: /\n---\nx\n"
    about = "---\ntitle: About\npermalink: /about/\n---\nx\n"
    files = {"_posts/2021-05-04-tides.md": post("Words.\n"), "about.md": about, "career.md": CAREER, "index.md": front}
    report = run(write_tree(tmp_path, files))
    assert [item for document in report.documents for item in codes(document)] == []
    assert addresses_are_sound()
    assert row(report, "about.md").page_url == "/about/"


def test_a_second_site_gets_an_experience_page_of_its_own(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path / "one", {"career.md": CAREER}))
    other = CAREER.replace("/career/", "/jobs/").replace("Career", "Jobs").replace("Quay Labs", "Bell Buoys")
    run(write_tree(tmp_path / "two", {"jobs.md": other}, "url: https://other.example\n"))
    titles = [role.organisation.name for group in client.get("/jobs/").context["groups"] for role in group.roles]
    assert titles == ["Tern Ltd", "Bell Buoys"]
    assert [len(group.roles) for group in client.get("/career/").context["groups"]] == [1, 1]
    assert addresses_are_sound()


def test_an_index_an_editor_wrote_stays_and_the_old_address_leads_to_it(tmp_path: Path, client: Client) -> None:
    index = ExperienceIndexPage.objects.get()
    index.title = "My years"
    index.save_revision().publish()
    report = run(write_tree(tmp_path, {"career.md": CAREER}))
    assert codes(row(report, "career.md")) == ["edited-here"]
    assert ExperienceIndexPage.objects.get().title == "My years"
    assert client.get("/career/", follow=True).redirect_chain == [("/experience/", 301)]
    assert ExperiencePage.objects.child_of(index).count() == 2


def test_a_post_that_the_source_no_longer_publishes_is_taken_down_and_may_come_back(
    tmp_path: Path, client: Client
) -> None:
    tree = write_tree(tmp_path, {POST: post("Rises.\n")})
    run(tree)
    write_tree(tree, {POST: post("Falls.\n", published="false")})
    report = run(tree)
    assert codes(row(report, POST)) == ["unpublished"]
    assert client.get("/blog/tides/").status_code == 404
    assert BlogPage.objects.get().get_latest_revision_as_object().body[0].value.source == "<p>Falls.</p>"
    write_tree(tree, {POST: post("Falls.\n")})
    run(tree)
    assert client.get("/blog/tides/").status_code == 200


def test_names_too_long_for_their_field_are_reported_and_left_out(tmp_path: Path) -> None:
    tree = write_tree(
        tmp_path,
        {
            POST: post("x\n", tags=f"[{'t' * 101}, short]", categories=f"[{'c' * 201}]", series="s" * 201),
            "career.md": CAREER.replace("Quay Labs", "O" * 201).replace("Rope", "R" * 101),
        },
    )
    report = run(tree)
    assert codes(row(report, POST)) == ["name-too-long"] * 3
    assert list(BlogPage.objects.get().tags.names()) == ["short"]
    assert codes(row(report, "career.md")) == ["name-too-long", "name-too-long"]
    assert Organisation.objects.filter(name="O" * 200).exists()


def test_a_tag_without_a_letter_has_an_address_too(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {POST: post("x\n", tags="['💥', '🌊']")}))
    page = BlogPage.objects.get()
    assert len({tag.slug for tag in page.tags.all()}) == 2
    assert client.get(page.url).status_code == 200
    for tag in page.tags.all():
        assert client.get(f"/tags/{tag.slug}/").status_code == 200


def test_addresses_that_are_none_are_left_out_with_an_error(tmp_path: Path) -> None:
    tree = write_tree(
        tmp_path,
        {
            POST: post("x\n", canonical_url="javascript:alert(1)"),
            "career.md": CAREER.replace("**Rope**", "[Quay Labs](javascript:alert(1))"),
        },
    )
    report = run(tree)
    assert codes(row(report, POST)) == ["bad-address"]
    assert BlogPage.objects.get().canonical_url == ""
    assert Organisation.objects.get(name="Quay Labs").url == ""


def test_what_is_left_to_a_guess_is_a_draft(tmp_path: Path) -> None:
    tree = write_tree(
        tmp_path, {"_posts/2020-13-45-when.md": "---\ntitle: When\n---\nx\n", "_interviews/a.txt": "Hm.\n"}
    )
    report = run(tree)
    assert "bad-date" in codes(row(report, "_posts/2020-13-45-when.md"))
    assert not BlogPage.objects.filter(live=True).exists()
    assert not InterviewPage.objects.filter(live=True).exists()


def test_a_picture_lost_from_the_storage_does_not_break_the_page(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {POST: post("Term\n: ![C](/c.png)\n", image="/c.png"), "c.png": picture()}))
    page = BlogPage.objects.get()
    page.cover.file.storage.delete(page.cover.file.name)
    page.cover.renditions.all().delete()
    assert client.get(page.url).status_code == 200


HALVES = {
    "labels": "A talk with Edda Marsh\n\nA: I was nine.\n\nQ: And it worked?\n\nA: It rang.\n\nQ: What next?\n",
    "quotes": "A talk with Edda Marsh\n\nDid it work?\n\n“It rang.”\n\nAnd then?\n\n“I was nine.”\n\nWhat next?\n",
    "dashes": "Entrevista a Edda Marsh\n\n—Era niña.\n\n—¿Y funcionó?\n\n—Sonó.\n\n—¿Qué sigue?\n",
    "bold": (
        "A talk with Edda Marsh\n\n**Did it work?**\n\nIt rang.\n\n**And then?**\n\nI was nine.\n\n**What next?**\n"
    ),
    "bare": "A talk with Edda Marsh\n\nDid it work?\n\nIt rang.\n\nAnd then?\n\nI was nine.\n\nWhat next?\n",
}


@pytest.mark.parametrize("alone", [False, True], ids=["in a site", "alone"])
def test_half_an_exchange_is_kept_and_reported(tmp_path: Path, client: Client, alone: bool) -> None:
    texts = {f"_interviews/{name}.txt": text for name, text in HALVES.items()}
    tree = write_tree(tmp_path, texts)
    for path in texts if alone else [""]:
        report = run(tree / path if alone else tree)
        assert not report.has_errors
    for name, text in HALVES.items():
        page = InterviewPage.objects.get(slug=name)
        html = client.get(page.url).content.decode()
        for words in text.replace("*", "").split("\n\n")[1:]:
            assert words.strip("“”—\n").removeprefix("A: ").removeprefix("Q: ") in html
        assert page.body[-1].value["question"].endswith(("next?", "sigue?"))
        if not alone:
            assert "question-without-answer" in codes(row(report, f"_interviews/{name}.txt"))


def test_question_of_many_paragraphs_is_kept_whole(tmp_path: Path) -> None:
    years = range(1900, 1940)
    question = "\n\n".join(f"In the year {year} you mended the gauge by the old mill." for year in years)
    text = f"A talk with Edda Marsh\n\nQ: {question}\n\nWhy?\n\nA: It broke.\n\nQ: And now?\n\nA: It runs.\n"
    assert not run(write_tree(tmp_path, {"_interviews/mill.txt": text})).has_errors
    asked = InterviewPage.objects.get().body[0].value["question"]
    assert len(asked) > 2000
    assert asked.startswith("In the year 1900")
    assert asked.endswith("Why?")


def test_date_in_numbers_is_reported_with_the_reading_that_was_taken(tmp_path: Path) -> None:
    text = "A talk with Edda Marsh\n\n12/06/2023\n\nQ: Why?\n\nA: So.\n\nQ: How?\n\nA: Thus.\n"
    report = run(write_tree(tmp_path, {"_interviews/mill.txt": text}))
    (problem,) = row(report, "_interviews/mill.txt").problems
    assert (problem.code, problem.line) == ("ambiguous-date", 3)
    assert "12 June 2023" in problem.message
    assert "6 December 2023" in problem.message
    page = InterviewPage.objects.get()
    assert page.live
    assert page.date.date().isoformat() == "2023-06-12"


def test_headings_between_the_questions_are_headings(tmp_path: Path) -> None:
    text = "A talk with Edda Marsh\n\n## Early\n\n**Why?**\n\nSo.\n\n## Late\n\n**How?**\n\nThus.\n"
    run(write_tree(tmp_path, {"_interviews/mill.txt": text}))
    page = InterviewPage.objects.get()
    assert [block.block_type for block in page.body] == ["heading", "question_answer"] * 2
    assert page.body[0].value["text"] == "Early"


@pytest.mark.parametrize("edited", [False, True], ids=["update", "merge"])
@pytest.mark.parametrize("owner", [SiteWriter, Ledger])
def test_a_document_that_cannot_be_recorded_changes_neither_its_page_nor_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: type, edited: bool
) -> None:
    def fail(*_: object) -> None:
        raise TypeError("no such row")

    other = "_posts/2021-05-05-ebb.md"
    run(write_tree(tmp_path, {POST: post("Rises.\n")}))
    page = BlogPage.objects.get()
    if edited:
        page.title = "High tides"
        page.save_revision().publish()
    rows = list(ImportedDocument.objects.values()), list(ImportedPage.objects.values())
    stored = Page.objects.values().get(pk=page.pk), page.revisions.count(), stored_files()
    write_tree(tmp_path, {POST: post("Falls.\n\n![Chart](/img/chart.png)\n"), "img/chart.png": picture()})
    with monkeypatch.context() as patch:
        patch.setattr(owner, "record", fail)
        report = run(write_tree(tmp_path, {other: post("Text.\n", title="Ebb")}))
    assert [document.outcome for document in report.documents] == ["rejected", "rejected"]
    assert [codes(document) for document in report.documents] == [["not-written"], ["not-written"]]
    assert (Page.objects.values().get(pk=page.pk), page.revisions.count(), stored_files()) == stored
    assert BlogPage.objects.get().body[0].value.source == "<p>Rises.</p>"
    assert (list(ImportedDocument.objects.values()), list(ImportedPage.objects.values())) == rows
    again = run(tmp_path)
    assert [document.outcome for document in again.documents] == ["merged" if edited else "updated", "created"]
    assert [document.outcome for document in run(tmp_path).documents] == ["unchanged", "unchanged"]


def test_an_error_while_many_documents_are_stored_ends_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise TypeError("no such row")

    monkeypatch.setattr(pages, "SIZE", 1)
    monkeypatch.setattr(pages, "store_children", fail)
    with pytest.raises(TypeError):
        run(write_tree(tmp_path, {POST: post("Rises.\n"), "_posts/2021-05-05-ebb.md": post("Text.\n", title="Ebb")}))
    assert not BlogPage.objects.exists()


def test_a_picture_of_an_update_that_is_refused_serves_the_next_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_tides(page: BlogPage) -> None:
        if page.title == "Tides":
            raise ValidationError("there is no such place")
        super(BlogPage, page).clean()

    files = {POST: post("Text.\n"), "_posts/2021-05-05-ebb.md": post("Text.\n", title="Ebb")}
    run(write_tree(tmp_path, files))
    links = "![Chart](/img/chart.png) [data](/files/data.txt) [plan](/files/plan.xyz)\n"
    files = {path: text + links for path, text in files.items()}
    extra = {"img/chart.png": picture(), "files/data.txt": "1\n", "files/plan.xyz": "2\n"}
    monkeypatch.setattr(BlogPage, "clean", refuse_tides)
    report = run(write_tree(tmp_path, {**files, **extra}))
    assert [document.outcome for document in report.documents] == ["rejected", "updated"]
    monkeypatch.undo()
    files_before = every_file()
    assert [document.outcome for document in run(tmp_path).documents] == ["updated", "unchanged"]
    assert every_file() == files_before
