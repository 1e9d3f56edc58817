"""List filters of Jekyll: select, group, sort, add and remove."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cmp_to_key
from typing import Any

from liquid import RenderContext, TokenStream
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, tokenize
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context
from liquid.token import TOKEN_EXPRESSION, Token
from liquid.undefined import is_undefined

_INTEGER = re.compile(r"\s*-?\d{1,18}\s*")
_FLOAT = re.compile(r"\s*-?(?:\d{1,18}\.?\d{0,18}|\.\d{1,18})\s*")


def _items(value: object) -> list[Any] | None:
    """Return the items of a list or the values of a mapping; None for anything else."""
    if value is None or is_undefined(value) or isinstance(value, str):
        return None
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Iterable) else None


def _property(item: Any, name: object) -> Any:
    """Return the value of a dotted name; numeric text as a number, so that it sorts as one."""
    for key in str(name).split("."):
        try:
            item = item[key] if isinstance(item, Mapping) and not is_undefined(item) else None
        except KeyError:
            item = None
    if isinstance(item, str):
        if _INTEGER.fullmatch(item):
            return int(item)
        if _FLOAT.fullmatch(item):
            return float(item)
    return item


def _meets(value: Any, expected: object) -> bool:
    if expected is None or is_undefined(expected):
        return value is None
    text = _string(expected)
    if isinstance(value, str):
        return value == text
    return any(_string(item) == text for item in (value if isinstance(value, list | tuple) else [value]))


def _string(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def where(value: object, name: object = None, expected: object = None) -> Any:
    items = _items(value)
    if items is None or not name or isinstance(expected, list | dict):
        return value
    return [item for item in items if _meets(_property(item, name), expected)]


def find(value: object, name: object = None, expected: object = None) -> Any:
    chosen = where(value, name, expected)
    return (chosen[0] if chosen else None) if isinstance(chosen, list) else chosen


@with_context
def where_exp(value: object, variable: str, expression: str, *, context: RenderContext) -> Any:
    items = _items(value)
    if items is None:
        return value
    condition = BooleanExpression.parse(context.env, _stream(expression))
    return [item for item, met in _each(items, variable, condition, context) if met]


@with_context
def find_exp(value: object, variable: str, expression: str, *, context: RenderContext) -> Any:
    chosen = where_exp(value, variable, expression, context=context)
    return (chosen[0] if chosen else None) if isinstance(chosen, list) else chosen


def _stream(expression: object) -> TokenStream:
    text = str(expression)
    return TokenStream(tokenize(text, Token(TOKEN_EXPRESSION, text, 0, text)))


def _each(items: list[Any], variable: object, expression: Any, context: RenderContext) -> Iterator[tuple[Any, Any]]:
    for item in items:
        with context.extend({str(variable): item}):
            yield item, expression.evaluate(context)


def _groups(pairs: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[str, list[Any]] = {}
    for name, item in pairs:
        groups.setdefault(name, []).append(item)
    return [{"name": name, "items": items, "size": len(items)} for name, items in groups.items()]


def group_by(value: object, name: object) -> Any:
    items = _items(value)
    return value if items is None else _groups((_string(_property(item, name)), item) for item in items)


@with_context
def group_by_exp(value: object, variable: str, expression: str, *, context: RenderContext) -> Any:
    items = _items(value)
    if items is None:
        return value
    parsed = FilteredExpression.parse(context.env, _stream(expression))
    return _groups((_string(group), item) for item, group in _each(items, variable, parsed, context))


def sort(value: object, name: object = None, nils: object = "first") -> Any:
    items = _items(value)
    if items is None:
        raise FilterArgumentError("can sort lists only", token=None)
    missing = 1 if nils == "last" else -1
    pairs = [(item if name is None else _property(item, name), item) for item in items]

    def compare(one: tuple[Any, Any], two: tuple[Any, Any]) -> int:
        return _order(one[0], two[0], missing)

    return [item for _, item in sorted(pairs, key=cmp_to_key(compare))]


def _order(one: Any, two: Any, missing: int) -> int:
    if one is None or two is None:
        return 0 if one is two else (missing if one is None else -missing)
    if type(one) is not type(two) and isinstance(one, date) and isinstance(two, date):
        one, two = _day(one), _day(two)
    try:
        return int(one > two) - int(one < two)
    except TypeError:
        return (str(one) > str(two)) - (str(one) < str(two))


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _count(value: object) -> int:
    return value if type(value) is int and value >= 0 else 1


def pop(value: object, count: object = 1) -> Any:
    return value[: max(len(value) - _count(count), 0)] if isinstance(value, list) else value


def shift(value: object, count: object = 1) -> Any:
    return value[_count(count) :] if isinstance(value, list) else value


def push(value: object, item: object) -> Any:
    return [*value, item] if isinstance(value, list) else value


def unshift(value: object, item: object) -> Any:
    return [item, *value] if isinstance(value, list) else value


def sample(value: object, count: object = 1) -> Any:
    """Return the first items; Jekyll's are random, but an import must be reproducible."""
    if not isinstance(value, list):
        return value
    return value[: _count(count)] if _count(count) != 1 else (value[0] if value else None)


LIST_FILTERS: dict[str, Callable[..., Any]] = {
    "where": where,
    "where_exp": where_exp,
    "find": find,
    "find_exp": find_exp,
    "group_by": group_by,
    "group_by_exp": group_by_exp,
    "sort": sort,
    "pop": pop,
    "shift": shift,
    "push": push,
    "unshift": unshift,
    "sample": sample,
}
