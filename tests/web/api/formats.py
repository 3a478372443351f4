"""Tells Schemathesis what a filter looks like, which its document can only name."""

import schemathesis
from hypothesis import strategies as st

TERMS = ("prod", "-old", "status:running", "track:stable,current", "leaves<14d", '"a b"', "name:*x")

schemathesis.openapi.format(
    "maia-filter", st.lists(st.sampled_from(TERMS), max_size=5).map(" ".join)
)
