"""How many places of a terminal a text takes: some letters take two, and some none."""

from unicodedata import category, east_asian_width


def places(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if category(letter) in ("Mn", "Me", "Cf") else 1 + (east_asian_width(letter) in "WF")
        for letter in text
    )


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """The text in lines of at most `width` places, broken between words, and within a word that is
    longer than a line. No line for no text."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if places(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while places(word) > width:
            head = first_places(word, width) or word[0]
            lines.append(head)
            word = word[len(head) :]
        line = word
    return (*lines, line) if line else tuple(lines)


def first_places(text: str, width: int) -> str:
    """The beginning of a text that fits into so many places."""
    taken = 0
    for number, letter in enumerate(text):
        taken += places(letter)
        if taken > width:
            return text[:number]
    return text
