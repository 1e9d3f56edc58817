"""Real clipboards: formatted text of every source, files, addresses, and what the note above the body says."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.admin_window import AdminWindow

FOLDER = Path(__file__).parents[1] / "admin" / "pasted"
PASTE = """(field, [types, files]) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(types)) data.setData(type, text);
    if (types["text/html"] && !types["text/plain"]) {
        const page = new DOMParser().parseFromString(types["text/html"], "text/html");
        data.setData("text/plain", page.body.innerText);
    }
    for (const [name, type, coded] of files) {
        const bytes = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
    }
    const dropped = field.dataset.drop;
    const event = dropped
        ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
        : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    field.dispatchEvent(event);
}"""


def png(colour: str) -> str:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


def paste(field: Locator, html: str = "", text: str = "", files: list[tuple[str, str, str]] = (), **types: str) -> None:
    types |= {"text/html": html} if html else {}
    types |= {"text/plain": text} if text else {}
    field.evaluate(PASTE, [types, [list(file) for file in files]])


@pytest.fixture(scope="module")
def form_address() -> dict[str, str]:
    """The address of the form of a new post, once it has been reached by way of the menu."""
    return {}


@pytest.fixture
def admin(sign_in: Callable[..., AdminWindow], form_address: dict[str, str]) -> AdminWindow:
    if address := form_address.get("post"):
        admin = sign_in("moderator", address)
        admin.settle()
    else:
        admin = sign_in("moderator")
        admin.begin("Post", "Blog post")
        form_address["post"] = admin.page.url
    return admin


def body(admin: AdminWindow) -> Locator:
    return admin.page.get_by_role("region", name="Body", exact=True)


def field(part: Locator) -> Locator:
    textbox = part.get_by_role("textbox").first
    textbox.click()
    return textbox


def note(page: Page) -> Locator:
    return page.locator(".pasted-note")


def kinds(admin: AdminWindow) -> list[str]:
    """The blocks of the body by the names in the form's data."""
    return admin.page.evaluate(
        """() => [...document.querySelectorAll("input[name^='body-'][name$='-type']")]
            .filter((field) => document.querySelector(`[name="${field.name.replace("type", "deleted")}"]`).value === "")
            .filter((field) => /^body-\\d+-type$/.test(field.name))
            .sort((one, other) => order(one) - order(other))
            .map((field) => field.value);
            function order(field) {
                return Number(document.querySelector(`[name="${field.name.replace("type", "order")}"]`).value);
            }"""
    )


def test_google_doc_becomes_blocks_and_the_note_takes_it_back(admin: AdminWindow) -> None:
    text = admin.add_block("Text")
    paste(field(text), (FOLDER / "google_docs.html").read_text("utf-8"))
    expect(note(admin.page)).to_contain_text("Pasted as 6 blocks.")
    expect(note(admin.page)).to_contain_text("An image of another site was not pasted")
    assert kinds(admin) == ["heading", "text", "heading", "table", "code", "divider"]
    code = body(admin).get_by_role("textbox", name="Code")
    expect(code).to_have_value("def wash(gauge):\n    gauge.rinse()")
    note(admin.page).get_by_role("button", name="Undo").click()
    assert kinds(admin) == ["text"]
    expect(note(admin.page)).to_have_count(0)


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("word", ["heading", "heading", "text", "html", "quote", "table"]),
        ("notion", ["heading", "text", "code", "divider", "quote", "table", "text"]),
        ("github_readme", ["heading", "text", "code", "text", "code", "text"]),
        ("github_code", ["code"]),
        ("excel", ["table"]),
        ("sheets", ["table"]),
        ("vs_code", ["code"]),
        ("terminal", ["code"]),
        ("web_page", ["heading", "text", "quote", "code", "quote", "embed", "text", "heading"]),
    ],
)
def test_source_becomes_its_blocks(admin: AdminWindow, source: str, blocks: list[str]) -> None:
    paste(field(admin.add_block("Text")), (FOLDER / f"{source}.html").read_text("utf-8"))
    count = f"Pasted as {len(blocks)} block{'s' if len(blocks) > 1 else ''}."
    expect(note(admin.page)).to_contain_text(count)
    assert kinds(admin) == blocks


