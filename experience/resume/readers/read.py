"""Read a résumé in any form that is known here: what a file is shows its content, and its name where that does not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from experience.resume.readers import cv_data, europass, hugoblox, json_form, linkedin_export
from experience.resume.readers.resume_file import (
    MAX_BYTES,
    MAX_DEPTH,
    ResumeError,
    ResumeFile,
    checked,
    decoded,
    depth_of,
)
from portfolio.documents.front_matter import FrontMatter, FrontMatterError, split_front_matter
from portfolio.documents.yaml_reader import YamlError, load_yaml

MAX_FILE = 64_000_000  # bytes of a ZIP; of the others a reader allows less
MARKS_AND_SPACE = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # byte order marks of UTF-8 and UTF-16
FORMS = (
    "a JSON Resume, a CV of a Jekyll site (al-folio, academicpages) or for RenderCV, the author of a HugoBlox site, "
    "LinkedIn's data export or a Europass CV"
)
PDF = (
    "a PDF cannot be read. LinkedIn gives the same as a data export (.zip). You can also paste the text under "
    "“Experience from text”."
)


def read_resume(data: bytes, name: str = "") -> ResumeFile:
    """The résumé in a file called ``name``. Raises ``ResumeError``."""
    found = read_file(data, name)
    return replace(found, document=checked(found.document, name))


def read_file(data: bytes, name: str) -> ResumeFile:
    if len(data) > MAX_FILE:
        raise ResumeError(f"the file has more than {MAX_FILE // 1_000_000} MB.", name=name)
    if not data.strip():
        raise ResumeError("the file is empty.", name=name)
    if linkedin_export.is_zip(data):
        return linkedin_export.read_zip(data, name)
    if data.startswith(b"%PDF"):
        raise ResumeError(PDF, name=name)
    if data.lstrip(MARKS_AND_SPACE).startswith(b"<"):
        return europass.read_xml(data.lstrip(), name)
    if len(data) > MAX_BYTES:
        raise ResumeError(f"the file has more than {MAX_BYTES // 1_000_000} MB.", name=name)
    return read_text(decoded(data, name), name)


def read_text(text: str, name: str) -> ResumeFile:
    if (front_matter := front_matter_of(text, name)).syntax:
        if not hugoblox.is_author(front_matter.values):
            raise ResumeError("its front matter is not that of a HugoBlox author.", name=name)
        body = text.encode()[front_matter.body_start :].decode()
        return read_value(front_matter.values, name, body)
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return read_value(json_value(text, name), name)
    if table := linkedin_export.read_csv(text, name):
        return table
    if name.lower().endswith((".csv", ".tsv")):
        raise ResumeError("no line names the columns of a file of LinkedIn's data export.", name=name)
    return read_value(yaml_value(text, name), name)


def front_matter_of(text: str, name: str) -> FrontMatter:
    try:
        return split_front_matter(text.encode(), toml=True)
    except FrontMatterError as error:
        raise ResumeError(error.message, error.line, name) from error


def json_value(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ResumeError(f"this is not JSON: {error.msg}.", error.lineno, name) from error
    except (ValueError, RecursionError) as error:
        message = "this is not JSON that can be read: it is nested too deep, or a number is too long."
        raise ResumeError(message, name=name) from error


def yaml_value(text: str, name: str) -> Any:
    try:
        return load_yaml(text, max_bytes=MAX_BYTES)
    except YamlError as error:
        raise ResumeError(f"this is not YAML that can be read: {error.message}.", error.line, name) from error


def read_value(value: Any, name: str, body: str = "") -> ResumeFile:
    """The résumé in what a JSON or YAML file or front matter holds; ``body`` is the text below it."""
    if depth_of(value) > MAX_DEPTH:
        raise ResumeError("it is nested too deep.", name=name)
    if json_form.is_json_resume(value):
        return json_form.read_json_resume(value)
    try:
        if hugoblox.is_author(value):
            return hugoblox.read_author(value, body)
        if cv_data.is_cv_data(value):
            return cv_data.read_cv_data(value)
    except ResumeError as error:
        raise ResumeError(error.message, error.line, name) from error
    raise ResumeError(f"this is no résumé in a form that is known here: {FORMS}.", name=name)
