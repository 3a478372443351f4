"""The console as lines that are only ever appended: for screen readers, braille displays, slow
connections and scripts. The words are those of `console.view`."""
