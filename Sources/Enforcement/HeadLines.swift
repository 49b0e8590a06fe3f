internal import Decoding
internal import Evidence
internal import Inspection
internal import Wire

/// A head's target, method and fields as one text, whose scan is a tenth of the cost of a scan for each.
struct HeadLines {
  /// One part of the text that findings stand in.
  private struct Part {
    let start: Int
    let end: Int
    let name: Name
  }

  /// What a finding's place is called.
  private enum Name {
    case known(String)
    /// A field's value: its name in small letters, made only where something is found.
    case field(String)

    var text: String {
      switch self {
      case .known(let name): name
      case .field(let name): name.lowercased()
      }
    }
  }

  /// RFC 9113 §8.3.1.
  static let method = ":method"
  static let path = ":path"
  /// The place of what stands in the names themselves, which a report must then not repeat.
  static let names = ":name"

  private var text = ""
  private var parts: [Part] = []

  /// - Parameter fields: those that will be appended.
  init(of fields: [HTTPField]) {
    parts.reserveCapacity(2 * fields.count + 2)
    text.reserveCapacity(fields.reduce(256) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 })
  }

  /// Counted as in ``Captured/headBytes``.
  var bytes: Int { text.utf8.count }

  mutating func append(target: String, method: String) {
    for (part, name) in [(target, Self.path), (method, Self.method)] {
      append(part, as: .known(name))
      text.unicodeScalars.append(Self.separator)
    }
  }

  mutating func append(_ field: HTTPField) {
    append(field.name, as: .known(Self.names))
    text += ": "
    append(field.value, as: .field(field.name))
    // Of the length of a line's end: nothing that is encoded goes on in the next field.
    text.unicodeScalars.append(Self.separator)
    text += "\n"
  }

  private mutating func append(_ part: String, as name: Name) {
    let start = text.utf8.count
    text += part
    parts.append(Part(start: start, end: text.utf8.count, name: name))
  }

  private static let separator = Unicode.Scalar(DecodedView.separator)

  /// What is in it; each finding's span counts in its own part, the last that it reaches into.
  func findings(by detectors: DetectorSet, place: (String) -> Finding.Place) -> [Finding] {
    let found = detectors.inspect(text, place: place(""))
    guard !found.isEmpty else { return [] }
    // Where a name holds something, no finding is called by that name.
    let tainted = Set(
      parts.indices.filter { index in
        parts[index].name.text == Self.names
          && found.contains { $0.span.start < parts[index].end && $0.span.end > parts[index].start }
      })
    return found.compactMap { finding in
      guard let index = parts.lastIndex(where: { $0.start < max(1, finding.span.end) }) else { return nil }
      let part = parts[index]
      let start = max(0, finding.span.start - part.start)
      return Finding(
        detector: finding.detector, dataClass: finding.dataClass, grade: finding.grade,
        severity: finding.severity,
        place: place(tainted.contains(index - 1) ? Self.names : part.name.text),
        span: Span(start, max(start, min(finding.span.end, part.end) - part.start)), layers: finding.layers,
        fingerprint: finding.fingerprint, ownRow: finding.ownRow)
    }
  }
}
