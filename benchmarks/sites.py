"""How near an imported Jekyll site comes to what Jekyll makes of it: ``make bench-sites SITES="..." TOOLS=...``.

Each site is written out, rendered by Jekyll itself, imported with no configuration into a new SQLite database, served,
compared document by document, asked for every old address, and exported again. The programs in ``TOOLS`` do the
comparing (docs/bench.md); this one calls them and prints a line of figures for each site.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.site_builds import build_site  # noqa: E402
from benchmarks.site_output import output_figures  # noqa: E402
from benchmarks.site_settings import setting_figures  # noqa: E402
from portfolio.engines.walk import source_files  # noqa: E402

PYTHON = sys.executable
COLUMNS = (
    "documents reachable right title date exact p5 words words-p5 structure code images links maths native empty dead "
    "files settings source same-bytes seconds"
).split()
START_UP = 60  # seconds the server has to answer
NOT_EXPORTED = {"rejected"}
EMPTY_DATABASE = "empty.sqlite3"


@dataclass(frozen=True, slots=True)
class Site:
    """A folder, or a commit of a git directory; ``below`` is the folder in it that holds the site."""

    place: Path
    revision: str
    below: str

    @classmethod
    def read(cls, text: str) -> Site:
        """``PATH``, ``PATH@REVISION``, ``PATH:FOLDER`` or ``PATH@REVISION:FOLDER``."""
        rest, _, below = text.partition(":")
        path, _, revision = rest.partition("@")
        place = Path(path).resolve()
        if not place.is_dir():
            raise SystemExit(f"{path}: is no directory")
        return cls(place, revision or "HEAD", below)

    @property
    def name(self) -> str:
        """What to call it: ``OWNER+NAME/repo`` and ``NAME.git`` by the name of the repository."""
        folder = self.place.parent if self.place.name in ("repo", ".git") else self.place
        name = folder.name.removesuffix(".git").rpartition("+")[2]
        return "-".join([name, *filter(None, self.below.split("/"))])

    @property
    def is_git(self) -> bool:
        return (self.place / "objects").is_dir()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="+", metavar="PATH[@REVISION][:FOLDER]")
    parser.add_argument("--tools", type=Path, required=True, help="The folder of the programs that compare.")
    parser.add_argument("--themes", type=Path, help="A folder with the files of themes that are in a gem, by name.")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "portfolio-sites")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    tools, work = options.tools.resolve(), options.work.resolve()
    environment = settings(work, options.port)
    work.mkdir(parents=True, exist_ok=True)
    manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    make_empty_database(work, environment)
    print(f"{'site':24}" + "".join(f"{column:>11}" for column in COLUMNS), flush=True)
    for text in options.sites:
        site = Site.read(text)
        figures = measure(site, tools, options.themes, work / site.name, environment, options.port)
        print(f"{site.name:24.24}" + "".join(f"{shown(figures[column]):>11}" for column in COLUMNS), flush=True)
    print(f"What differs in a site, document by document, stands in {work}/SITE/parity.txt and parity.json.")


def settings(work: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DEBUG": "0",
        "SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "HTTPS": "0",
        "STATIC_ROOT": str(work / "static"),
    }


def make_empty_database(work: Path, environment: Mapping[str, str]) -> None:
    """The database that every site is imported into a copy of; a later run applies later migrations to it."""
    manage({**environment, "DATABASE_URL": f"sqlite:///{work / EMPTY_DATABASE}"}, "migrate", "--verbosity", "0")


def measure(
    site: Site, tools: Path, themes: Path | None, work: Path, environment: Mapping[str, str], port: int
) -> dict[str, Any]:
    """The figures of one site. What Jekyll made of the same files before is used again."""
    work.mkdir(parents=True, exist_ok=True)
    source, expected, build, layout_words = rendered(site, tools, themes, work)
    for made in ("media", "export"):
        shutil.rmtree(work / made, ignore_errors=True)
    for made in work.glob("db.sqlite3*"):
        made.unlink()
    own = {**environment, "DATABASE_URL": f"sqlite:///{work / 'db.sqlite3'}", "MEDIA_ROOT": str(work / "media")}
    shutil.copy(work.parent / EMPTY_DATABASE, work / "db.sqlite3")
    begin = time.monotonic()
    report = str(work / "import.json")
    text = manage(own, "import_markdown", str(source), "--wait", "--report", report, may_find_faults=True)
    seconds = time.monotonic() - begin
    (work / "import.txt").write_text(text, encoding="utf-8")
    # In this order: the first to ask for a page waits until its pictures are made, and parity.py waits 20 seconds.
    text = manage(own, "check_urls", str(source), "--report", str(work / "urls.json"), may_find_faults=True)
    (work / "urls.txt").write_text(text, encoding="utf-8")
    with served(own, port, work / "server.log"):
        compare = [PYTHON, str(tools / "parity.py"), str(expected), f"http://127.0.0.1:{port}"]
        text = run([*compare, "--json", str(work / "parity.json")], own)
        (work / "parity.txt").write_text(text, encoding="utf-8")
        addresses = json.loads((work / "urls.json").read_bytes())["addresses"]
        output = output_figures(source, build, f"http://127.0.0.1:{port}", addresses, layout_words).as_dict()
        said = setting_figures(source, build, work / "db.sqlite3")
        output |= {"settings": said.share, "missing settings": said.missing}
        (work / "output.json").write_text(json.dumps(output, ensure_ascii=False, indent=1), encoding="utf-8")
    text = manage(own, "export_markdown", str(work / "export"), may_find_faults=True)
    (work / "export.txt").write_text(text, encoding="utf-8")
    return figures(source, work) | {"seconds": seconds}


def rendered(
    site: Site, tools: Path, themes: Path | None, work: Path
) -> tuple[Path, Path, Path, dict[str, dict[str, int]]]:
    """The site's files, what Jekyll makes of each document, the folder with all that it makes for the public, and the
    words that layouts show around any document, by the address of each."""
    if site.is_git:
        commit = run(["git", "--git-dir", str(site.place), "rev-parse", f"{site.revision}^{{commit}}"]).strip()
        files = work / f"source-{commit[:12]}"
        if not files.is_dir():
            below = ["--sub", site.below] if site.below else []
            export = [PYTHON, str(tools / "export_repo.py"), str(site.place), str(files) + ".part"]
            run([*export, "--rev", commit, *below])
            Path(str(files) + ".part").rename(files)
        version = commit
    else:
        files, version = site.place, fingerprint(site.place)
    source = files / site.below
    expected = work / f"jekyll-{version[:12]}.jsonl"
    build = work / f"build-{version[:12]}"
    layout_words = work / f"layouts-{version[:12]}.json"
    if not layout_words.exists():

        def jekyll(copy: Path, listed: Path, *output: Path) -> None:
            run([str(tools / "oracle_jekyll.sh"), *map(str, (copy, listed, *output))], {**os.environ, "PY": PYTHON})

        build_site(source, expected, build, layout_words, themes, jekyll)
    return source, expected, build, json.loads(layout_words.read_bytes())


def fingerprint(folder: Path) -> str:
    """Changes with any file of the folder."""
    facts = sorted(
        f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for path in folder.rglob("*")
        if path.is_file()
    )
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


@contextmanager
def served(environment: Mapping[str, str], port: int, log: Path) -> Iterator[None]:
    """The production server, from when it answers to the end of the block."""
    command = [PYTHON, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "portfolio.wsgi:application"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", server, log)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_UP * 4):
        if server.poll() is not None:
            break
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - an address of this program's own
                return
        except URLError:
            time.sleep(0.25)
    raise SystemExit(f"The server does not answer at {address}; see {log}")


def figures(source: Path, work: Path) -> dict[str, Any]:
    """From what the programs wrote: per cent, but for ``p5`` (a similarity) and numbers of documents and addresses."""
    parity = json.loads((work / "parity.json").read_bytes())["summary"]
    imported = json.loads((work / "import.json").read_bytes())
    checks = json.loads((work / "urls.json").read_bytes())
    asked = checks["totals"]
    output = json.loads((work / "output.json").read_bytes())
    documents = [check for check in checks["addresses"] if check["kind"] not in ("file", "list")]
    right = sum(check["result"] in ("answers", "redirected") for check in documents)
    problems = [problem for document in imported["documents"] for problem in document["problems"]]
    kept = list(source_files(source))
    constructs = imported["totals"]["constructs"]
    parts = sum(constructs.values())
    paths = [document["path"] for document in imported["documents"] if document["outcome"] not in NOT_EXPORTED]
    same = sum(has_same_bytes(source / path, work / "export" / path) for path in paths)
    return {
        "documents": parity["docs"],
        "reachable": parity["reachable%"],
        "right": 100 * right / len(documents) if documents else None,
        "title": parity["title%"],
        "date": parity["date%"],
        "exact": parity["text_exact%"],
        "p5": f"{parity['text_p5']:.4f}",
        "words": output["words"],
        "words-p5": output["words-p5"],
        "structure": parity["structure%"],
        "code": parity["code%"][0],
        "images": parity["images%"][0],
        "links": parity["int_links%"][0],
        "maths": parity["math%"][0],
        "native": 100 * constructs["native"] / parts if parts else None,
        "empty": sum(problem["code"] == "empty-page" and problem["severity"] == "error" for problem in problems),
        "files": output["files"],
        "settings": output["settings"],
        "source": 100 * sum((work / "export" / path).is_file() for path in kept) / len(kept) if kept else None,
        "dead": asked["wrong page"] + asked["more hops"] + asked["not found"] + asked["other"],
        "same-bytes": 100 * same / len(paths) if paths else None,
    }


def has_same_bytes(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def shown(figure: Any) -> str:
    if figure is None:
        return "-"
    return f"{figure:.1f}" if isinstance(figure, float) else str(figure)


def manage(environment: Mapping[str, str], *arguments: str, may_find_faults: bool = False) -> str:
    return run([PYTHON, "manage.py", *arguments], environment, accepted=(0, 1) if may_find_faults else (0,))


def run(command: list[str], environment: Mapping[str, str] | None = None, accepted: tuple[int, ...] = (0,)) -> str:
    """What the program prints; its complaints go to the terminal, and a failure of it ends this one too."""
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in accepted:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main()
