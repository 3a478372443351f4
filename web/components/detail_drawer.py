"""One runner in full, with its timeline as a chart."""

import nicegui.elements.echart  # noqa: F401, its chart library becomes a module for scripts

from web.components.panel import Panel


class DetailDrawer(Panel, component="detail_drawer.js"):
    """Reports `close`, and `act` (an action's id). Its value is None while no runner is open."""
