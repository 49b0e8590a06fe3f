"""Ollama's SDK over plain HTTP to a named host; prints one line a call."""

import ollama

print("tags:", ollama.list().models[0].model)
asked = {"model": "scripted:latest", "messages": [{"role": "user", "content": "Say something."}]}
print("chat:", ollama.chat(**asked).message.content)
print("chat stream:", "".join(piece.message.content for piece in ollama.chat(**asked, stream=True)))
