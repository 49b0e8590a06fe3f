"""Chat Completions of OpenAI and of Mistral: `POST /v1/chat/completions`, streamed or whole."""

from __future__ import annotations

import itertools
import json
from typing import Any, Iterator

from ..messages import Request, Response, event
from ..scenario import Reply, Scenario

_numbers = itertools.count(1)


def answer(request: Request, scenario: Scenario, *, whole_calls: bool = False) -> Response:
    """Answers one request of the conversation.

    `whole_calls` sends each tool call in one piece, as Mistral does: its client rejects a piece of a call
    without the function's name.
    """
    asked = request.json()
    functions = [tool.get("function", {}) for tool in asked.get("tools") or []]
    tools = {function["name"]: function.get("parameters", {}) for function in functions if "name" in function}
    turn = sum(1 for message in asked.get("messages", []) if message.get("role") == "tool")
    reply = scenario.reply(turn, tools, request.body.decode("utf-8", "replace"))
    number = next(_numbers)
    headers = [("x-request-id", f"req_scripted_{number:06d}")]
    if not asked.get("stream"):
        return Response.of_json(_completion(number, asked.get("model", ""), reply), headers=headers)
    return Response.of_events(_chunks(number, asked.get("model", ""), reply, whole_calls), headers)


def _frame(number: int, model: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-scripted{number:06d}", "object": kind, "created": 1_700_000_000, "model": model}


def _call(number: int, reply: Reply) -> dict[str, Any]:
    assert reply.call is not None
    # Mistral wants an identifier of exactly nine letters and digits.
    return {
        "id": f"call{number:05d}", "type": "function",
        "function": {"name": reply.call.tool, "arguments": json.dumps(reply.call.arguments)},
    }


_USAGE = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}


def _completion(number: int, model: str, reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if reply.call:
        message["tool_calls"] = [_call(number, reply)]
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if reply.call else "stop"}
    return {**_frame(number, model, "chat.completion"), "choices": [choice], "usage": _USAGE}


def _chunks(number: int, model: str, reply: Reply, whole_calls: bool) -> Iterator[bytes]:
    def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return event({**_frame(number, model, "chat.completion.chunk"), "choices": [choice], **more})

    yield chunk({"role": "assistant", "content": ""})
    for piece in _pieces(reply.text):
        yield chunk({"content": piece})
    if reply.call:
        call = {"index": 0, **_call(number, reply)}
        if whole_calls:
            yield chunk({"tool_calls": [call]})
        else:
            yield chunk({"tool_calls": [{**call, "function": {"name": reply.call.tool, "arguments": ""}}]})
            for piece in _pieces(call["function"]["arguments"]):
                yield chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
    yield chunk({}, "tool_calls" if reply.call else "stop", usage=_USAGE)
    yield event("[DONE]")


def _pieces(text: str, size: int = 12) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]
