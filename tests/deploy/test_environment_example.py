"""deploy/.env.example: what an operator must decide, in a form that systemd, Docker and a shell read alike."""

from __future__ import annotations

import re

from tests.running_site import ROOT

EXAMPLE = (ROOT / "deploy" / ".env.example").read_text(encoding="utf-8")
LINE = re.compile(r"#?([A-Z][A-Z0-9_]+)=(\S*)")
# What most sites leave as it is.
LEFT_OUT = set(
    "DEBUG HTTPS CSRF_TRUSTED_ORIGINS PAGE_CACHE RELEASE IMPORT_ROOTS STATIC_ROOT HOST PORT BACKPRESSURE "
    "BACKLOG".split()
)


def variables() -> list[str]:
    return [match[1] for line in EXAMPLE.splitlines() if (match := LINE.fullmatch(line))]


def test_a_line_is_a_comment_or_a_variable_without_one() -> None:
    lines = [line for line in EXAMPLE.splitlines() if line and not line.startswith("# ")]
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert len(lines) > 15


def test_every_variable_is_documented_and_none_to_decide_is_missing() -> None:
    settings = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", settings, re.MULTILINE))
    assert set(variables()) - documented == {"POSTGRES_PASSWORD"}
    assert documented - LEFT_OUT - set(variables()) == set()
    assert len(variables()) == len(set(variables()))


def test_the_example_holds_no_secret() -> None:
    values = dict(LINE.fullmatch(line).groups() for line in EXAMPLE.splitlines() if LINE.fullmatch(line))
    assert [name for name, value in values.items() if re.search("SECRET|TOKEN|KEY|PASSWORD", name) and value] == []
