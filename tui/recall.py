"""What was typed before, and the way back and forth through it. Where it is kept is not known."""

from dataclasses import dataclass, replace

MOST = 200


@dataclass(frozen=True, slots=True)
class Recall:
    """`lines` are oldest first; `place` counts back from the end, 0 for what is being typed, which
    `draft` keeps meanwhile."""

    lines: tuple[str, ...] = ()
    place: int = 0
    draft: str = ""

    def older(self, typed: str) -> "Recall":
        if self.place >= len(self.lines):
            return self
        draft = typed if self.place == 0 else self.draft
        return replace(self, place=self.place + 1, draft=draft)

    def newer(self) -> "Recall":
        return replace(self, place=max(0, self.place - 1))

    @property
    def text(self) -> str:
        """What stands there now."""
        return self.lines[-self.place] if self.place else self.draft

    def with_line(self, line: str) -> "Recall":
        """After a line was given: it is the newest, and stands there once."""
        line = line.strip()
        if not line:
            return Recall(self.lines)
        others = tuple(each for each in self.lines if each != line)
        return Recall((*others, line)[-MOST:])
