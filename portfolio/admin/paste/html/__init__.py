"""Clipboard HTML: convert the HTML of word processors, web pages and code editors to document nodes."""
