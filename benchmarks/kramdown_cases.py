"""How many of kramdown's own test cases we read as Jekyll's kramdown does: ``make bench-kramdown CASES=FOLDER``.

Every ``NAME.text`` in the folder (``test/testcases`` of kramdown's repository) is rendered with the options beside it,
by the installed kramdown as Jekyll sets it up (``kramdown_cases.rb``) and by us, and compared as a tree of elements,
attributes and text; white space between blocks and the highlighter do not count. Each case that differs is printed;
exit code 1 says that there is one.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

ROOT = Path(__file__).resolve().parents[1]
VERBATIM = {"pre", "textarea", "script", "style"}


def main() -> None:
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--diff", action="store_true", help="Print what differs too.")
    options = parser.parse_args()
    script = Path(__file__).with_suffix(".rb")
    made = subprocess.run(["ruby", script, options.folder], check=True, stdout=subprocess.PIPE)
    cases = json.loads(made.stdout)
    if not cases:
        raise SystemExit(f"{options.folder}: no NAME.text is there")
    differing = 0
    for case in cases:
        path = Path(case["path"])
        wanted, got = lines(case["html"]), lines(rendered(path, case["options"]))
        if wanted == got:
            continue
        differing += 1
        print(path.relative_to(options.folder))
        if options.diff:
            print("\n".join(difflib.unified_diff(wanted, got, "kramdown", "ours", lineterm="")))
    print(f"{len(cases) - differing} of {len(cases)} are read as kramdown reads them")
    sys.exit(bool(differing))


def rendered(path: Path, said: dict[str, Any]) -> str:
    """Our HTML of a case, formulas as TeX: MathML is the one thing that we always make otherwise."""
    from portfolio.engines.markdown_options import markdown_options
    from portfolio.markdown.render import to_html

    options = markdown_options({"kramdown": {**said, "input": "GFM"}})
    return to_html(path.read_text("utf-8"), replace(options, marked_maths=False))


def lines(html: str) -> list[str]:
    """A page as one line for each tag and each text, so that a difference can be read."""
    soup = BeautifulSoup(html, "html.parser")
    for token in soup.select("code span"):
        token.unwrap()
    soup.smooth()
    return list(walk(soup, verbatim=False))


def walk(element: Tag, *, verbatim: bool) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Tag):
            attributes = "".join(f' {name}="{said(value)}"' for name, value in sorted(child.attrs.items()))
            yield f"<{child.name}{attributes}>"
            yield from walk(child, verbatim=verbatim or child.name in VERBATIM)
            yield f"</{child.name}>"
        elif isinstance(child, NavigableString) and (verbatim or child.strip()):
            yield repr(str(child)) if verbatim else re.sub(r"\s+", " ", str(child)).strip()


def said(value: str | list[str]) -> str:
    return " ".join(value) if isinstance(value, list) else value


if __name__ == "__main__":
    main()
