"""The terminal console: a front end over `console`, on Textual."""
