"""The screens: layout, focus and keys."""
