"""The floor of `list --output json`: a token, the pages of the fleet in parallel, the JSON parsed.

Nothing of the project is imported here.
"""

import asyncio
import json
import sys

import httpx

SIZE = 100
AT_ONCE = 8


async def main(url: str) -> None:
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=url, limits=limits) as client:
        form = {
            "grant_type": "client_credentials",
            "client_id": "demo",
            "client_secret": "demo-secret",
            "audience": "https://api.matillion.com",
        }
        token = json.loads((await client.post("/oauth/dpc/token", data=form)).content)
        client.headers["authorization"] = f"Bearer {token['access_token']}"

        async def page(number: int) -> dict[str, object]:
            answer = await client.get(f"/dpc/v1/agents?page={number}&size={SIZE}")
            parsed: dict[str, object] = json.loads(answer.content)
            return parsed

        first = await page(0)
        last = -(-int(str(first["total"])) // SIZE)
        await asyncio.gather(*(page(number) for number in range(1, last)))


asyncio.run(main(sys.argv[1]))
