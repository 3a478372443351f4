"""What a page is told at once goes to it as one message. NiceGUI makes one of each call, which
costs the server as much as a long one would, and the wire as much as a few changed cells."""

from typing import Any

from nicegui import Client
from nicegui.outbox import Outbox

MESSAGE = "run_javascript"
CALL = "runMethod("
ANSWER = "return "


class JoiningOutbox(Outbox):
    """Joins calls of elements' methods that wait to be sent to the same page one after another.
    Those whose answer is awaited, and all else, go as they are."""

    def enqueue_message(self, message_type: str, data: Any, target_id: str) -> None:
        if self.messages:
            target, kind, waiting = self.messages[-1]
            before, code = _call(kind, waiting), _call(message_type, data)
            if target == target_id and before and code:
                self.messages[-1] = (target, kind, {"code": f"{before};{code}"})
                return
        super().enqueue_message(message_type, data, target_id)


def join_calls(client: Client) -> None:
    """For a page that is being built."""
    client.outbox.stop()
    client.outbox = JoiningOutbox(client)


def _call(message_type: str, data: Any) -> str:
    """The call that a message is, or ""; one that has a number was sent before."""
    if message_type != MESSAGE or data.keys() != {"code"}:
        return ""
    code = str(data["code"]).removeprefix(ANSWER)
    return code if code.startswith(CALL) else ""
