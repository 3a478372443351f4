"""The floor of the terminal console with a fleet: a bare Textual app that reads a token and all the
pages of the fleet with httpx, and puts the name of the first runner into its empty table.

Nothing of the project is imported here.
"""

import asyncio
import json
import sys

import httpx
from textual.app import App, ComposeResult
from textual.widgets import DataTable

SIZE = 100
AT_ONCE = 8
FORM = {
    "grant_type": "client_credentials",
    "client_id": "demo",
    "client_secret": "demo-secret",
    "audience": "https://api.matillion.com",
}


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable()

    async def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Runner", "Status", "Track", "Version")
        self.run_worker(self.read())

    async def read(self) -> None:
        limits = httpx.Limits(max_connections=AT_ONCE)
        async with httpx.AsyncClient(base_url=sys.argv[1], limits=limits) as client:
            token = json.loads((await client.post("/oauth/dpc/token", data=FORM)).content)
            client.headers["authorization"] = f"Bearer {token['access_token']}"

            async def page(number: int) -> dict[str, object]:
                answer = await client.get(f"/dpc/v1/agents?page={number}&size={SIZE}")
                parsed: dict[str, object] = json.loads(answer.content)
                return parsed

            first = await page(0)
            last = -(-int(str(first["total"])) // SIZE)
            pages = [first, *await asyncio.gather(*(page(each) for each in range(1, last)))]
        runner = pages[0]["results"][0]  # type: ignore[index]
        self.query_one(DataTable).add_row(runner["name"], "", "", f"{len(pages)} pages read")


Bare().run()
