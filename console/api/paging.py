"""Reads whole lists page by page: the first page tells how many, the rest come in parallel.

The fleet may change while it is listed, so pages can overlap or leave gaps: each item is kept once,
and the list is read again from the start of the doubt until it is whole.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from itertools import count
from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar

from console.api.budget import IN_FLIGHT

if TYPE_CHECKING:
    from console.api.models.record import Page

Item = TypeVar("Item")
Result = TypeVar("Result")
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
    (so another may have slipped through between two pages), the list is read once more, until a
    reading is whole or finds exactly what the one before found. Readings that never agree are
    joined.
    """
    items: dict[str, Item] = {}
    before: list[str] = []
    for _ in range(READINGS):
        pages = await _reading(fetch, key)
        keys = [key(item) for page in pages for item in page.results]
        fresh = {key(item): item for page in pages for item in page.results}
        totals = {page.total or 0 for page in pages}
        is_whole = len(totals) == 1 and len(fresh) == len(keys) >= max(totals)
        if is_whole or keys == before or len(pages) >= MOST_PAGES:
            return tuple(fresh.values())
        items = {**{each: items[each] for each in items if each not in fresh}, **fresh}
        before = keys
    return tuple(items.values())


async def together(calls: Iterable[Coroutine[Any, Any, Result]]) -> list[Result]:
    """What the calls return, in their order; when one fails, the others end with it."""
    tasks = [asyncio.create_task(call) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


async def _reading(
    fetch: "Callable[[int], Awaitable[Page[Item]]]", key: Callable[[Item], str]
) -> "list[Page[Item]]":
    first = await fetch(0)
    pages = [first]
    if first.results and len(first.results) < (first.total or 0):
        pages += await _rest(fetch, ceil((first.total or 0) / len(first.results)))
    seen = {key(item) for page in pages for item in page.results}
    while _may_go_on(pages) and len(pages) < MOST_PAGES:
        page = await fetch(len(pages))
        pages.append(page)
        new = {key(item) for item in page.results} - seen
        if not new:
            break
        seen |= new
    return pages


async def _rest(fetch: "Callable[[int], Awaitable[Page[Item]]]", end: int) -> "list[Page[Item]]":
    """Pages 1 to `end`, some abreast, up to the first empty one: a total may promise too much."""
    pages: dict[int, Page[Item]] = {}
    numbers = count(1)
    last = min(end, MOST_PAGES)

    async def take() -> None:
        nonlocal last
        while (number := next(numbers)) < last:
            pages[number] = page = await fetch(number)
            if not page.results:
                last = min(last, number)

    await together(take() for _ in range(min(IN_FLIGHT, last - 1)))
    return [pages[number] for number in sorted(pages)]


def _may_go_on(pages: "list[Page[Item]]") -> bool:
    """Whether another page could exist: the last was full, and no total speaks against it. Full
    means as long as it says that pages are, which may be less than was asked for."""
    last = pages[-1]
    full = last.size if last.size and last.size > 0 else PAGE_SIZE
    if not last.results or len(last.results) < full:
        return False
    total = last.total or 0
    return total <= 0 or sum(len(page.results) for page in pages) < total
