"""Draw the README's picture: a running demo site on a desktop and on a phone, side by side.

.venv/bin/python tests/make_readme_picture.py http://127.0.0.1:8000 docs/images/portfolio.png
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HEIGHT, GAP = 980, 40
DESKTOP = ("/", 1200, "light")
PHONE = ("/blog/a-harmonic-fit-in-thirty-lines/", 390, "dark")


def shot(browser: Browser, base: str, path: str, width: int, scheme: str) -> Image.Image:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page = context.new_page()
    page.goto(base + path)
    picture = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return picture.convert("RGB")


def main(base: str, file: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        parts = [shot(browser, base, *what) for what in (DESKTOP, PHONE)]
        browser.close()
    whole = Image.new("RGB", (sum(part.width for part in parts) + GAP, HEIGHT), "white")
    whole.paste(parts[0], (0, 0))
    whole.paste(parts[1], (parts[0].width + GAP, 0))
    file.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(128).save(file, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
