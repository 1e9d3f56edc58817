"""Formats of British English, and of English without a country."""
