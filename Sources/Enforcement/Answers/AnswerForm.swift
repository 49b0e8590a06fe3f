internal import Wire

/// What an answer is, as far as looking into it is concerned.
package enum AnswerForm: Sendable, Hashable {
  /// Server-sent events.
  case events
  /// A JSON text in each line.
  case lines
  /// Messages in a framing of bytes: gRPC, Connect.
  case frames
  /// Messages of Amazon's event stream.
  case messages
  /// Of use only once it is whole.
  case document

  /// - Parameter isModel: what a model says is looked into in any form, of others only text.
  /// - Returns: `nil` where it is not looked into.
  init?(_ head: ResponseHead, isModel: Bool) {
    guard head.status >= 200, ![204, 304].contains(head.status) else { return nil }
    let type = head.fields.first(named: "content-type") ?? ""
    let name = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    if let stream = Self.streams[name] {
      self = stream
    } else if Self.framed.contains(where: name.hasPrefix) {
      guard isModel else { return nil }
      self = name == Self.eventStream ? .messages : .frames
    } else if Self.isText(name) || (isModel && !Self.media.contains(where: name.hasPrefix)) {
      self = .document
    } else {
      return nil
    }
  }

  private static let streams: [String: AnswerForm] = [
    "text/event-stream": .events, "application/x-ndjson": .lines, "application/ndjson": .lines,
    "application/jsonl": .lines, "application/x-jsonlines": .lines, "application/stream+json": .lines,
    "application/json-seq": .lines,
  ]
  private static let eventStream = "application/vnd.amazon.eventstream"
  private static let framed = [
    "application/grpc", "application/connect+", "application/proto", eventStream,
  ]
  private static let media = ["image/", "audio/", "video/", "font/"]

  /// Whoever says nothing may be read as text (RFC 9110 §8.3).
  private static func isText(_ name: String) -> Bool {
    name.isEmpty || name.hasPrefix("text/") || name.hasSuffix("+json") || name.hasSuffix("+xml")
      || [
        "application/json", "application/xml", "application/javascript", "application/yaml", "application/x-yaml",
        "application/toml", "application/x-sh", "application/rtf", "message/rfc822",
      ].contains(name)
  }
}
