internal import Evidence

/// How one API writes a piece of a text into an event of a stream, and how a client reads it.
enum StreamDialect: String, CaseIterable {
  case chatContent
  case chatArguments
  case responsesText
  case responsesArguments
  case messagesText
  case messagesArguments
  case gemini
  case ollama

  func event(_ piece: String) throws -> [UInt8] {
    let value: JSONValue
    switch self {
    case .chatContent:
      value = ["id": "c-1", "choices": [["index": 0, "delta": ["content": .string(piece)], "finish_reason": nil]]]
    case .chatArguments:
      let call: JSONValue = ["index": 1, "function": ["arguments": .string(piece)]]
      value = ["choices": [["index": 0, "delta": ["tool_calls": [call]]]]]
    case .responsesText:
      value = [
        "type": "response.output_text.delta", "item_id": "m-1", "output_index": 0, "content_index": 0,
        "delta": .string(piece),
      ]
    case .responsesArguments:
      value = [
        "type": "response.function_call_arguments.delta", "item_id": "f-1", "output_index": 1, "delta": .string(piece),
      ]
    case .messagesText:
      value = [
        "type": "content_block_delta", "index": 0, "delta": ["type": "text_delta", "text": .string(piece)],
      ]
    case .messagesArguments:
      value = [
        "type": "content_block_delta", "index": 1,
        "delta": ["type": "input_json_delta", "partial_json": .string(piece)],
      ]
    case .gemini: value = ["candidates": [["content": ["role": "model", "parts": [["text": .string(piece)]]]]]]
    case .ollama: value = ["model": "m", "message": ["role": "assistant", "content": .string(piece)], "done": false]
    }
    return framed(try CanonicalJSON.encode(value))
  }

  /// What follows the last piece.
  func end() throws -> [UInt8] {
    switch self {
    case .messagesText, .messagesArguments:
      framed(try CanonicalJSON.encode(["type": "content_block_stop", "index": 0]))
    case .ollama: framed(try CanonicalJSON.encode(["model": "m", "done": true, "done_reason": "stop"]))
    default: framed(Array("[DONE]".utf8))
    }
  }

  /// Whether the pieces are those of a JSON text.
  var isArguments: Bool { [.chatArguments, .responsesArguments, .messagesArguments].contains(self) }

  private func framed(_ json: [UInt8]) -> [UInt8] {
    self == .ollama ? json + [0x0a] : Array("data: ".utf8) + json + [0x0a, 0x0a]
  }

  /// Where the JSON is in an event.
  func json(in event: [UInt8]) -> Range<Int> { self == .ollama ? 0..<event.count : 6..<event.count }

  /// The pieces of a stream put together, as a client does.
  func text(of stream: [UInt8]) throws -> String {
    try stream.split(separator: 0x0a).reduce(into: "") { text, line in
      let json = self == .ollama ? Array(line) : Array(line.dropFirst(6))
      guard json != Array("[DONE]".utf8) else { return }
      text += Self.piece(of: try JSONParser.parse(json)) ?? ""
    }
  }

  private static func piece(of event: JSONValue) -> String? {
    let choice = first(event["choices"])
    let part = first(first(event["candidates"])?["content"]?["parts"])
    return choice?["delta"]?["content"]?.string
      ?? first(choice?["delta"]?["tool_calls"])?["function"]?["arguments"]?.string
      ?? event["delta"]?.string ?? event["delta"]?["text"]?.string ?? event["delta"]?["partial_json"]?.string
      ?? part?["text"]?.string ?? event["message"]?["content"]?.string
  }

  private static func first(_ list: JSONValue?) -> JSONValue? {
    if case .array(let elements)? = list { elements.first } else { nil }
  }
}
