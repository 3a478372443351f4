"""The core of the Maia runner console: the API, the rules, and what to show, without a toolkit."""

__version__ = "0.1.0"
