internal import Evidence

/// What models' interfaces write into a stream whose text comes in pieces.
enum AnswerStreams: String, CaseIterable {
  case anthropicText, anthropicTool, openAIText, openAITool, responsesText, responsesTool, gemini, ollamaChat
  case ollamaGenerate

  /// - Parameter pieces: of the text, or of the value of a tool's argument.
  func events(_ pieces: [String]) -> [String] {
    switch self {
    case .anthropicText:
      named("content_block_delta", pieces) {
        ["type": "content_block_delta", "index": 0, "delta": ["type": "text_delta", "text": .string($0)]]
      } + ["event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"]
    case .anthropicTool:
      named("content_block_delta", arguments(pieces)) {
        [
          "type": "content_block_delta", "index": 1,
          "delta": ["type": "input_json_delta", "partial_json": .string($0)],
        ]
      } + ["event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"]
    case .openAIText:
      data(pieces) { ["id": "c", "choices": [["index": 0, "delta": ["content": .string($0)]]]] } + ["data: [DONE]\n\n"]
    case .openAITool:
      data(arguments(pieces)) {
        [
          "id": "c",
          "choices": [
            ["index": 0, "delta": ["tool_calls": [["index": 0, "function": ["arguments": .string($0)]]]]]
          ],
        ]
      } + ["data: [DONE]\n\n"]
    case .responsesText:
      named("response.output_text.delta", pieces) {
        ["type": "response.output_text.delta", "item_id": "m", "output_index": 0, "delta": .string($0)]
      }
    case .responsesTool:
      named("response.function_call_arguments.delta", arguments(pieces)) {
        ["type": "response.function_call_arguments.delta", "item_id": "m", "output_index": 0, "delta": .string($0)]
      }
    case .gemini:
      data(pieces) { ["candidates": [["content": ["role": "model", "parts": [["text": .string($0)]]]]]] }
    case .ollamaChat:
      lines(pieces) { ["model": "m", "message": ["role": "assistant", "content": .string($0)], "done": false] }
    case .ollamaGenerate: lines(pieces) { ["model": "m", "response": .string($0), "done": false] }
    }
  }

  var isLines: Bool { self == .ollamaChat || self == .ollamaGenerate }

  private func arguments(_ pieces: [String]) -> [String] { ["{\"command\": \""] + pieces + ["\"}"] }

  private func named(_ name: String, _ pieces: [String], _ event: (String) -> JSONValue) -> [String] {
    pieces.map { "event: \(name)\ndata: \(Self.text(event($0)))\n\n" }
  }

  private func data(_ pieces: [String], _ event: (String) -> JSONValue) -> [String] {
    pieces.map { "data: \(Self.text(event($0)))\n\n" }
  }

  private func lines(_ pieces: [String], _ event: (String) -> JSONValue) -> [String] {
    pieces.map { Self.text(event($0)) + "\n" }
  }

  private static func text(_ value: JSONValue) -> String {
    (try? CanonicalJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// A text in pieces of so many characters.
  static func pieces(_ text: String, of length: Int) -> [String] {
    var rest = text[...]
    var pieces: [String] = []
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return pieces
  }
}
