"""Asks tmux, where this runs inside it, whether it lets copies through to the terminal."""

import asyncio
from collections.abc import Mapping
from shutil import which

PATIENCE = 1.0


async def tmux_clipboard(environ: Mapping[str, str]) -> str:
    """The value of its option set-clipboard: "on", "off", "external"; "" where it is not known."""
    program = which("tmux") if environ.get("TMUX") else None
    if program is None:
        return ""
    asking = asyncio.create_task(_asked(program))
    done, _ = await asyncio.wait((asking,), timeout=PATIENCE)
    if not done:
        asking.cancel()
        return ""
    return asking.result()


async def _asked(program: str) -> str:
    process = await asyncio.create_subprocess_exec(
        program,
        "show-options",
        "-sv",
        "set-clipboard",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    told, _ = await process.communicate()
    return told.decode("ascii", "replace").strip()
