/// How model APIs write the pieces of one text into the events of a stream.
enum AnswerDialect {
  /// Members that a text comes in piece by piece, by their names from the outermost on: OpenAI's chat completions,
  /// completions and responses, Anthropic's messages, Bedrock's Converse, Gemini's contents, Ollama's chat and generate.
  private static let pieces: Set<String> = [
    "choices.delta.content", "choices.delta.reasoning", "choices.delta.reasoning_content", "choices.delta.refusal",
    "choices.delta.tool_calls.function.arguments", "choices.delta.function_call.arguments", "choices.text",
    "delta", "delta.text", "delta.partial_json", "candidates.content.parts.text", "message.content", "response",
    "choices.delta.content.text", "delta.toolUse.input",
  ]

  /// Members that tell the texts of one stream apart.
  private static let identities = [
    "index", "output_index", "content_index", "summary_index", "item_id", "contentBlockIndex",
  ]

  static func isPiece(_ leaf: JSONLeaves.Leaf, in leaves: JSONLeaves) -> Bool {
    leaf.isString && pieces.contains(leaves.path(of: leaf))
  }

  /// Whether a vendor has signed or sealed it: with a byte more or less it is refused when it is sent back.
  static func isSealed(
    _ leaf: JSONLeaves.Leaf, in leaves: JSONLeaves, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let name = leaves.name(of: leaf)
    if leaves.path(of: leaf).contains(bedrockThinking) { return true }
    guard name == "thinking" || name == "signature" || name == "data" || name == "encrypted_content" else {
      return false
    }
    guard name != "encrypted_content" else { return true }
    guard let type = leaves.types[leaf.object].map({ text[leaves.leaves[$0].range] }) else {
      // A tool may have an argument of that name.
      return name != "data" && leaves.signed.contains(leaf.object)
    }
    return (name == "data" ? ["redacted_thinking"] : Self.sealedTypes).contains { type.elementsEqual($0.utf8) }
  }

  private static let bedrockThinking = "reasoningContent."
  private static let sealedTypes = ["thinking", "redacted_thinking", "thinking_delta", "signature_delta"]

  /// Which text of its stream a piece of an object belongs to, but for its path.
  static func identity(of object: Int, in leaves: JSONLeaves, _ text: UnsafeBufferPointer<UInt8>) -> String {
    var identity = ""
    var object = object
    while object >= 0 {
      let known = identities.compactMap { name in
        leaves.member(name, of: object, in: text).map {
          "\(name)=\(String(decoding: $0.prefix(longestIdentity), as: UTF8.self))"
        }
      }
      identity += known.isEmpty ? "/\(leaves.positions[object])" : "/\(known.joined(separator: ","))"
      object = leaves.parents[object]
    }
    return identity
  }

  private static let longestIdentity = 128
}
