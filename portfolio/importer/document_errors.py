"""Errors that end the import of one document and not the run, and what the report says of them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from portfolio.documents.document import Problem, Severity

# None of the database's errors is among them: the transaction is void then.
UNEXPECTED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class DocumentRefused(Exception):
    """The pages of one document could not be written, and none of them was. The message says why."""


def unexpected(error: Exception) -> Problem:
    """The problem of a document that ended in an unexpected error; the others go on."""
    return Problem(Severity.ERROR, "not-written", f"could not be written ({type(error).__name__}: {error!s:.200})")


def readable(error: ValidationError) -> str:
    """The messages of a validation error in one line; of a body the blocks that are not valid."""
    if isinstance(error, StreamBlockValidationError):
        places = ", ".join(f"block {place}" for place in sorted(error.block_errors))
        return f"the body is not valid ({places})"
    if hasattr(error, "error_dict"):
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return "; ".join(error.messages)
