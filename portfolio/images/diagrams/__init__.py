"""Diagrams: drawn by programs of others, under limits, as SVG that belongs to the page."""
