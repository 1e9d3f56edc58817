"""The site as a reader's browser shows it, with JavaScript off unless a test says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect

from tests.browser.addresses import EMBED, NOT_FOUND, OLD_ADDRESSES, PAGES, WITH_EMBED
from tests.running_site import RunningSite

EVERY_PAGE = PAGES | {"not found": NOT_FOUND}
ILLUSTRATED = [WITH_EMBED, PAGES["about"], PAGES["experience"]]


@pytest.fixture
def long_blog(site: RunningSite, tmp_path: Path) -> None:
    """More posts than one page of the list holds, all older than the demo's."""
    posts = tmp_path / "_posts"
    posts.mkdir()
    (tmp_path / "_config.yml").write_text("title: Older notes\npermalink: /older/:title/\n")
    for day in range(1, 26):
        (posts / f"2012-05-{day:02}-low-water-{day}.md").write_text(
            f"---\ntitle: Low water {day}\n---\nDry at {day}.\n"
        )
    site.manage("import_markdown", str(tmp_path))


@pytest.fixture
def maths(site: RunningSite, tmp_path: Path) -> str:
    """The address of a post with sections in sections, wide formulas and a wide table."""
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("title: Sums\npermalink: /sums/:title/\n")
    parts = [f"## Part {part}\n\n### Step {part}\n\n{'Dry at noon. ' * 300}\n" for part in range(1, 5)]
    formula = f"It is $${' + '.join(f'x_{number}' for number in range(40))}$$, as ever.\n"
    table = f"| {' | '.join(f'column{number}' for number in range(30))} |\n"
    table += f"|{'---|' * 30}\n{table}{{: .info}}\n"
    cells = "".join(f"<td>column{number}</td>" for number in range(30))
    spans = f'<table><tr><td rowspan="2">a</td>{cells}</tr><tr>{cells}</tr></table>\n'
    text = "\n".join([formula, f"- {formula}", table, spans, *parts])
    (tmp_path / "_posts" / "2012-05-01-wide.md").write_text(f"---\ntitle: Wide\n---\n{text}")
    site.manage("import_markdown", str(tmp_path))
    return "/blog/wide/"


@dataclass(frozen=True)
class Visit:
    """A page of one kind, opened: ``asked`` holds the addresses that were asked for."""

    address: str
    status: int
    page: Page
    asked: list[str]


@pytest.fixture(scope="module", params=[pytest.param(address, id=kind) for kind, address in EVERY_PAGE.items()])
def visit(request: pytest.FixtureRequest, browser: Browser, site: RunningSite) -> Iterator[Visit]:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    answer = page.goto(request.param, wait_until="networkidle" if request.param == WITH_EMBED else "load")
    assert answer is not None
    yield Visit(request.param, answer.status, page, asked)
    context.close()


def test_page_opens_with_one_heading_a_title_a_main_part_and_a_language(visit: Visit) -> None:
    page = visit.page

    assert visit.status == (404 if visit.address == NOT_FOUND else 200)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "Mara Lindqvist" in page.title()
    assert not page.title().startswith("–"), "the title has only the owner's name"


def test_only_this_site_is_asked(visit: Visit, site: RunningSite) -> None:
    assert visit.asked
    assert [url for url in visit.asked if not url.startswith(f"{site.url}/") and url != "about:srcdoc"] == []


