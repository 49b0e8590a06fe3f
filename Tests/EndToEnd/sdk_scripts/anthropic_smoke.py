"""Messages through the plain SDK, whole and streamed; prints one line a call."""

import anthropic

client = anthropic.Anthropic()
asked = {"model": "claude-sonnet-4-5", "max_tokens": 100, "messages": [{"role": "user", "content": "Say something."}]}
raw = client.messages.with_raw_response.create(**asked)
print("messages:", raw.parse().content[0].text)
print("unknown header:", raw.headers["x-scripted-unknown"])
with client.messages.stream(**asked) as stream:
    print("messages stream:", "".join(stream.text_stream))
