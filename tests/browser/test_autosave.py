"""Two requests at once: a page that is being stored by itself when somebody presses Publish."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Response, Route, expect

from tests.browser.admin_window import AdminWindow


def is_store(request: Request) -> bool:
    return request.method == "POST" and "/admin/pages/" in request.url


def is_autosave(event: Request | Response) -> bool:
    return is_store(event.request if isinstance(event, Response) else event)


@pytest.mark.parametrize("pause", [0, 500])  # after half a second the admin has disabled the button
def test_a_page_that_is_being_stored_by_itself_when_publish_is_pressed_is_one_page(
    pause: int, sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page]
) -> None:
    held: list[Route] = []
    admin = sign_in("moderator")
    admin.begin("Post", "Blog post")
    admin.page.route(
        "**/admin/pages/add/**",
        lambda route: held.append(route) if "json" in route.request.headers["accept"] else route.continue_(),
    )
    admin.wait_for_autosave()
    with admin.page.expect_request(is_autosave):
        title = f"Only once after {pause}"
        admin.title(title)
        admin.write(admin.add_block("Text"), "The wave came once.")
    asked: list[Route] = []
    admin.page.route("**/admin/session/**", lambda route: asked.append(route))
    admin.act("Publish")
    admin.page.wait_for_timeout(pause)
    admin.page.unroute("**/admin/session/**")
    for route in asked:
        route.continue_()
    admin.page.wait_for_timeout(pause)
    for route in held:
        route.continue_()
    admin.click(admin.page.get_by_role("button", name="Publish now"))
    expect(admin.said()).to_contain_text("published")
    admin.page.goto(f"/admin/posts/?q=Only+once+after+{pause}")
    expect(admin.page.get_by_role("main").get_by_role("link", name=title, exact=True)).to_have_count(1)
    reader = windows()
    reader.goto(f"/blog/only-once-after-{pause}/")
    expect(reader.get_by_text("The wave came once.")).to_be_visible()
