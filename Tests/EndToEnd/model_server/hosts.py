"""Which host answers what: model APIs by their dialect, everything else by one status."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

from .dialects import anthropic, bedrock, chat, ollama, responses
from .messages import Request, Response
from .scenario import Scenario
from .websocket import MessageHandler

OPENAI_HOST = "api.openai.com"


@dataclass(frozen=True)
class World:
    """All the hosts there are. `side_status` answers whatever is no model API.

    `refuses_upgrade` answers 426 to a WebSocket, which makes Codex fall back to POST; `compresses` sends
    streamed answers gzipped to clients that accept it.
    """

    scenario: Scenario
    side_status: int = 404
    refuses_upgrade: bool = False
    compresses: bool = False

    async def respond(self, request: Request) -> Response:
        """Answers one complete request."""
        try:
            response = self._model_answer(request) or self._side_answer()
        except (KeyError, ValueError, TypeError) as error:
            # The script does not know this request: say so where the test looks, in the answer and the journal.
            response = Response.of_json({"error": {"type": "script", "message": repr(error)}}, 400)
        return _gzipped(request, response) if self.compresses else response

    def websocket(self, request: Request) -> MessageHandler | None:
        """The handler of a WebSocket's messages, where that host offers one."""
        if request.host == OPENAI_HOST and request.path == "/v1/responses" and not self.refuses_upgrade:
            return responses.Conversation(self.scenario).handle
        return None

    def _model_answer(self, request: Request) -> Response | None:
        match request.host, request.method, request.path:
            case "api.anthropic.com", "POST", "/v1/messages":
                return anthropic.answer(request, self.scenario)
            case "bedrock-runtime.us-east-1.amazonaws.com", "POST", path if path.startswith("/model/"):
                return bedrock.answer(request, self.scenario)
            case "api.openai.com", "POST", "/v1/chat/completions":
                return chat.answer(request, self.scenario)
            case "api.openai.com", "POST", "/v1/responses":
                return responses.answer(request, self.scenario)
            case "api.openai.com", "GET", "/v1/responses":
                return Response.of_text("WebSocket is not offered", 426)
            case "api.mistral.ai", "POST", "/v1/chat/completions":
                return chat.answer(request, self.scenario, whole_calls=True)
            case "ollama.example", "GET", "/api/tags":
                return ollama.tags()
            case "ollama.example", "POST", "/api/chat":
                return ollama.answer(request)
        return None

    def _side_answer(self) -> Response:
        if self.side_status == 204:
            return Response(204)
        return Response(self.side_status, [("content-type", "application/json")], [json.dumps({}).encode()])


def _gzipped(request: Request, response: Response) -> Response:
    if not response.streamed or "gzip" not in (request.header("accept-encoding") or ""):
        return response
    packer = zlib.compressobj(wbits=31)
    # Each event is flushed, so that a reader that decodes as it goes sees it at once.
    pieces = [packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH) for piece in response.pieces]
    pieces.append(packer.flush())
    headers = [*response.headers, ("content-encoding", "gzip")]
    return Response(response.status, headers, pieces, streamed=True)
