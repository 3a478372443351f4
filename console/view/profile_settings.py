"""The profiles and their notifications for the settings page: what they are set to, and whether a
secret is kept; never a secret, nor an address that holds one."""

from collections.abc import Mapping

from console.settings import Profile
from console.view.listing import ListedRow, Listing
from console.view.profiles import Profiles
from console.view.table import Cell
from console.view.tone import Tone

ON = Cell("on", Tone.GOOD, "✓", "+")
OFF = Cell("off", Tone.MUTED, "–", "-")
KEPT: Mapping[bool | None, Cell] = {
    True: Cell("kept", Tone.GOOD, "✓", "+"),
    False: Cell("none kept", Tone.WARNING, "!", "!"),
    None: Cell("not known", Tone.MUTED, "?", "?"),
}


def profiles_listing(profiles: Profiles, kept: Mapping[str, bool | None]) -> Listing:
    """`kept` says by name whether there is a client secret, None where that cannot be told."""
    rows = tuple(
        ListedRow(
            each.name,
            (
                Cell(each.name),
                each.cell,
                Cell("open", Tone.GOOD, "●", "*") if each.is_open else Cell("not open", Tone.MUTED),
                KEPT[kept.get(each.name)],
            ),
        )
        for each in profiles.lines
    )
    columns = ("Name", "Region, address", "State", "Credentials")
    return Listing("Profiles", columns, rows)


def notifications_listing(profile: Profile, meanings: Mapping[str, str]) -> Listing:
    """`meanings` are those of all rules, in their order."""
    rows = tuple(
        ListedRow(rule, (Cell(meaning), ON if rule in profile.notices else OFF, Cell(rule)))
        for rule, meaning in meanings.items()
    )
    return Listing(f"Notifications of {profile.name}", ("Told when", "State", "Rule"), rows)


def where_notices_go(profile: Profile) -> Cell:
    number = len(profile.notice_urls)
    if not number:
        said = f"Those of {profile.name} go to nobody: no address is set in notice_urls."
        return Cell(said, Tone.WARNING if profile.notices else Tone.MUTED)
    counted = "1 address" if number == 1 else f"{number} addresses"
    return Cell(f"Those of {profile.name} go to {counted}. maia-console notices test tries them.")
