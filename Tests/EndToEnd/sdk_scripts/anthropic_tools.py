"""Asks for a command through the plain SDK, whole and streamed; prints what the model wants to run, or what went wrong."""

import anthropic

client = anthropic.Anthropic(max_retries=0)
tool = {
    "name": "Bash", "description": "Runs a command.",
    "input_schema": {"type": "object", "properties": {"command": {"type": "string"}}, "required": ["command"]},
}
asked = {
    "model": "claude-sonnet-4-5", "max_tokens": 100, "tools": [tool],
    "messages": [{"role": "user", "content": "Install it."}],
}


def command(message):
    return next(block.input["command"] for block in message.content if block.type == "tool_use")


try:
    print("whole:", command(client.messages.create(**asked)))
except anthropic.APIError as error:
    print("whole failed:", error.message)
try:
    with client.messages.stream(**asked) as stream:
        print("streamed:", command(stream.get_final_message()))
except anthropic.APIError as error:
    print("streamed failed:", error.message)
