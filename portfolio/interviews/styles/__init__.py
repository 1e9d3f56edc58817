"""Dialogue styles: the marks by which a text sets questions apart from answers."""
