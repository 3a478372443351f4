"""What one tab looks at, as a value: the next one is made of the last and of what was asked for."""

from dataclasses import dataclass, replace

from console.view.query import Query, Typing
from web.address import MOST_TYPED, ORDERS, Address


@dataclass(frozen=True, slots=True)
class Look:
    """`typing` is the filter as it was typed, right or wrong. The rest is as in an address, but for
    what is selected, which is no matter of looking."""

    typing: Typing
    sort: str
    descending: bool
    columns: tuple[str, ...]
    runner: str | None

    @property
    def query(self) -> Query:
        return Query(self.typing.filter, self.sort, self.descending)

    def filtered_by(self, text: str) -> "Look":
        return replace(self, typing=self.typing.typed(text[:MOST_TYPED]))

    def sorted_by(self, key: str) -> "Look":
        """The other way round when it is by that one already; the same for what is no column."""
        if key not in ORDERS:
            return self
        query = self.query.sorted_by(key)
        return replace(self, sort=query.sort, descending=query.descending)

    def of_view(self, saved: Address) -> "Look":
        """The filter, order and columns of a saved view; the runner that is open stays so."""
        look = replace(self, sort=saved.sort, descending=saved.descending, columns=saved.columns)
        return look.filtered_by(saved.filter)

    def address(self, selected: tuple[str, ...]) -> Address:
        text = self.typing.text
        return Address(text, self.sort, self.descending, self.runner, self.columns, selected)


def look_at(address: Address) -> Look:
    typing = Typing().typed(address.filter)
    return Look(typing, address.sort, address.descending, address.columns, address.runner)
