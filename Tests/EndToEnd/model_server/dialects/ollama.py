"""Ollama: `GET /api/tags` and `POST /api/chat`, streamed as one JSON object a line."""

from __future__ import annotations

import json

from ..messages import Request, Response
from ..scenario import FINAL_TEXT

MODEL = "scripted:latest"


def tags() -> Response:
    """The models that this server has."""
    details = {"format": "gguf", "family": "scripted", "parameter_size": "1B", "quantization_level": "Q4_0"}
    model = {"name": MODEL, "model": MODEL, "size": 1, "digest": "0" * 64, "details": details}
    return Response.of_json({"models": [model]})


def answer(request: Request) -> Response:
    """Answers one chat; streamed unless told otherwise, as Ollama does."""
    def line(text: str, done: bool) -> dict[str, object]:
        message = {"role": "assistant", "content": text}
        return {"model": MODEL, "created_at": "2026-01-01T00:00:00Z", "message": message, "done": done}

    if request.json().get("stream", True) is False:
        return Response.of_json(line(FINAL_TEXT, True))
    words = [json.dumps(line(word + " ", False)).encode() + b"\n" for word in FINAL_TEXT.split()]
    words.append(json.dumps(line("", True)).encode() + b"\n")
    return Response(200, [("content-type", "application/x-ndjson")], words, streamed=True)
