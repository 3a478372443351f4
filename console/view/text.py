"""Makes text from the API safe to show: one line, no control characters, no hidden order."""

import re
import unicodedata

_NOT_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def shown(text: str, limit: int = 200) -> str:
    """The text with every control, bidirectional, invisible or unpaired character as a visible
    mark (␛ for escape, ␊ for a line feed, � for the rest), cut to `limit` characters with "…".

    Letters, marks and emoji of any script stay as they are.
    """
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    return _NOT_SHOWN.sub(_visible, text)


def for_spreadsheet(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def folded(text: str) -> str:
    """For comparing without regard to case, width or composition of letters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
