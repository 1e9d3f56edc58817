"""Feeds: Atom, RSS and JSON Feed, of the whole site and of each term of a taxonomy."""
