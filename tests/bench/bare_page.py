"""A NiceGUI page with one label, served as the web console serves its own: the floor of its pages.

`python -m tests.bench.bare_page` serves it on a free port of loopback and prints its address.
"""

import socket

import uvicorn
from fastapi import FastAPI
from nicegui import ui

TEXT = "Here is one label."


def main() -> None:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @ui.page("/")
    def page() -> None:
        ui.label(TEXT)

    ui.run_with(
        app, dark=None, binding_refresh_interval=None, tailwind=False, show_welcome_message=False
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(
            app, ws="wsproto", ws_per_message_deflate=False, log_level="warning", access_log=False
        )
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
