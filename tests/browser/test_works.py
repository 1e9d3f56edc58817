"""A newcomer makes a project with a cover and a publication from BibTeX, each in less than ten interactions."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.admin_window import SIGN_IN_STEPS, AdminWindow

ENTRY = """\
@article{lindqvist2027,
  title = {Tides in a teacup},
  author = {Lindqvist, Mara and Okafor, Adaeze},
  journal = {Journal of Small Water},
  year = {2027}
}
"""


def test_a_project_with_a_cover_takes_less_than_ten_steps(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page]
) -> None:
    admin = sign_in("moderator")
    admin.click(admin.page.get_by_role("link", name="Project", exact=True).first)
    admin.settle()
    admin.title("Teacup")
    admin.fill(admin.page.get_by_role("textbox", name="Summary"), "It counts the waves in a cup.")
    admin.click(admin.page.get_by_role("region", name="Cover").get_by_role("button", name="Choose an image"))
    chooser = admin.page.get_by_role("dialog")
    admin.click(chooser.get_by_role("link").filter(has=admin.page.get_by_role("img")).first)
    expect(chooser).to_have_count(0)
    admin.publish()
    assert admin.steps - SIGN_IN_STEPS < 10

    reader = windows()
    reader.goto("/projects/")
    card = reader.get_by_role("listitem").filter(has_text="Teacup")
    expect(card.get_by_role("link", name="Teacup")).to_be_visible()
    expect(card.locator("img")).to_have_count(1)
    expect(card).to_contain_text("It counts the waves in a cup.")


def test_a_publication_from_bibtex_takes_less_than_ten_steps(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page]
) -> None:
    admin = sign_in("moderator")
    admin.click(admin.page.get_by_role("link", name="Publications from BibTeX").first)
    admin.fill(admin.page.get_by_label("or entries"), ENTRY)
    admin.click(admin.page.get_by_role("button", name="Import", exact=True))
    expect(admin.said()).to_contain_text("1 created")
    assert admin.steps - SIGN_IN_STEPS < 10

    reader = windows()
    reader.goto("/publications/")
    reader.get_by_role("link", name="Tides in a teacup").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Tides in a teacup")
    expect(reader.get_by_role("main")).to_contain_text("Mara Lindqvist, Adaeze Okafor")
