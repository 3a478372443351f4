"""The screens that have a name of their own, and need nothing but the session."""

from collections.abc import Mapping

from tui.screens.activity import ActivityScreen
from tui.screens.connection import ConnectionScreen
from tui.screens.releases import ReleasesScreen

PAGES: Mapping[str, "type[ActivityScreen | ConnectionScreen | ReleasesScreen]"] = {
    "activity": ActivityScreen,
    "connection": ConnectionScreen,
    "releases": ReleasesScreen,
}
