"""Notifications: tells people elsewhere what has changed in the fleet, once a change."""
