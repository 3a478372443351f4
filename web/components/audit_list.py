"""The audit by days."""

from web.components.panel import Panel


class AuditList(Panel, script="audit_list.js"):
    """Its value is an `AuditView` with the addresses of the older entries and of the newest, each
    "" where there is none to go to."""
