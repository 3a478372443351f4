"""What to show, in which words and order, decided once for every front end."""
