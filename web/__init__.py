"""The web console and the wall display: front ends over `console`, on NiceGUI and plain pages."""
