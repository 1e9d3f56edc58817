"""Readers of résumés: files of other programs as one JSON Resume document. Pure: nothing here imports Django."""
