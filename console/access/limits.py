"""How often somebody may try: a few times at will, then after longer and longer waits. Pure but for
what is counted; the time is an argument, and one that was set back makes no wait longer."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

MOST_KEYS = 10_000
"""How many names and addresses are counted at once; the longest unused is forgotten first."""

TOO_OFTEN = "Too many attempts. Try again in {wait}."


@dataclass(frozen=True, slots=True)
class Pace:
    """After `free` failures each further one costs a wait, twice as long as the one before. All is
    forgotten when nothing failed for `memory`."""

    free: int
    first: timedelta
    longest: timedelta
    memory: timedelta = timedelta(hours=1)

    def wait_after(self, failures: int) -> timedelta:
        if failures < self.free:
            return timedelta()
        doublings = min(failures - self.free, 30)
        return min(self.first * (1 << doublings), self.longest)


OF_ACCOUNT = Pace(free=8, first=timedelta(seconds=2), longest=timedelta(minutes=1))
"""Short: whoever guesses at a name must not be able to lock its owner out."""

OF_ADDRESS = Pace(free=20, first=timedelta(seconds=2), longest=timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Tally:
    failures: int
    last: datetime


class Attempts:
    """Counts by key. An attempt is counted as failed when it begins, so that many at once are no
    way around; one that went well is taken back."""

    def __init__(self, pace: Pace, most: int = MOST_KEYS) -> None:
        self._pace = pace
        self._most = most
        self._tallies: OrderedDict[str, Tally] = OrderedDict()

    def wait(self, key: str, now: datetime) -> timedelta:
        """How long until the next attempt of this key; nothing when it may be made now."""
        tally = self._tallies.get(key)
        if tally is None:
            return timedelta()
        if now < tally.last:
            tally = self._tallies[key] = Tally(tally.failures, now)
        if now - tally.last > self._pace.memory:
            del self._tallies[key]
            return timedelta()
        passed = now - tally.last
        return max(timedelta(), self._pace.wait_after(tally.failures) - passed)

    def begin(self, key: str, now: datetime) -> None:
        tally = self._tallies.pop(key, Tally(0, now))
        self._tallies[key] = Tally(tally.failures + 1, now)
        while len(self._tallies) > self._most:
            self._tallies.popitem(last=False)

    def take_back(self, key: str) -> None:
        """The attempt that began last was none that failed."""
        tally = self._tallies.get(key)
        if tally is not None and tally.failures > 1:
            self._tallies[key] = Tally(tally.failures - 1, tally.last)
        else:
            self._tallies.pop(key, None)

    def forget(self, key: str) -> None:
        self._tallies.pop(key, None)


def address_key(address: str) -> str:
    """One for all addresses that one connection has: of IPv6 the first half."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return known.exploded[:19]
