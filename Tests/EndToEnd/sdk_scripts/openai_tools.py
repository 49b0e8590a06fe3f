"""Asks for a command through the plain SDK, whole and streamed; prints what the model wants to run, or what went wrong."""

import json

import openai

client = openai.OpenAI(max_retries=0)
tool = {
    "type": "function",
    "function": {
        "name": "Bash", "description": "Runs a command.",
        "parameters": {"type": "object", "properties": {"command": {"type": "string"}}, "required": ["command"]},
    },
}
asked = {"model": "gpt-4o", "tools": [tool], "messages": [{"role": "user", "content": "Install it."}]}
try:
    whole = client.chat.completions.create(**asked)
    print("whole:", json.loads(whole.choices[0].message.tool_calls[0].function.arguments)["command"])
except openai.APIError as error:
    print("whole failed:", error.message)
try:
    arguments = ""
    for piece in client.chat.completions.create(stream=True, **asked):
        for call in (piece.choices[0].delta.tool_calls or []) if piece.choices else []:
            arguments += call.function.arguments or ""
    print("streamed:", json.loads(arguments)["command"])
except openai.APIError as error:
    print("streamed failed:", error.message)
