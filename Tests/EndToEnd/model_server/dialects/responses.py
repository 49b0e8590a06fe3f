"""OpenAI Responses: `POST /v1/responses` (events or whole) and the same over a WebSocket, with state."""

from __future__ import annotations

import itertools
import json
from typing import Any, Iterator

from ..messages import Request, Response, event
from ..scenario import Call, Reply, Scenario

_numbers = itertools.count(1)
RESULTS = ("function_call_output", "custom_tool_call_output")
CODE_TOOL = "exec"
"""Codex's free-form tool: a script whose `tools.exec_command` runs shell commands."""


def answer(request: Request, scenario: Scenario) -> Response:
    """Answers one POST, which carries the whole conversation."""
    asked = request.json()
    response = _response(asked, scenario, _results(asked))
    headers = [("x-request-id", f"req_scripted_{response['id']}")]
    if not asked.get("stream"):
        return Response.of_json(response, headers=headers)
    return Response.of_events((event(item, item["type"]) for item in _events(response)), headers)


class Conversation:
    """One WebSocket session: the server remembers what each response had seen."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._seen: dict[str, tuple[int, list[dict[str, Any]], str]] = {}

    def handle(self, text: str) -> Iterator[str]:
        """Answers one `response.create`."""
        asked = json.loads(text)
        if asked.get("type") != "response.create":
            yield json.dumps({"type": "error", "error": {"message": f"unknown type {asked.get('type')!r}"}})
            return
        turn, tools, earlier = self._seen.get(asked.get("previous_response_id", ""), (0, [], ""))
        turn += _results(asked)
        tools = tools + [item for item in _items(asked) if item.get("type") == "additional_tools"]
        warms_up = asked.get("generate") is False
        known = {**asked, "remembered": tools, "earlier": earlier}
        response = _response(known, self._scenario, turn, empty=warms_up)
        self._seen[response["id"]] = (turn, tools, _said(known))
        for item in _events(response):
            yield json.dumps(item)


def _items(asked: dict[str, Any]) -> list[dict[str, Any]]:
    given = asked.get("input", [])
    return given if isinstance(given, list) else []


def _results(asked: dict[str, Any]) -> int:
    return sum(1 for item in _items(asked) if item.get("type") in RESULTS)


def _tools(value: Any) -> Iterator[dict[str, Any]]:
    """Every tool defined in `tools` keys, also inside namespaces."""
    for tool in value or []:
        if tool.get("type") == "namespace":
            yield from _tools(tool.get("tools"))
        else:
            yield tool


def _reply(asked: dict[str, Any], scenario: Scenario, turn: int) -> Reply:
    offered = list(_tools(asked.get("tools")))
    for item in [*_items(asked), *asked.get("remembered", [])]:
        if item.get("type") == "additional_tools":
            offered += _tools(item.get("tools"))
    if any(tool.get("name") == CODE_TOOL and tool.get("type") == "custom" for tool in offered):
        shell = {"exec_command": {"properties": {"cmd": {}}}}
        reply = scenario.reply(turn, shell, _said(asked))
        if reply.call is None:
            return reply
        script = f"const done = await tools.exec_command({json.dumps(reply.call.arguments)});\ntext(done.output);\n"
        return Reply(reply.text, Call(CODE_TOOL, script))
    tools = {tool["name"]: tool.get("parameters") or {} for tool in offered if tool.get("type") == "function"}
    return scenario.reply(turn, tools, _said(asked))


def _said(asked: dict[str, Any]) -> str:
    """The conversation up to now, with what this session remembers of it."""
    return json.dumps([asked.get("earlier", ""), asked.get("input", "")])


def _response(asked: dict[str, Any], scenario: Scenario, turn: int, *, empty: bool = False) -> dict[str, Any]:
    number = next(_numbers)
    output: list[dict[str, Any]] = []
    if not empty:
        reply = _reply(asked, scenario, turn)
        text = {"type": "output_text", "text": reply.text, "annotations": []}
        output.append({
            "type": "message", "id": f"msg_{number:06d}", "role": "assistant", "status": "completed", "content": [text],
        })
        if reply.call:
            output.append(_call_item(number, reply.call))
    usage = {
        "input_tokens": 1000, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 50,
        "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 1050,
    }
    return {
        "id": f"resp_scripted{number:06d}", "object": "response", "created_at": 1_700_000_000,
        "status": "completed", "model": asked.get("model", ""), "output": output, "usage": usage,
        "parallel_tool_calls": False, "tool_choice": "auto", "tools": [], "error": None,
        "incomplete_details": None, "instructions": None, "metadata": {},
    }


def _call_item(number: int, call: Call) -> dict[str, Any]:
    common = {"call_id": f"call_{number:06d}", "name": call.tool, "status": "completed"}
    if isinstance(call.arguments, str):
        return {"type": "custom_tool_call", "id": f"ctc_{number:06d}", "input": call.arguments, **common}
    return {"type": "function_call", "id": f"fc_{number:06d}", "arguments": json.dumps(call.arguments), **common}


def _events(response: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sequence = itertools.count()

    def named(kind: str, **facts: Any) -> dict[str, Any]:
        return {"type": kind, "sequence_number": next(sequence), **facts}

    begun = {**response, "status": "in_progress", "output": [], "usage": None}
    yield named("response.created", response=begun)
    yield named("response.in_progress", response=begun)
    for index, item in enumerate(response["output"]):
        for kind, facts in _item_events(item):
            yield named(kind, output_index=index, **facts)
    yield named("response.completed", response=response)


def _item_events(item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if item["type"] == "message":
        part = item["content"][0]
        place = {"item_id": item["id"], "content_index": 0}
        yield "response.output_item.added", {"item": {**item, "status": "in_progress", "content": []}}
        yield "response.content_part.added", {**place, "part": {**part, "text": ""}}
        for start in range(0, len(part["text"]), 12):
            yield "response.output_text.delta", {**place, "delta": part["text"][start : start + 12]}
        yield "response.output_text.done", {**place, "text": part["text"]}
        yield "response.content_part.done", {**place, "part": part}
    else:
        key, kind = ("input", "custom_tool_call_input") if "input" in item else ("arguments", "function_call_arguments")
        place = {"item_id": item["id"]}
        yield "response.output_item.added", {"item": {**item, "status": "in_progress", key: ""}}
        yield f"response.{kind}.delta", {**place, "delta": item[key]}
        yield f"response.{kind}.done", {**place, key: item[key]}
    yield "response.output_item.done", {"item": item}
