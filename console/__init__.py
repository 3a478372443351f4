"""The core of the Maia runner console: the API, the rules, and what to show, without a toolkit."""
