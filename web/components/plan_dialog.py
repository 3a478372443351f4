"""What an action would do, before it is done."""

from web.components.panel import Panel


class PlanDialog(Panel, script="plan_dialog.js"):
    """Reports `agree` (what was typed) and `cancel`. Shows nothing while its value is None."""
