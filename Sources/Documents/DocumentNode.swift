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

  /// Nothing was written after the colon.
  package var isEmpty: Bool {
    if case .scalar(let text, false) = content { text.isEmpty || text == "~" || text == "null" } else { false }
  }

  /// Without control characters, which could speak to the terminal that shows the problem.
  package static func shortened(_ text: String) -> String {
    let printable = text.unicodeScalars.prefix(DocumentLimits.quotedBytes).map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format ? "·" : String(scalar)
    }
    return printable.joined() + (text.unicodeScalars.count > DocumentLimits.quotedBytes ? "…" : "")
  }
}
