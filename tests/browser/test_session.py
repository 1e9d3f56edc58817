"""The session ends while somebody writes: what was typed stays, and can be saved after signing in again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin_window import AdminWindow
from tests.running_site import PASSWORD, RunningSite

END_SESSIONS = "from django.contrib.sessions.models import Session\nSession.objects.all().delete()\n"


def end_sessions(site: RunningSite) -> None:
    site.manage("shell", "--verbosity", "0", "-c", END_SESSIONS)


def sign_in_in_a_new_tab(page: Page, name: str) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("Username").fill(name)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("link", name="Account", exact=True)).to_be_visible()
    tab.close()


@pytest.mark.parametrize("button", ["Save draft", "Publish"])
def test_words_stay_in_the_form_and_are_saved_after_signing_in(
    button: str, sign_in: Callable[[str], AdminWindow], site: RunningSite
) -> None:
    admin = sign_in("moderator")
    page = admin.page
    title = f"Written by night, {button.lower()}"
    admin.add_page("Blog", "Blog post")
    admin.wait_for_autosave()
    end_sessions(site)
    admin.title(title)
    notice = page.locator(".session-notice")
    expect(notice).to_contain_text("no longer signed in")  # from autosave, before anything is pressed
    admin.act(button)
    expect(notice).to_contain_text("no longer signed in")
    expect(page.get_by_role("textbox", name="Title").first).to_have_value(title)
    sign_in_in_a_new_tab(page, "moderator")
    expect(notice).to_contain_text("signed in again")
    admin.act(button)
    expect(admin.said()).to_contain_text(title)


def test_form_of_plain_text_waits_too(sign_in: Callable[[str], AdminWindow], site: RunningSite) -> None:
    admin = sign_in("owner")
    page = admin.page
    admin.open_page("About")
    page.goto(page.url.split("/edit/")[0] + "/markdown/")
    text = page.locator("textarea").first
    text.fill("Words of the night.")
    end_sessions(site)
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".session-notice")).to_contain_text("no longer signed in")
    expect(text).to_have_value("Words of the night.")
    sign_in_in_a_new_tab(page, "owner")
    page.get_by_role("button", name="Save").first.click()
    expect(admin.said()).to_contain_text("saved as a draft")
