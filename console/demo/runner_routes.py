"""The agent endpoints of the demo API, as the vendor documents them."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from console.demo.allow_lists import asked_list, joined, nested_body, without
from console.demo.changes import created_runner, patched_runner
from console.demo.lifecycle import COMMANDS, Refusal
from console.demo.problems import Problem, json_object, page_and_size
from console.demo.runners import Runner
from console.demo.world import World

AGENTS = "/dpc/v1/agents"
JSON = "application/json"


class RunnerRoutes:
    """`summaries` leaves status and version out of the list, as the vendor's API may do."""

    def __init__(self, world: World, *, summaries: bool) -> None:
        self._world = world
        self._summaries = summaries

    def routes(self) -> list[Route]:
        one = f"{AGENTS}/{{agent_id}}"
        return [
            Route(AGENTS, self.page, methods=["GET"]),
            Route(AGENTS, self.create, methods=["POST"]),
            Route(one, self.show, methods=["GET"]),
            Route(one, self.update, methods=["PATCH"]),
            Route(one, self.delete, methods=["DELETE"]),
            Route(f"{one}/commands", self.command, methods=["POST"]),
            Route(f"{one}/credentials", self.credentials, methods=["GET"]),
            Route(f"{one}/credentials", self.refresh_secret, methods=["POST"]),
            Route(f"{one}/allowlist", self.allow_list, methods=["GET"]),
            Route(f"{one}/allowlist", self.set_allow_list, methods=["PUT", "PATCH"]),
            Route(f"{one}/allowlist", self.shorten_allow_list, methods=["DELETE"]),
        ]

    async def page(self, request: Request) -> Response:
        page, size = page_and_size(request.query_params)
        written = self._world.written_page(page, size, as_summaries=self._summaries)
        return Response(written, media_type=JSON)

    async def create(self, request: Request) -> Response:
        runner_id = self._world.create(created_runner(await json_object(request)))
        return Response(self._world.written(runner_id), 201, media_type=JSON)

    async def show(self, request: Request) -> Response:
        return Response(self._world.written(self._runner(request).id), media_type=JSON)

    async def update(self, request: Request) -> Response:
        body = await json_object(request)
        self._world.update(patched_runner(self._runner(request), body))
        return Response(status_code=202)

    async def delete(self, request: Request) -> Response:
        runner = self._runner(request)
        try:
            self._world.delete(runner.id)
        except Refusal as refusal:
            raise Problem(400, str(refusal)) from refusal
        return Response(status_code=202)

    async def command(self, request: Request) -> Response:
        runner = self._runner(request)
        command = (await json_object(request)).get("command")
        if command not in COMMANDS:
            said = f"command: must be one of {', '.join(COMMANDS)}"
            raise Problem(400, "Validation failed", (said,))
        try:
            self._world.command(runner.id, command)
        except Refusal as refusal:
            raise Problem(400, str(refusal)) from refusal
        return Response(status_code=202)

    async def credentials(self, request: Request) -> Response:
        return _secret(self._world.credentials(self._managed(request).id))

    async def refresh_secret(self, request: Request) -> Response:
        body = await json_object(request)
        runner = self._managed(request)
        if body.get("action") != "SECRET_REFRESH":
            raise Problem(400, "Validation failed", ("action: must be SECRET_REFRESH",))
        return _secret(self._world.refresh_secret(runner.id))

    async def allow_list(self, request: Request) -> Response:
        runner = self._runner(request)
        return JSONResponse(nested_body(self._world.allow_lists.get(runner.id, {})))

    async def set_allow_list(self, request: Request) -> Response:
        asked = asked_list(await json_object(request))
        runner = self._managed(request)
        if request.method == "PATCH":
            asked = joined(self._world.allow_lists.get(runner.id, {}), asked)
        self._world.allow_lists[runner.id] = asked
        return Response(status_code=202)

    async def shorten_allow_list(self, request: Request) -> Response:
        runner = self._managed(request)
        allowed = self._world.allow_lists.get(runner.id, {})
        self._world.allow_lists[runner.id] = without(allowed, request.query_params)
        return Response(status_code=202)

    def _runner(self, request: Request) -> Runner:
        try:
            return self._world.runner(request.path_params["agent_id"])
        except KeyError as unknown:
            raise Problem(404, "There is no agent with this id.") from unknown

    def _managed(self, request: Request) -> Runner:
        runner = self._runner(request)
        if runner.is_hosted:
            raise Problem(400, "Matillion hosted agents cannot be managed.")
        return runner


def _secret(credentials: dict[str, str]) -> Response:
    return JSONResponse(credentials, headers={"Cache-Control": "no-store"})
