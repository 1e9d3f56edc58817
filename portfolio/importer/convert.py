"""One source file becomes one document."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import replace

from portfolio.importer.converting import rejected
from portfolio.importer.document import Document, Problem, Severity, SourceNode
from portfolio.importer.excerpt import PARAGRAPH, cut_excerpt
from portfolio.importer.front_values import authors, described, image
from portfolio.importer.frontmatter import FrontMatter, FrontMatterError, key_line, split_front_matter
from portfolio.importer.interview_document import interview_document, is_interview
from portfolio.importer.limits import LONGEST_PATH, MAX_FILE, MAX_OUTPUT
from portfolio.importer.liquid.pieces import untouched
from portfolio.importer.liquid.render import TooMuchOutput, render_liquid
from portfolio.importer.liquid.state import LiquidContext
from portfolio.importer.listing import is_listing, lists_documents
from portfolio.importer.markdown_options import markdown_options
from portfolio.importer.nodes import Body, html_nodes, markdown_nodes, rendered_excerpt
from portfolio.importer.site_context import SiteContext
from portfolio.importer.slugs import page_slug
from portfolio.importer.sources.jekyll import HTML_EXTENSIONS, TEMPLATE_EXTENSIONS
from portfolio.importer.sources.jekyll_address import titleise
from portfolio.importer.sources.jekyll_document import Resolved, moved_to, redirects, resolve
from portfolio.importer.sources.model import SourceFile
from portfolio.importer.sources.plain import resolve_plain
from portfolio.importer.sources.walk import read_bytes
from portfolio.importer.text_check import TextError, decode_body
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.options import Options

LONGEST_TITLE = 255  # characters
_BLOCK_TAGS = frozenset({"if", "unless", "for", "case", "capture", "highlight", "comment", "tablerow", "raw"})


def convert(file: SourceFile, site: SiteContext) -> Document:
    """Read and convert one file. Whatever is wrong with it becomes a problem of the document, never an exception.

    Renders Liquid, which is a program of a stranger: call it in a worker process (`converting` does).
    """
    if file.refused is not None:
        return rejected(file, "", file.refused)
    if len(file.path) > LONGEST_PATH:
        message = f"has a path of {len(file.path)} characters, more than {LONGEST_PATH}"
        return rejected(file, "", Problem(Severity.ERROR, "long-path", message))
    try:
        data = read_bytes(file.absolute, MAX_FILE)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return rejected(file, "", Problem(Severity.ERROR, "unreadable-file", message))
    except ValueError as error:
        return rejected(file, "", Problem(Severity.ERROR, "file-too-large", str(error)))
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        front = split_front_matter(data, toml=site.kind == "plain")
        text = decode_body(data, front.body_start)
    except FrontMatterError as error:
        return rejected(file, sha256, Problem(Severity.ERROR, "bad-front-matter", error.message, error.line))
    except TextError as error:
        return rejected(file, sha256, Problem(Severity.ERROR, error.code, error.message, error.line))
    body = Body(text, front.body_start, data.count(b"\n", 0, front.body_start) + 1)
    if file.kind == file.engine_kind == "interview" and not is_interview(file.path, text):
        file = replace(file, kind="page", engine_kind="page")
    if site.kind == "plain":
        found, kind = resolve_plain(file, front.values, site.local, site.now)
        file = replace(file, kind=kind)
    else:
        found = resolve(file, front.values, site.config, site.local, site.now)
    document = _described(file, sha256, front, found, site, data)
    if file.kind == "interview":
        return _with_short_title(interview_document(document, body, site.local), data)
    try:
        return _with_short_title(_with_body(document, body, found, site), data)
    except TooMuchOutput:
        message = f"grows to more than {MAX_OUTPUT} characters"
        return rejected(file, sha256, Problem(Severity.ERROR, "too-much-output", message))


def _with_short_title(document: Document, data: bytes) -> Document:
    """A title that a page can have. The front matter keeps it whole."""
    if len(document.title) <= LONGEST_TITLE:
        return document
    message = f"the title has {len(document.title)} characters; the page has the first {LONGEST_TITLE - 1}"
    problem = Problem(Severity.WARNING, "long-title", message, key_line(data, "title"))
    title = document.title[: LONGEST_TITLE - 1].rstrip() + "…"
    return replace(document, title=title, problems=(*document.problems, problem))


def _described(
    file: SourceFile, sha256: str, front: FrontMatter, found: Resolved, site: SiteContext, data: bytes
) -> Document:
    """Everything but the body."""
    served = found.public and file.served and bool(found.address)
    url = site.base_path + found.address if served else ""
    others = tuple(site.base_path + address for address in redirects(found.data)) if served else ()
    problems = tuple(
        problem if problem.line else replace(problem, line=key_line(data, problem.message.partition(":")[0]))
        for problem in found.problems
    )
    return Document(
        path=file.path,
        kind=file.kind,
        sha256=sha256,
        title=found.title,
        url=url,
        old_urls=tuple(dict.fromkeys(filter(None, (url, *others)))),
        slug=page_slug(found.slug, found.address),
        date=found.date,
        updated=found.updated,
        draft=not found.public,
        categories=found.categories,
        tags=found.tags,
        authors=authors(found.data, site),
        image=image(found.data),
        description=described(found.data),
        front_matter=front.values,
        front_matter_span=front.span,
        problems=problems,
    )


def _with_body(document: Document, body: Body, found: Resolved, site: SiteContext) -> Document:
    lists = document.kind == "page" and site.kind == "jekyll"
    if lists and is_listing(document.path, body.text, found.data, site):
        return _listing(document)
    try:
        target = moved_to(found.data) if site.kind == "jekyll" else ""
    except ValueError as error:
        document = replace(
            document, problems=(*document.problems, Problem(Severity.WARNING, "bad-address", str(error)))
        )
    else:
        if target:
            return _moved(document, target, site)
    options = replace(markdown_options(site.config), tex_delimiters=site.tex_delimiters)
    extension = posixpath.splitext(document.path)[1].lower()
    context = LiquidContext(site, {**found.data, "title": document.title, "url": found.address}, document.path, options)
    rendered = untouched(body.text)
    liquid = site.kind == "jekyll" and found.data.get("render_with_liquid") is not False
    if liquid:
        rendered = render_liquid(body.text, context)
        rendered = replace(rendered, text=rendered.text.replace("\0", "\ufffd"))  # a filter may have made one
    problems = [replace(problem, line=_file_line(body, problem.line)) for problem in rendered.problems]
    if len(rendered.text) > MAX_OUTPUT:
        raise TooMuchOutput
    if extension in HTML_EXTENSIONS or (site.kind == "jekyll" and extension in TEMPLATE_EXTENSIONS):
        nodes = html_nodes(body, rendered)
    else:
        nodes = markdown_nodes(body, rendered, options)
    if sum(len(node.html) for node in nodes) > MAX_OUTPUT:
        raise TooMuchOutput
    if lists and lists_documents(body.text, site.config["collections"]):
        message = "shows a list of documents as it is now; it will not follow later ones"
        problems.append(Problem(Severity.WARNING, "frozen-list", message, body.line(0)))
    return replace(
        document,
        title=document.title or _heading(nodes) or _title_of_slug(document),
        excerpt=_excerpt(document, body, found, context if liquid else None, site, options),
        flavour=options.flavour,
        settings=options.settings(),
        nodes=nodes,
        problems=(*document.problems, *problems),
    )


def _moved(document: Document, target: str, site: SiteContext) -> Document:
    """A document that is only a redirect: whatever stands in it was never shown."""
    address = site.base_path + target if target.startswith("/") else target
    problem = Problem(Severity.INFO, "redirect-only", f"only sends readers to {address}, and so does its address here")
    title = document.title or _title_of_slug(document)
    return replace(document, title=title, listing=True, moved_to=address, problems=(*document.problems, problem))


def _listing(document: Document) -> Document:
    """A template of the old engine: what it shows comes from other documents, so it is not rendered."""
    problem = Problem(Severity.INFO, "listing-page", "only lists other documents; the new site makes such lists itself")
    title = document.title or _title_of_slug(document)
    return replace(document, title=title, listing=True, problems=(*document.problems, problem))


def _title_of_slug(document: Document) -> str:
    return titleise(document.slug.replace("_", "-"))


def _file_line(body: Body, line: int | None) -> int | None:
    return None if line is None else body.line(0) + line - 1


def _heading(nodes: tuple[SourceNode, ...]) -> str:
    """The text of a page's first heading, when it is one of the first level."""
    first = next((node for node in nodes if node.kind is NodeKind.HEADING), None)
    return str(first.data.get("text", "")).strip() if first and first.data.get("level") == 1 else ""


def _excerpt(
    document: Document, body: Body, found: Resolved, context: LiquidContext | None, site: SiteContext, options: Options
) -> str:
    """As Jekyll renders it: what the front matter says, else what stands before the separator. Pages have none."""
    said = found.data.get("excerpt")
    if isinstance(said, str) and said.strip():
        return said.strip()
    if document.kind == "page":
        return ""
    separator = found.data.get("excerpt_separator") or site.config.get("excerpt_separator", PARAGRAPH)
    markdown = cut_excerpt(body.text, str(separator), _BLOCK_TAGS) if separator else ""
    if context is not None:
        quiet = LiquidContext(context.site, context.page, context.path, context.options)
        markdown = render_liquid(markdown, quiet).text
    return rendered_excerpt(markdown, options)
