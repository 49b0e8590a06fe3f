/// A value in a hand-written file, with its place.
package struct DocumentNode: Sendable, Hashable {
  package let place: DocumentPlace
  package let content: Content

  package indirect enum Content: Sendable, Hashable {
    /// `isQuoted` tells `"true"`, a text, from `true`.
    case scalar(String, isQuoted: Bool)
    case list([DocumentNode])
    /// In the order of the file; each key once.
    case map([Entry])
  }

  package struct Entry: Sendable, Hashable {
    package let key: String
    package let keyPlace: DocumentPlace
    package let value: DocumentNode
  }

  /// `a list`, `a map`, or the scalar itself in quotes, shortened.
  package var summary: String {
    switch content {
    case .scalar(let text, _): "'\(Self.shortened(text))'"
    case .list: "a list"
    case .map: "a map"
    }
  }

  /// Nothing was written after the colon, or an empty text, list or map.
  package var isEmpty: Bool {
    switch content {
    case .scalar(let text, let isQuoted): text.isEmpty || (!isQuoted && (text == "~" || text == "null"))
    case .list(let elements): elements.isEmpty
    case .map(let entries): entries.isEmpty
    }
  }

  /// Without control characters, which could speak to the terminal that shows the problem.
  package static func shortened(_ text: String) -> String {
    if text.utf8.count <= DocumentLimits.quotedBytes, text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) {
      return text
    }
    let printable = text.unicodeScalars.prefix(DocumentLimits.quotedBytes).map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        ? "·" : String(scalar)
    }
    return printable.joined() + (text.unicodeScalars.count > DocumentLimits.quotedBytes ? "…" : "")
  }
}
