"""Who may use a shared console, and what for: users, roles, sessions, tokens, and the audit."""