def test_picture_in_the_text_is_uploaded_and_its_alt_text_asked_for(admin: AdminWindow) -> None:
    html = f'<p>Look:</p><img src="data:image/png;base64,{png("red")}"><p>Well?</p>'
    paste(field(admin.add_block("Text")), html, "Look: Well?")
    expect(note(admin.page)).to_contain_text("Write an alt text for the picture.")
    assert kinds(admin) == ["text", "image", "text"]
    alternative = body(admin).get_by_role("textbox", name="Alt text")
    expect(alternative).to_be_focused()
    admin.title("A red picture")
    admin.page.wait_for_load_state("networkidle")
    admin.act("Save draft")
    expect(admin.said()).to_contain_text("A red picture")


def test_several_files_are_pasted_and_dropped_at_once(admin: AdminWindow) -> None:
    files = [
        ("one.png", "image/png", png("green")),
        ("two.png", "image/png", png("olive")),
        ("a.txt", "text/plain", "YQ=="),
    ]
    paste(field(admin.add_block("Text")), files=files)
    expect(note(admin.page)).to_contain_text("2 pictures were added.")
    expect(note(admin.page)).to_contain_text("a.txt is not an image")
    assert kinds(admin) == ["image", "image"]
    part = body(admin).get_by_role("region", name="Image").first
    part.evaluate("part => { part.dataset.drop = '1' }")
    paste(part, files=[("three.png", "image/png", png("navy"))])
    expect(note(admin.page)).to_contain_text("1 picture was added.")
    assert kinds(admin) == ["image", "image", "image"]
    paste(part, files=[("bad.png", "image/png", "YQ==")])
    expect(note(admin.page)).to_contain_text("Not pasted: bad.png")


@pytest.mark.parametrize(
    ("address", "blocks"),
    [
        ("https://www.youtube.com/watch?v=abcDEF_1234", ["embed"]),
        ("https://vimeo.com/76979871", ["embed"]),
        ("https://gist.github.com/mara/0123", ["text"]),
    ],
)
def test_address_alone(admin: AdminWindow, address: str, blocks: list[str]) -> None:
    text = admin.add_block("Text")
    paste(field(text), text=address)
    if blocks == ["text"]:
        expect(text.get_by_role("textbox").first).to_contain_text(address)
    else:
        expect(note(admin.page)).to_contain_text("Pasted as 1 block.")
    assert kinds(admin) == blocks


def test_page_of_this_site_becomes_a_link_with_its_title(admin: AdminWindow) -> None:
    base = re.match(r"https?://[^/]+", admin.page.url)[0]
    paste(field(admin.add_block("Text")), text=f"{base}/blog/")
    expect(note(admin.page)).to_contain_text("Pasted as 1 block.")
    expect(body(admin).get_by_role("textbox").first).to_have_text("Blog")


def test_words_in_a_sentence_stay_with_the_editor(admin: AdminWindow) -> None:
    text = admin.add_block("Text")
    admin.write(text, "Before ")
    admin.page.keyboard.press("End")
    paste(text.get_by_role("textbox").first, '<span style="font-weight:700">bold</span> and plain', "bold and plain")
    expect(text.get_by_role("textbox").first).to_contain_text("Before bold and plain")
    expect(note(admin.page)).to_have_count(0)


def test_paragraphs_and_lists_go_into_a_text_that_is_begun(admin: AdminWindow) -> None:
    text = admin.add_block("Text")
    admin.write(text, "Before ")
    html = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>one</p><p>two <b>bold</b></p>"
    paste(text.get_by_role("textbox").first, html, "one two bold")
    expect(text.get_by_role("textbox").first).to_contain_text("two bold")
    assert kinds(admin) == ["text"]


def test_code_and_rows_of_plain_text(admin: AdminWindow) -> None:
    text = admin.add_block("Text")
    paste(
        field(text),
        text="# wait\ndef low(gauge):\n    return gauge.read()\n",
        **{"vscode-editor-data": '{"mode":"python"}'},
    )
    expect(note(admin.page)).to_contain_text("Pasted as 1 block.")
    expect(body(admin).get_by_role("combobox", name="Language")).to_have_value("python")
    expect(body(admin).get_by_role("textbox", name="Code")).to_have_value(
        "# wait\ndef low(gauge):\n    return gauge.read()"
    )
    paste(field(admin.add_block("Text")), text="Day\tLevel\nMonday\t3")
    expect(body(admin).locator("table")).to_have_count(1)


