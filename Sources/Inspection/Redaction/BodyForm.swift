internal import Decoding
internal import Evidence

/// A form of body in which text can be replaced by text of another length.
struct BodyForm {
  private enum Kind {
    case json
    case form
    case markup
    case text
  }

  private let kind: Kind
  private let wasJSON: Bool

  /// - Returns: `nil` for binary and unknown forms, whose lengths and offsets would no longer be true.
  init?(_ content: ContentDescription, _ body: [UInt8]) {
    let type = content.mediaType
    wasJSON = (try? JSONParser.parse(body)) != nil
    // Text has no NUL; what has may count its bytes.
    guard !body.contains(0), String(validating: body, as: UTF8.self) != nil else { return nil }
    if type == "application/json" || type.hasSuffix("+json") || type.isEmpty && wasJSON {
      kind = .json
    } else if type == "application/x-www-form-urlencoded" {
      kind = .form
    } else if type.hasSuffix("/xml") || type.hasSuffix("+xml") || type == "text/html" {
      kind = .markup
    } else if type.hasPrefix("text/") || type == "multipart/form-data" || Self.textTypes.contains(type) {
      kind = .text
    } else {
      return nil
    }
  }

  private static let textTypes: Set<String> = [
    "application/x-ndjson", "application/jsonl", "application/json-seq", "application/x-yaml", "application/yaml",
    "application/toml", "application/javascript", "application/graphql",
  ]

  /// `<redacted:github-token>`; without angle brackets where they would be markup.
  func placeholder(for detector: String) -> [UInt8] {
    if case .markup = kind { return Array("[redacted:\(detector)]".utf8) }
    return Array("<redacted:\(detector)>".utf8)
  }

  /// How text is written into the body itself.
  func encode(_ text: [UInt8]) -> [UInt8] {
    if case .form = kind { return Edit.percentEncoded(text) }
    return text
  }

  /// Whether a body that was JSON still is.
  func stillHolds(_ body: [UInt8]) -> Bool { !wasJSON || (try? JSONParser.parse(body)) != nil }
}
