"""Numbers as large as five lines of a terminal, to be read from across a room."""

ROWS = 5
FULL, ASCII = "█", "#"

_DIGITS = {
    "0": ("####", "#  #", "#  #", "#  #", "####"),
    "1": ("  # ", " ## ", "  # ", "  # ", " ###"),
    "2": ("####", "   #", "####", "#   ", "####"),
    "3": ("####", "   #", " ###", "   #", "####"),
    "4": ("#  #", "#  #", "####", "   #", "   #"),
    "5": ("####", "#   ", "####", "   #", "####"),
    "6": ("####", "#   ", "####", "#  #", "####"),
    "7": ("####", "   #", "  # ", " #  ", " #  "),
    "8": ("####", "#  #", "####", "#  #", "####"),
    "9": ("####", "#  #", "####", "   #", "####"),
}


def block_digits(number: int, *, ascii_only: bool = False) -> tuple[str, ...]:
    """Its five lines, all of one width; a place more between two digits."""
    shapes = [_DIGITS[digit] for digit in str(max(0, number))]
    lines = (" ".join(shape[row] for shape in shapes) for row in range(ROWS))
    return tuple(line.replace("#", ASCII if ascii_only else FULL) for line in lines)
