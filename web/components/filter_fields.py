"""What to look at of a long list, field by field, and where the list is as a file."""

from web.components.panel import Panel


class FilterFields(Panel, script="filter_fields.js"):
    """Reports `filter` (what each field has, by its name). Its value is the fields, a caption and
    the address of the file."""
