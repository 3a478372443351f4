"""Pure facts about a snapshot at a moment that the caller passes in."""
