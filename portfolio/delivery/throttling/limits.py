"""Leaky buckets in the database: a number of attempts at once, then one every few seconds.

They slow guessing down and lock nobody out for good. Empty rows are deleted now and then, so the table stays small.
"""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.db import DatabaseError, IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portfolio.models.throttle import Throttle

logger = logging.getLogger(__name__)

IPV6_PREFIX = 64  # bits: the network of one household or server
CLEAN_UP_SHARE = 0.02  # of the attempts also delete empty rows


@dataclass(frozen=True, slots=True)
class Limit:
    """``burst`` attempts at once, and one more every ``seconds``."""

    name: str
    burst: int
    seconds: float


# Wrong passwords: from one address for any account, for one account from any address, and for one account from a known
# device, so that a stranger cannot use up the owner's attempts.
LOGIN_ADDRESS = Limit("login-address", 20, 180)
LOGIN_ACCOUNT = Limit("login-account", 20, 10)
LOGIN_DEVICE = Limit("login-device", 10, 180)
# Passwords of pages and documents: for one from one address, for any from one address, for one from any address.
PAGE_AND_ADDRESS = Limit("page-and-address", 10, 60)
PAGE_ADDRESS = Limit("page-address", 30, 60)
PAGE = Limit("page", 100, 5)
# Password reset mails: requested from one IP address, sent to one mail address.
RESET_ADDRESS = Limit("reset-address", 5, 600)
RESET_MAIL = Limit("reset-mail", 3, 1200)

Counted = Sequence[tuple[Limit, str]]
"""The limits that one attempt counts for, each with the value it is counted by."""


def take(counted: Counted) -> int:
    """Count one attempt for all limits and return 0; when one is used up, count nothing and return the seconds to wait.

    Rows are locked, so that two processes cannot both take the last attempt. When the database fails the attempt is
    allowed: signing in needs the database anyway.
    """
    now = timezone.now()
    try:
        with transaction.atomic():
            rows = [locked_row(limit, value, now) for limit, value in counted]
            waits = [wait_of(limit, row, now) for (limit, _), row in zip(counted, rows, strict=True)]
            if max(waits) > 0:
                return math.ceil(max(waits))
            for (limit, _), row in zip(counted, rows, strict=True):
                set_level(limit, row, level_of(limit, row, now) + 1, now)
            if random.random() < CLEAN_UP_SHARE:  # noqa: S311 - no secret
                clean_up()
    except DatabaseError:
        logger.exception("An attempt could not be counted")
    return 0


def give_back(counted: Counted) -> None:
    """Remove an attempt from the counts, because the password was right."""
    now = timezone.now()
    with suppress(DatabaseError), transaction.atomic():
        for limit, value in counted:
            row = Throttle.objects.select_for_update().filter(pk=key_of(limit, value)).first()
            if row is not None:
                set_level(limit, row, max(0.0, level_of(limit, row, now) - 1), now)


def locked_row(limit: Limit, value: str, now: datetime) -> Throttle:
    key = key_of(limit, value)
    row = Throttle.objects.select_for_update().filter(pk=key).first()
    if row is None:
        new = Throttle(key=key, level=0, updated=now, empty_at=now)
        try:
            with transaction.atomic():
                new.save(force_insert=True)
            return new
        except IntegrityError:  # another process has created it
            row = Throttle.objects.select_for_update().get(pk=key)
    return row


def set_level(limit: Limit, row: Throttle, level: float, now: datetime) -> None:
    row.level, row.updated = level, now
    row.empty_at = now + timedelta(seconds=level * limit.seconds)
    row.save(force_update=True)


def level_of(limit: Limit, row: Throttle, now: datetime) -> float:
    return max(0.0, row.level - (now - row.updated).total_seconds() / limit.seconds)


def wait_of(limit: Limit, row: Throttle, now: datetime) -> float:
    """Seconds until another attempt is allowed."""
    return max(0.0, (level_of(limit, row, now) + 1 - limit.burst) * limit.seconds)


def key_of(limit: Limit, value: str) -> str:
    return salted_hmac(f"portfolio.throttle.{limit.name}", value, algorithm="sha256").hexdigest()


def clean_up() -> None:
    Throttle.objects.filter(empty_at__lt=timezone.now()).delete()


def client_address(request: HttpRequest) -> str | None:
    """The client's IPv4 address, or the /64 network of its IPv6 address; None when it is unknown."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Network((int(address), IPV6_PREFIX), strict=False).network_address)
    return str(address)
