internal import Catalog
internal import Evidence

/// The shape that a client's SDK expects an error to have.
struct RefusalDialect {
  private let dialect: Dialect?

  init(_ dialect: Dialect?) {
    self.dialect = dialect
  }

  func body(sentence: String, rule: RuleReference) -> [UInt8] {
    // Only strings and integers are in it, and those always have a JSON form.
    (try? CanonicalJSON.encode(value(sentence: sentence, rule: rule))) ?? []
  }

  /// An error as one event of a stream that has begun: Anthropic names it, the others tell it by its member.
  ///
  /// - Parameter body: one line.
  func event(_ body: [UInt8]) -> [UInt8] {
    let name = dialect == .anthropicMessages ? "event: error\n" : ""
    return Array("\(name)data: ".utf8) + body + Array("\n\n".utf8)
  }

  private func value(sentence: String, rule: RuleReference) -> JSONValue {
    switch dialect {
    case .anthropicMessages:
      ["type": "error", "error": ["type": "permission_error", "message": .string(sentence)]]
    case .googleGenerate:
      ["error": ["code": 403, "message": .string(sentence), "status": "PERMISSION_DENIED"]]
    case .mistralChat:
      ["object": "error", "message": .string(sentence), "type": "blocked_by_policy", "code": "403"]
    case .ollama:
      ["error": .string(sentence)]
    default:
      [
        "error": [
          "message": .string(sentence), "type": "blocked_by_policy", "code": "blocked_by_policy", "param": nil,
          "rule": rule.json,
        ]
      ]
    }
  }
}
