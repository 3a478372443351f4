"""Who is told does not depend on what befalls another."""

import logging

import pytest

from console.listeners import tell_all


def test_one_that_raises_is_logged_and_the_others_are_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[tuple[str, int]] = []

    def breaks(text: str, number: int) -> None:
        raise RuntimeError("broken")

    def hears(text: str, number: int) -> None:
        told.append((text, number))
        listeners.remove(hears)

    listeners = [breaks, hears, hears]
    with caplog.at_level(logging.ERROR):
        tell_all(listeners, "a", 1)
    assert told == [("a", 1), ("a", 1)]
    assert "could not be told" in caplog.text
    assert "broken" in caplog.text
