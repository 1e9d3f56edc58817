"""Files that are no résumé, or mean harm, are refused with a message that says where and why."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from experience.resume.readers.linkedin_export import MAX_MEMBERS
from experience.resume.readers.read import read_resume
from experience.resume.readers.resume_file import MAX_BYTES, MAX_ITEMS, ResumeError
from tests.experience.resume_samples import LINKEDIN, POSITIONS, linkedin_zip

BOMB = "Company Name,Title,Started On\n" + "0" * 60_000_000
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CV = "<SkillsPassport><LearnerInfo>{}</LearnerInfo></SkillsPassport>"


def yaml_bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join([*lines, "education: *a11"]).encode()


def with_many_members() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Positions.csv", POSITIONS)
        for number in range(MAX_MEMBERS):
            archive.writestr(f"{number}.txt", "")
    return stream.getvalue()


def encrypted() -> bytes:
    data = bytearray(linkedin_zip({"Positions.csv": POSITIONS}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


# What is refused, and the beginning of the message.
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("cv.yml", lambda: b" \n", "cv.yml: the file is empty"),
    "prose": ("cv.txt", lambda: b"Dear Sir or Madam", "cv.txt: this is no r"),
    "number": ("cv.yml", lambda: b"42", "cv.yml: this is no r"),
    "page": ("post.md", lambda: b"---\ntitle: Tides\ndate: 2020-01-01\n---\nWords", "post.md: its front matter is not"),
    "front matter": ("_index.md", lambda: b"---\ntitle: [\n---\n", "_index.md, line "),
    "json": ("resume.json", lambda: b'{"work": [\n  {"name": }\n]}', "resume.json, line 2: this is not JSON"),
    "deep json": ("resume.json", lambda: b'{"work":' + b"[" * 100_000, "resume.json: this is not JSON that can"),
    "nested json": (
        "cv.json",
        lambda: b'{"education":' + b"[" * 500 + b"]" * 500 + b"}",
        "cv.json: it is nested too deep",
    ),
    "long number": ("resume.json", lambda: b'{"work": ' + b"9" * 5000 + b"}", "resume.json: this is not JSON that can"),
    "yaml": ("cv.yml", lambda: b"cv:\n  name: x\n sections: [", "cv.yml, line 3: this is not YAML"),
    "deep yaml": ("cv.yml", lambda: b"cv: " + b"[" * 5000, "cv.yml, line 1: this is not YAML"),
    "yaml bomb": ("cv.yml", yaml_bomb, "cv.yml, line "),
    "yaml object": ("cv.yml", lambda: b"cv: !!python/object:os.system {}", "cv.yml, line 1: "),
    "long section": (
        "cv.yml",
        lambda: b"- title: Education\n  contents:\n" + b"  - {school: x}\n" * 200,
        "cv.yml: the section",
    ),
    "long author": (
        "me.yaml",
        lambda: b"name: {display: M}\nrole: Keeper\nawards:\n" + b"- {title: x}\n" * 200,
        "me.yaml: the section 'awards' has more",
    ),
    "long list": (
        "resume.json",
        lambda: json.dumps({"work": [{}] * (MAX_ITEMS + 1)}).encode(),
        "resume.json: work has more",
    ),
    "large text": ("cv.yml", lambda: b"a" * (MAX_BYTES + 1), "cv.yml: the file has more than 2 MB"),
    "latin-1": (
        "Positions.csv",
        lambda: "Company Name,Title\n\nÅ,B".encode("latin-1"),
        "Positions.csv, line 3: the text",
    ),
    "half a character": ("cv.yml", lambda: b"\xff\xfea", "cv.yml, line 1: the text is not in UTF-8"),
    "pdf": ("Profile.pdf", lambda: b"%PDF-1.4\n", "Profile.pdf: a PDF cannot be read"),
    "other csv": ("guests.csv", lambda: b"Who,When\nMara,May\n", "guests.csv: no line names"),
    "many lines": (
        "Positions.csv",
        lambda: POSITIONS.encode() + b"\n" * 200_000,
        "Positions.csv: it has more than 100000 lines",
    ),
    "many rows": (
        "Positions.csv",
        lambda: POSITIONS.encode() + b"A,B,C,D,2019,\n" * 501,
        "Positions.csv: it has more than 500",
    ),
    "long field": ("Positions.csv", lambda: POSITIONS.encode() + b'"' + b"x" * 200_000, "Positions.csv, line "),
    "no zip": ("export.zip", lambda: b"PK\x03\x04" + b"x" * 100, "export.zip: the ZIP cannot be read"),
    "cut zip": ("export.zip", lambda: linkedin_zip()[:-30], "export.zip: the ZIP cannot be read"),
    "empty zip": ("export.zip", lambda: linkedin_zip({}), "export.zip: this ZIP has no file of LinkedIn"),
    "other zip": ("cv.docx", lambda: linkedin_zip({"word/document.xml": "<x/>"}), "cv.docx: this ZIP has no file"),
    "zip bomb": ("e.zip", lambda: linkedin_zip({"Positions.csv": BOMB}), "e.zip, Positions.csv: it unpacks to more"),
    "bzip2 bomb": (
        "e.zip",
        lambda: linkedin_zip({"Positions.csv": BOMB}, method=zipfile.ZIP_BZIP2),
        "e.zip, Positions.csv: it is packed",
    ),
    "lzma": ("e.zip", lambda: linkedin_zip(method=zipfile.ZIP_LZMA), "e.zip, Profile.csv: it is packed"),
    "five bombs": (
        "e.zip",
        lambda: linkedin_zip({name: text + f"{' ' * 100}\n" * 19_000 for name, text in LINKEDIN.items()}),
        "e.zip: its files unpack to more than 8 MB",
    ),
    "many members": ("e.zip", with_many_members, "e.zip: the ZIP has more than"),
    "encrypted": ("e.zip", encrypted, "e.zip: the ZIP cannot be read"),
    "xml": ("cv.xml", lambda: b"<SkillsPassport>\n<LearnerInfo>\n</SkillsPassport>", "cv.xml, line 3: this is not XML"),
    "other xml": ("cv.xml", lambda: b"<rss/>", "cv.xml: this XML is no Europass CV"),
    "candidate": (
        "cv.xml",
        lambda: b'<Candidate xmlns="http://www.europass.eu/1.0"/>',
        "cv.xml: this XML is no Europass CV",
    ),
    "entities": ("cv.xml", lambda: (DOCTYPE + CV.format("&b;")).encode(), "cv.xml: this XML has a document type"),
    "external entity": ("cv.xml", lambda: (XXE + CV.format("&a;")).encode(), "cv.xml: this XML has a document type"),
    "no document type": ("cv.xml", lambda: b"<!DOCTYPE x><SkillsPassport/>", "cv.xml: this XML has a document type"),
    "unknown encoding": ("cv.xml", lambda: b'<?xml version="1.0" encoding="x-y"?><a/>', "cv.xml"),
    "large xml": ("cv.xml", lambda: b"<a>" + b"a" * 10_000_001, "cv.xml: the file has more than 10 MB"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_file_is_refused_with_its_name_and_the_reason(case: str) -> None:
    name, data, message = REFUSED[case]
    made = data()
    start = time.process_time()
    with pytest.raises(ResumeError) as refused:
        read_resume(made, name)
    assert str(refused.value).startswith(message)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("case", ["zip bomb", "bzip2 bomb", "many members", "yaml bomb", "entities"])
def test_bomb_takes_little_memory(case: str) -> None:
    name, data, _ = REFUSED[case]
    made = data()
    tracemalloc.start()
    with pytest.raises(ResumeError):
        read_resume(made, name)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000  # bytes


def test_deep_elements_of_a_europass_cv_are_no_problem() -> None:
    text = CV.format("<a>" * 50_000 + "</a>" * 50_000)
    assert read_resume(text.encode()).document == {}


def test_control_characters_and_numbers_without_a_value_are_made_harmless() -> None:
    text = '{"basics": {"name": "Ma\\u0000ra\\ud800", "k\\u0000": NaN}, "work": []}'
    assert read_resume(text.encode()).document == {"basics": {"name": "Mara", "k": "nan"}, "work": []}


def test_path_in_a_zip_writes_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_resume(linkedin_zip(folder="../../"), "export.zip")
    assert [*tmp_path.rglob("*")] == []
