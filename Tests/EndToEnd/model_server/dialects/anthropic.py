"""Anthropic Messages: `POST /v1/messages`, streamed as named events or whole."""

from __future__ import annotations

import itertools
import json
from typing import Any, Iterator

from ..messages import Request, Response, event
from ..scenario import Reply, Scenario

_numbers = itertools.count(1)


def answer(request: Request, scenario: Scenario) -> Response:
    """Answers one request of the conversation."""
    asked = request.json()
    tools = {tool["name"]: tool.get("input_schema", {}) for tool in asked.get("tools", []) if "name" in tool}
    reply = scenario.reply(_tool_results(asked.get("messages", [])), tools, request.body.decode("utf-8", "replace"))
    number = next(_numbers)
    message = _message(number, asked.get("model", ""), reply)
    headers = [("request-id", f"req_scripted_{number:06d}"), ("x-scripted-unknown", "kept as it is")]
    if not asked.get("stream"):
        return Response.of_json(message, headers=headers)
    return Response.of_events(_events(message), headers)


def _tool_results(messages: list[dict[str, Any]]) -> int:
    blocks = (block for message in messages if isinstance(message["content"], list) for block in message["content"])
    return sum(1 for block in blocks if block.get("type") == "tool_result")


def _message(number: int, model: str, reply: Reply) -> dict[str, Any]:
    content: list[dict[str, Any]] = [{"type": "text", "text": reply.text}]
    if reply.call:
        content.append({
            "type": "tool_use", "id": f"toolu_scripted_{number:06d}", "name": reply.call.tool,
            "input": reply.call.arguments,
        })
    return {
        "id": f"msg_scripted_{number:06d}", "type": "message", "role": "assistant", "model": model,
        "content": content, "stop_reason": "tool_use" if reply.call else "end_turn", "stop_sequence": None,
        "usage": {
            "input_tokens": 1000, "output_tokens": 50, "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
        },
    }


def _events(message: dict[str, Any]) -> Iterator[bytes]:
    def named(kind: str, **facts: Any) -> bytes:
        return event({"type": kind, **facts}, kind)

    start = {**message, "content": [], "stop_reason": None, "usage": {**message["usage"], "output_tokens": 1}}
    yield named("message_start", message=start)
    yield named("ping")
    for index, block in enumerate(message["content"]):
        if block["type"] == "text":
            yield named("content_block_start", index=index, content_block={"type": "text", "text": ""})
            for piece in _pieces(block["text"]):
                yield named("content_block_delta", index=index, delta={"type": "text_delta", "text": piece})
        else:
            yield named("content_block_start", index=index, content_block={**block, "input": {}})
            for piece in _pieces(json.dumps(block["input"])):
                delta = {"type": "input_json_delta", "partial_json": piece}
                yield named("content_block_delta", index=index, delta=delta)
        yield named("content_block_stop", index=index)
    delta = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    yield named("message_delta", delta=delta, usage=message["usage"])
    yield named("message_stop")


def _pieces(text: str, size: int = 12) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]
