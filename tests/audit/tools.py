"""The programs that judge pages: Lighthouse and the Nu HTML checker, installed into a folder that git ignores."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.browser.conftest import EXECUTABLES, FLAGS

FOLDER = Path(__file__).resolve().parents[2] / "build" / "audit"
PACKAGES = ("lighthouse@12", "vnu-jar@26", "@jsonresume/schema@1")
# An embed's frame may run the other site's scripts and keep its own origin. A frame of the page's own origin could free
# itself from its sandbox with that; ours has no script and may load none: docs/decisions/0002-embeds-without-script.md.
# Accents over a formula are combining characters, alone in their element: fonts widen no others over several letters.
SET_ASIDE = (
    "Setting both “allow-scripts” and “allow-same-origin” is not recommended",
    "Text run starts with a composing character",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def install() -> None:
    """Fetch what is missing with npm. The checker is a Java program; Lighthouse drives the Chromium of the tests."""
    missing = [program for program in ("npm", "node", "java") if shutil.which(program) is None]
    if missing:
        raise SystemExit(f"The audit needs {', '.join(missing)}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not all((FOLDER / "node_modules" / name.rpartition("@")[0]).is_dir() for name in PACKAGES):
        options = ["--prefix", ".", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]
        subprocess.run(["npm", "install", *options, *PACKAGES], cwd=FOLDER, check=True)


def package(*path: str) -> Path:
    return FOLDER.joinpath("node_modules", *path)


def lighthouse(address: str) -> tuple[dict[str, int], list[str]]:
    """The four scores of a page on a phone, out of 100, and what cost points."""
    browser = next(found for name in EXECUTABLES if (found := shutil.which(name)))
    done = subprocess.run(
        [
            *["node", str(package("lighthouse", "cli", "index.js")), address, "--quiet", "--output=json"],
            *["--form-factor=mobile", f"--only-categories={','.join(CATEGORIES)}"],
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ],
        env=os.environ | {"CHROME_PATH": browser},
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    report = json.loads(done.stdout)
    scores = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
    return scores, list(costly(report, scores))


def costly(report: dict[str, Any], scores: dict[str, int]) -> Iterator[str]:
    """The audits that count in a category which is not at 100."""
    for name, score in scores.items():
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if score < 100 and reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip()


def nu(folder: Path) -> list[str]:
    """Every error and warning of the HTML files in a folder."""
    done = subprocess.run(
        ["java", "-jar", str(package("vnu-jar", "build", "dist", "vnu.jar")), "--format", "json", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{unquote(Path(said.get('url', '')).stem)}, line {said.get('lastLine', '?')}: {said['message']}"
        for said in messages
        if (said["type"] != "info" or said.get("subType") == "warning")
        and not any(text in said["message"] for text in SET_ASIDE)
    ]
