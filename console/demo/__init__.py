"""A fake runner API that behaves, served over real HTTP, for tests, benchmarks and demonstrations.

It imports nothing else of this project: a model shared with the client would hide a wrong field
name on both sides.
"""
