"""The read API for machines, at /api: the fleet as data, for those with a token or signed in."""
