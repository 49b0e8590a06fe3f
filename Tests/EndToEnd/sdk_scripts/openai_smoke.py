"""Chat Completions and Responses through the plain SDK; prints one line a call."""

import openai

client = openai.OpenAI()
question = [{"role": "user", "content": "Say something."}]
whole = client.chat.completions.create(model="gpt-4o", messages=question)
print("chat:", whole.choices[0].message.content)
pieces = client.chat.completions.create(model="gpt-4o", messages=question, stream=True)
print("chat stream:", "".join(piece.choices[0].delta.content or "" for piece in pieces))
print("responses:", client.responses.create(model="gpt-4o", input="Say something.").output_text)
with client.responses.stream(model="gpt-4o", input="Say something.") as events:
    print("responses stream:", "".join(event.delta for event in events if event.type == "response.output_text.delta"))
