"""One message to one address by Apprise itself, and no word of the address anywhere."""

import logging
import socket
import subprocess
import sys
import traceback
from importlib.machinery import ModuleSpec

import pytest
from pydantic import SecretStr

from console.errors import SettingError
from console.notices import delivery
from console.notices.delivery import addresses
from console.notices.wording import Message
from tests.console.notices.mailbox import mailbox

MESSAGE = Message("Maia eu: 1 runner is lost", "prod-eu: <b>gone</b> & away", "failure")


def test_a_real_service_gets_title_text_and_kind() -> None:
    with mailbox() as box:
        (address,) = addresses([SecretStr(box.url)])
        assert address.send(MESSAGE) == ""
    assert address.name == "1, json"
    (got,) = box.got
    assert (got["title"], got["message"], got["type"]) == (
        MESSAGE.title,
        MESSAGE.body,
        "failure",
    )
    assert box.headers[0]["User-Agent"] == "Maia runner console"


@pytest.mark.parametrize("kind", ["failure", "warning", "info", "success"])
def test_each_kind_is_one_of_apprise(kind: str) -> None:
    with mailbox() as box:
        (address,) = addresses([SecretStr(box.url)])
        assert address.send(Message("t", "b", kind)) == ""  # type: ignore[arg-type]
    assert box.got[0]["type"] == kind


@pytest.mark.parametrize("status", [404, 500, 413])
def test_a_refusal_is_a_sentence_with_its_status(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with mailbox() as box, caplog.at_level(logging.DEBUG, "apprise"):
        box.answers = [status]
        (address,) = addresses([SecretStr(box.url)])
        assert address.send(MESSAGE) == f"it answers HTTP {status}"
    assert "hidden" not in caplog.text


def test_nobody_there_is_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    (address,) = addresses([SecretStr(f"json://me:hidden-thing@127.0.0.1:{port}/hidden-path")])
    assert address.send(MESSAGE) == "it cannot be reached"
    assert "hidden" not in caplog.text


def test_an_answer_that_is_no_http_puts_no_address_into_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What Apprise sends with warns of such headers, and names the whole address."""
    with mailbox() as box, caplog.at_level(logging.DEBUG):
        box.trailer = b"no header at all\r\n"
        (address,) = addresses([SecretStr(box.url)])
        assert address.send(MESSAGE) == ""
    assert "hidden" not in caplog.text


@pytest.mark.parametrize(
    "url", ["slack://hidden-thing", "nonsense://hidden-thing", "mailto://hidden-thing", "json://:0"]
)
def test_an_address_that_apprise_cannot_use_is_named_by_its_place_and_service_alone(
    url: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(SettingError) as caught:
        addresses([SecretStr("json://localhost"), SecretStr(url)])
    told = (
        "".join(traceback.format_exception(caught.value))
        + caplog.text
        + "".join(capfd.readouterr())
    )
    assert f"address 2, {url.partition(':')[0]}, is none" in told
    assert "hidden-thing" not in told


def test_an_address_is_in_no_repr() -> None:
    assert "hidden" not in repr(addresses([SecretStr("json://me:hidden@localhost/hidden")]))


def test_what_apprise_logs_reaches_neither_the_log_nor_standard_error() -> None:
    """In a process of its own, whose log goes to standard error as that of the web console."""
    program = (
        "import logging; logging.basicConfig(level=logging.DEBUG)\n"
        "from pydantic import SecretStr\n"
        "from console.errors import SettingError\n"
        "from console.notices.delivery import addresses\n"
        "from console.notices.wording import Message\n"
        "(one,) = addresses([SecretStr('json://me:hidden-thing@127.0.0.1:1/hidden-thing')])\n"
        "print(one.send(Message('t', 'b', 'info')))\n"
        "try: addresses([SecretStr('slack://hidden-thing')])\n"
        "except SettingError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "it cannot be reached" in done.stdout
    assert "hidden-thing" not in done.stdout + done.stderr


def test_without_apprise_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(delivery, "find_spec", missing)
    with pytest.raises(SettingError, match=r"maia-runner-console\[notices\]"):
        addresses([SecretStr("json://localhost")])


def test_without_an_address_apprise_is_not_loaded() -> None:
    program = (
        "import sys\n"
        "import console.notices.notifier\n"
        "from console.notices.delivery import addresses\n"
        "addresses([])\n"
        "print('apprise' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


def test_a_plug_in_that_breaks_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import apprise

    def broken(*_: object, **__: object) -> bool:
        raise RuntimeError("hidden-thing")

    (address,) = addresses([SecretStr("json://localhost")])
    monkeypatch.setattr(apprise.Apprise, "notify", broken)
    assert address.send(MESSAGE) == "its plug-in failed with RuntimeError"
