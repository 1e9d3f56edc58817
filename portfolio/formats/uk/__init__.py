"""Formats of Ukrainian."""
