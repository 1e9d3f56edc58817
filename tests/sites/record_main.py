"""record_main.py SITE OUT.json: the words that Jekyll's pages show in their main content, by address."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bs4 import BeautifulSoup

site, out = Path(sys.argv[1]), Path(sys.argv[2])
with tempfile.TemporaryDirectory() as work:
    subprocess.run(["jekyll", "build", "--quiet", "--source", site, "--destination", work], check=True)
    pages = {}
    for file in sorted(Path(work).rglob("*.html")):
        main = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one("main")
        if main is not None:
            address = "/" + file.relative_to(work).as_posix().removesuffix("index.html")
            pages[address] = " ".join(main.get_text(" ").split())
out.write_text(json.dumps(pages, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
