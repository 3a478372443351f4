"""Reads whole lists page by page: the first page tells how many, the rest come in parallel.

The fleet may change while it is listed, so pages can overlap or leave gaps: each item is kept once,
and the list is read again from the start of the doubt until it is whole.
"""

import asyncio
from collections.abc import Awaitable, Callable
from math import ceil
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from console.api.models.record import Page

Item = TypeVar("Item")
PAGE_SIZE = 100
MOST_PAGES = 1000
"""A server that never ends its list is stopped here."""

READINGS = 3
"""How often a list that changes while it is read is read at most."""


async def whole_list(
    fetch: "Callable[[int], Awaitable[Page[Item]]]", key: Callable[[Item], str]
) -> tuple[Item, ...]:
    """All items in the server's order, each once. `key` is what makes an item itself.

    `total` and `size` may be 0 or missing: then pages are asked for until one is not full. When
    the pages tell different totals, there are fewer items than the total, or an item came twice
    (so another may have slipped through between two pages), the list is read once more. Readings
    that never agree are joined.
    """
    items: dict[str, Item] = {}
    for _ in range(READINGS):
        pages = await _reading(fetch)
        listed = [item for page in pages for item in page.results]
        fresh = {key(item): item for item in listed}
        totals = {page.total or 0 for page in pages}
        is_whole = len(totals) == 1 and len(fresh) == len(listed) >= max(totals)
        items = {**{each: items[each] for each in items if each not in fresh}, **fresh}
        if is_whole:
            return tuple(fresh.values())
    return tuple(items.values())


async def _reading(fetch: "Callable[[int], Awaitable[Page[Item]]]") -> "list[Page[Item]]":
    first = await fetch(0)
    pages = [first]
    if first.total and len(first.results) < first.total:
        count = min(ceil(first.total / max(1, len(first.results))), MOST_PAGES)
        rest = range(1, count)
        tasks = [asyncio.ensure_future(fetch(number)) for number in rest]
        try:
            pages += await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
    while _may_go_on(pages) and len(pages) < MOST_PAGES:
        pages.append(await fetch(len(pages)))
    return pages


def _may_go_on(pages: "list[Page[Item]]") -> bool:
    """Whether another page could exist: the last was full, and no total speaks against it."""
    last = pages[-1]
    if len(last.results) < PAGE_SIZE:
        return False
    total = last.total or 0
    return not total or sum(len(page.results) for page in pages) < total
