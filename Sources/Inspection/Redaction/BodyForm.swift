internal import Decoding

/// A form of body in which text can be replaced by text of another length.
struct BodyForm {
  private enum Kind {
    case json
    case form
    case markup
    case text
  }

  private let kind: Kind
  /// Where it is JSON.
  private let json: EditedJSON?

  /// - Returns: `nil` for binary and unknown forms, whose lengths and offsets would no longer be true.
  init?(_ content: ContentDescription, _ body: [UInt8]) {
    let type = content.mediaType
    json = EditedJSON(body)
    // Text has no NUL; what has may count its bytes.
    guard !body.contains(0), String(validating: body, as: UTF8.self) != nil else { return nil }
    // What says that it is JSON and is not, or is deeper than anybody's, has strings whose ends nobody knows.
    let isJSON = type == "application/json" || type.hasSuffix("+json")
    guard !isJSON || json != nil else { return nil }
    if isJSON || type.isEmpty && json != nil {
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

  private static let ofNumbers = ByteSet("+-.0123456789eE".utf8)

  private static let textTypes: Set<String> = [
    "application/x-ndjson", "application/jsonl", "application/json-seq", "application/x-yaml", "application/yaml",
    "application/toml", "application/javascript", "application/graphql",
  ]

  /// `<redacted:github-token>`; without angle brackets where they would be markup.
  func mask(_ detector: String) -> [UInt8] {
    if case .markup = kind { return Array("[redacted:\(detector)]".utf8) }
    return Array("<redacted:\(detector)>".utf8)
  }

  /// How text is written into the body itself.
  func encode(_ text: [UInt8]) -> [UInt8] {
    if case .form = kind { return Edit.percentEncoded(text) }
    return text
  }

  var isJSON: Bool { json != nil }

  /// Whether a body that was JSON still is.
  func stillHolds(_ body: [UInt8]) -> Bool { json == nil || EditedJSON(body) != nil }

  /// Where what was read at each offset begins in JSON; nothing where it is none.
  func beginnings(at offsets: Set<Int>) -> [Int: EditedJSON.Beginning] { json?.beginnings(at: offsets) ?? [:] }

  /// Whether answers to it are text in which placeholders come back as they are.
  var turnsBack: Bool {
    if case .form = kind { false } else { true }
  }

  /// What is written at each place.
  ///
  /// - Parameter give: the placeholder for a value of a kind.
  /// - Returns: `nil` where a place may not be touched, or a placeholder could not be kept.
  func edits(
    _ places: [EditPlace], in text: [UInt8], giving give: (_ value: [UInt8], _ kind: RedactedKind) -> [UInt8]?
  ) -> [Edit]? {
    var edits: [Edit] = []
    for place in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      for part in json?.parts(of: place.range) ?? [EditedJSON.Part(range: place.range)] {
        guard json?.isSealed(part.range) != true else { return nil }
        // Of a number that was found twice over, all is gone already.
        if let last = edits.last, part.range.lowerBound < last.range.upperBound { continue }
        guard let edit = edit(part, of: place, in: text, giving: give) else { return nil }
        edits.append(edit)
      }
    }
    return edits
  }

  private func edit(
    _ part: EditedJSON.Part, of place: EditPlace, in text: [UInt8],
    giving give: (_ value: [UInt8], _ kind: RedactedKind) -> [UInt8]?
  ) -> Edit? {
    if case .encoded(let written) = place.writing {
      return Edit(range: part.range, bytes: quoted(written, part, place, text))
    }
    let value = JSONText.unescaped(Array(text[part.range]), depth: part.depth ?? place.depth)
    guard let given = value.flatMap({ give($0, place.kind) }) else { return nil }
    return Edit(range: part.range, bytes: quoted(given, part, place, text))
  }

  /// With quotes where a number stood.
  private func quoted(_ bytes: [UInt8], _ part: EditedJSON.Part, _ place: EditPlace, _ text: [UInt8]) -> [UInt8] {
    // What stands bare and is no number makes the text no JSON, as in `[word]`: it stays as it is.
    let isNumber =
      part.depth == nil ? place.isBare && text[part.range].allSatisfy(Self.ofNumbers.contains) : part.isNumber
    let quote = isNumber ? JSONText.escaped([UInt8(ascii: "\"")], depth: part.depth ?? place.depth) : []
    return quote + bytes + quote
  }
}
