"""Noroshi: a status page and communication log that publishes reports and promises."""

__version__ = "0.1.0"