def test_title_and_caption_take_the_text_in_one_line(admin: AdminWindow) -> None:
    title = admin.page.locator("#id_title")
    title.click()
    paste(title, "<h1>Low</h1><p>water</p>", "Low\n\nwater")
    expect(title).to_have_value("Low water")
    image = admin.add_block("Image")
    caption = image.locator(".public-DraftEditor-content").first
    caption.click()
    paste(caption, "<h2>One</h2><table><tr><td>two</td><td>three</td></tr></table>", "One\ntwo\tthree")
    expect(caption).to_have_text("One two three")


def test_quote_takes_the_words_of_what_it_has_no_room_for(admin: AdminWindow) -> None:
    quote = admin.add_block("Quote")
    paste(field(quote), "<p>Said.</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "x")
    expect(quote.get_by_role("textbox").first).to_contain_text("c | d")
    expect(note(admin.page)).to_contain_text("no room for a table")
    assert kinds(admin) == ["quote"]


def test_shift_keeps_the_text_as_it_is(admin: AdminWindow) -> None:
    text = admin.add_block("Text")
    textbox = field(text)
    admin.page.keyboard.down("Shift")
    paste(textbox, text="## Not a heading\n\n- not a list")
    admin.page.keyboard.up("Shift")
    expect(textbox).to_contain_text("## Not a heading")
    assert kinds(admin) == ["text"]


def test_kind_of_plain_text(admin: AdminWindow) -> None:
    kinds_of = {
        "function low() {\n  return 0;\n}": "code",
        "# wait\nfor row in rows:\n    print(row)": "code",
        '{\n  "a": 1,\n  "b": [\n    2\n  ]\n}': "code",
        "$ ls -l\ngauge.py": "code",
        "ines@pier:~/tides$ make\nok": "code",
        "SELECT level\nFROM tides\nWHERE pier = 1;": None,
        "<div>\n  <p>Low</p>\n</div>": "code",
        "## Low water\n\nIt fell; nobody saw it.": "markdown",
        "- one\n- two\n": "markdown",
        "```python\nx = 1\ny = 2\n```": "markdown",
        "Day\tLevel\nMonday\t3": "rows",
        "One.\n\nTwo; and three.": "paragraphs",
        "It fell from the pier;\nnobody saw it,\nand nobody came.": None,
        "From the pier\nto the sluice\nis a mile.": None,
        "https://tides.example/a?b=1": "address",
        "see https://tides.example/": None,
    }
    found = admin.page.evaluate(
        """async (texts) => {
            const { read } = await import("/static/portfolio/admin/paste/clipboard.js");
            return texts.map((text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                return read(data)?.kind ?? null;
            });
        }""",
        list(kinds_of),
    )
    assert dict(zip(kinds_of, found, strict=True)) == kinds_of


def test_nothing_to_paste_is_said_and_leaves_the_block(admin: AdminWindow) -> None:
    paste(field(admin.add_block("Text")), '<img src="https://tides.example/p.png" alt="Rust"><br><br>', " ")
    expect(note(admin.page)).to_contain_text("Nothing was pasted.")
    link = note(admin.page).get_by_role("link", name="https://tides.example/p.png")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert kinds(admin) == ["text"]


def test_note_stays_in_sight_below_and_is_reached_by_keyboard(admin: AdminWindow) -> None:
    paste(field(admin.add_block("Text")), (FOLDER / "google_docs.html").read_text("utf-8"))
    expect(note(admin.page)).to_contain_text("Pasted as 6 blocks.")
    body(admin).get_by_role("region", name="Divider").scroll_into_view_if_needed()
    admin.page.mouse.wheel(0, 4000)
    expect(note(admin.page).get_by_role("button", name="Undo")).to_be_in_viewport()
    note(admin.page).get_by_role("button", name="Undo").focus()
    admin.page.keyboard.press("Enter")
    assert kinds(admin) == ["text"]
