"""Gives the inline scripts and styles of NiceGUI's one template the number of the answer they stand
in, so that the content policy can forbid all others. What a page adds to itself later gets none."""

from collections.abc import Callable

from jinja2 import BaseLoader, Environment
from nicegui import client as toolkit

NUMBER = 'nonce="{{ request.state.nonce }}"'
CHANGES = (
    ("<script", f"<script {NUMBER}"),
    ("<style", f"<style {NUMBER}"),
    (
        "{{ body_html | safe }}",
        "{{ request.scope.state.pop('shell', '') | safe }}"
        "{{ body_html | replace('<style>', '<style nonce=\"' ~ request.state.nonce ~ '\">')"
        " | safe }}",
    ),
    ('style="display: none"', "hidden"),
)
"""The body also takes what `page_frame` left for it, which nobody has to keep after that. The last
one because a style that stands in an element can have no number."""


class NumberedTemplates(BaseLoader):
    """The templates of another loader, numbered."""

    def __init__(self, templates: BaseLoader) -> None:
        self.templates = templates

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, name, is_current = self.templates.get_source(environment, template)
        for old, new in CHANGES:
            source = source.replace(old, new)
        return source, name, is_current


def number_inline(environment: Environment | None = None) -> None:
    """Once for the process, however often it is called."""
    templates = environment or toolkit.templates.env
    if templates.loader is not None and not isinstance(templates.loader, NumberedTemplates):
        templates.loader = NumberedTemplates(templates.loader)
        if templates.cache is not None:
            templates.cache.clear()