def test_narrow_window_needs_no_sideways_scrolling(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
# Gives each text of the page one long word, but for numbers, and for formulas and code, which scroll.
LENGTHEN = """word => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    if (/\\p{L}/u.test(text.data) && !text.parentElement.closest('pre, math, script, style, select')) text.data = word
  }
}"""


def test_no_word_is_too_long_for_a_narrow_window(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    visit.page.evaluate(LENGTHEN, LONG_WORD)
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    visit.page.reload()
    assert width <= 320


def test_wide_formulas_and_tables_scroll_by_themselves(page: Page, maths: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(maths)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.evaluate("""[...document.querySelectorAll('main *')].filter(
        element => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX == 'auto'
    ).map(element => [element.tagName, element.tabIndex])""")
    assert [index for _, index in wide] == [0] * len(wide), "the keyboard reaches what scrolls"
    assert {"SPAN", "DIV", "TABLE"} <= {name for name, _ in wide}


def test_contents_mark_one_section(page: Page, maths: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(maths)
    page.locator("#step-3").scroll_into_view_if_needed()
    page.mouse.wheel(0, 900)
    marked = page.locator(".contents a:is(:target-current, [aria-current])")
    expect(marked).to_have_count(1)
    expect(marked).to_have_text("Step 3")


def test_scripts_switched_on_bring_no_error_and_no_breach_of_the_content_security_policy(
    browser: Browser, site: RunningSite
) -> None:
    said: list[tuple[str, str]] = []
    address = ""

    def note(message: ConsoleMessage) -> None:
        of_the_page_itself = message.location.get("url") == f"{site.url}{NOT_FOUND}" and "404" in message.text
        if message.type == "error" and not of_the_page_itself:
            said.append((address, message.text))

    context = browser.new_context(base_url=site.url)
    context.on("console", note)
    context.on("weberror", lambda error: said.append((address, str(error.error))))
    page = context.new_page()
    for address in EVERY_PAGE.values():
        page.goto(address)
        for late in page.locator("[loading=lazy]:visible, footer:visible").all():
            late.scroll_into_view_if_needed()
        for enlarge in page.locator("button.enlarge").all():
            enlarge.click()
            expect(page.locator(".enlarged:popover-open img")).to_be_visible()
            page.keyboard.press("Escape")
    context.close()

    assert said == []


@pytest.mark.parametrize("address", ILLUSTRATED)
def test_pictures_load_and_keep_their_place_free(page: Page, address: str) -> None:
    page.goto(address)

    pictures = page.locator("main img").evaluate_all(
        "all => all.map(img => ({src: img.currentSrc, alt: img.getAttribute('alt'), natural: img.naturalWidth,"
        " width: img.getAttribute('width'), height: img.getAttribute('height')}))"
    )
    assert pictures
    for picture in pictures:
        assert picture["natural"] > 0, picture
        assert picture["alt"] is not None, picture
        assert int(picture["width"]) > 0, picture
        assert int(picture["height"]) > 0, picture


def test_navigation_leads_to_each_part_and_home_again(page: Page) -> None:
    page.goto("/")
    for name in ("Blog", "Experience", "Search"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.get_by_role("navigation", name="Main").get_by_role("link", name=name)).to_have_attribute(
            "aria-current", "page"
        )
    page.get_by_role("banner").get_by_role("link", name="Mara Lindqvist").click()
    assert urlsplit(page.url).path == "/"


def test_first_stop_of_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto(WITH_EMBED)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_reader_walks_from_the_list_to_a_post_and_on_to_its_tag(page: Page) -> None:
    page.goto("/blog/")
    page.get_by_role("link", name="Listening to the seabed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listening to the seabed")
    page.get_by_role("link", name="sonar").click()
    assert urlsplit(page.url).path == "/tags/sonar/"
    expect(page.get_by_role("link", name="Listening to the seabed")).to_be_visible()


@pytest.mark.usefixtures("long_blog")
def test_older_posts_are_on_the_next_page_of_the_list(page: Page) -> None:
    page.goto("/blog/")
    pages = page.get_by_role("navigation", name="Pages of this list")
    first = page.get_by_role("main").get_by_role("listitem").first.inner_text()
    pages.get_by_role("link", name="Older").click()

    assert urlsplit(page.url).query == "page=2"
    expect(page.get_by_role("heading", level=1)).to_have_text("Blog")
    expect(page.get_by_text(first)).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile(r"^Low water \d+$")).first).to_be_visible()
    pages.get_by_role("link", name="Newer").click()
    expect(page.get_by_role("main").get_by_role("listitem").first).to_have_text(first, use_inner_text=True)


def test_search_form_finds_a_word_and_says_when_there_is_nothing(page: Page) -> None:
    page.goto("/search/")
    page.get_by_role("searchbox").fill("greased")  # stands only in the middle of a post
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 result for “greased”")
    expect(page.get_by_role("link", name="Listening to the seabed")).to_be_visible()

    page.get_by_role("searchbox").fill("xylophone")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("0 results for “xylophone”")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()


def test_large_picture_opens_and_closes_without_a_script(page: Page) -> None:
    page.goto(WITH_EMBED)
    page.get_by_role("button", name=re.compile("^Enlarge")).first.click()
    opened = page.locator(".enlarged:popover-open")
    expect(opened.get_by_role("img")).to_be_visible()
    opened.get_by_role("button", name="Close").click()
    expect(opened).to_have_count(0)


def test_footnotes_lead_there_and_back(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 700})  # on a wide page notes stand beside their marks
    page.goto(PAGES["post with footnotes"])
    mark = page.locator("[data-article-body] a[href^='#fn']").first
    there = mark.get_attribute("href")
    mark.click()
    assert page.url.endswith(there or "?")
    page.locator(f"[id='{(there or '')[1:]}'] a[href^='#fnref']").first.click()
    assert "#fnref" in page.url
    expect(page.locator(f"[id='{urlsplit(page.url).fragment}']")).to_be_in_viewport()


def test_footnote_comes_up_where_the_reader_is(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(PAGES["post with footnotes"])
    mark = page.locator("[data-article-body] a[href^='#fn']").first
    mark.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    mark.click()
    note = page.locator(".footnotes li:target")
    expect(note).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == before
    note.locator(".reversefootnote").first.click()
    expect(page.locator(".footnotes li").first).not_to_be_in_viewport()
    expect(mark).to_be_in_viewport()


def test_embed_asks_its_site_only_after_a_click(reader: BrowserContext, page: Page, site: RunningSite) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<!doctype html><title>Film</title><p>The film</p>")

    reader.route(lambda url: not url.startswith(site.url), answer)
    page.goto(WITH_EMBED, wait_until="networkidle")
    frame = page.frame_locator("iframe")
    show = frame.get_by_role("link", name="Show it from YouTube")
    show.scroll_into_view_if_needed()
    expect(show).to_be_visible()
    assert asked == []

    show.click()
    expect(frame.get_by_text("The film")).to_be_visible()
    assert asked == [EMBED]
    assert urlsplit(page.url).path == WITH_EMBED, "the page itself stayed"


@pytest.mark.parametrize(("old", "new"), OLD_ADDRESSES.items())
def test_old_address_leads_to_the_page_in_one_step(page: Page, old: str, new: str) -> None:
    answer = page.goto(old)

    assert answer is not None
    assert answer.status == 200
    assert urlsplit(page.url).path == new
    step = answer.request.redirected_from
    assert step is not None
    assert step.redirected_from is None
    first = step.response()
    assert first is not None
    assert first.status == 301


def test_experience_prints_on_at_most_three_pages(page: Page) -> None:
    page.goto("/experience/")
    printed = page.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3


@pytest.fixture
def scripted(browser: Browser, site: RunningSite) -> Iterator[BrowserContext]:
    """A reader's window with scripts, on a system set to light."""
    context = browser.new_context(
        base_url=site.url, color_scheme="light", permissions=["clipboard-read", "clipboard-write"]
    )
    yield context
    context.close()


def paper(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_a_chosen_scheme_is_remembered_and_auto_follows_the_system_again(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    page.goto("/")
    light = paper(page)
    page.get_by_role("button", name="Colours: auto. Change to light").click()
    assert paper(page) == light
    page.get_by_role("button", name="Colours: light. Change to dark").click()
    dark = paper(page)
    assert dark != light

    other = scripted.new_page()
    other.goto("/blog/", wait_until="commit")
    other.wait_for_function("document.documentElement.dataset.scheme === 'dark'")
    assert paper(other) == dark
    other.get_by_role("button", name="Colours: dark. Change to auto").click()
    assert paper(other) == light
    expect(page.get_by_role("button", name="Colours: auto. Change to light")).to_be_visible()
    assert paper(page) == light, "the other window was told"


def test_code_is_copied_as_it_was_written(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    page.goto(PAGES["post with maths"])
    listing = page.locator("figure.code").first
    listing.get_by_role("button", name="Copy").click()
    expect(listing.get_by_role("button", name="Copied")).to_be_visible()
    written = listing.locator("pre").inner_text().rstrip("\n")
    assert page.evaluate("navigator.clipboard.readText()") == written
    assert "\n" in written


def test_results_appear_while_somebody_types(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    page.goto("/search/")
    page.get_by_role("searchbox").press_sequentially("greased")
    expect(page.get_by_role("status")).to_have_text("1 result for “greased”")
    assert page.url.endswith("/search/?q=greased")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Listening to the seabed")).to_be_focused()


@pytest.mark.parametrize("kind", ["home", "post with maths"])
def test_no_button_is_shown_that_could_do_nothing(page: Page, kind: str) -> None:
    page.goto(PAGES[kind])
    expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_buttons_that_come_later_move_nothing(browser: Browser, site: RunningSite, width: int) -> None:
    places = []
    for scripts in (True, False):
        context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        page = context.new_page()
        page.goto("/")
        places.append(
            [page.get_by_role("heading", level=1).bounding_box(), page.get_by_role("contentinfo").bounding_box()]
        )
        context.close()
    assert places[0] == places[1]


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (360, False)])
def test_notes_stand_beside_their_marks_where_there_is_room(page: Page, width: int, beside: bool) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PAGES["post with footnotes"])
    mark, note = (page.locator(f"[data-article-body] {kind}[data-note]").first.bounding_box() for kind in ("sup", "li"))
    assert mark is not None
    assert note is not None
    assert (abs(note["y"] - mark["y"]) < 40) is beside
    text = page.locator("[data-article-body] p").first.bounding_box()
    assert text is not None
    assert (note["x"] + note["width"] < text["x"]) is beside
