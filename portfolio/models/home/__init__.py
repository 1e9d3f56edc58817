"""The home page with its sections, and standard pages."""

from portfolio.models.home.pages import HomePage, StandardPage

__all__ = ["HomePage", "StandardPage"]
