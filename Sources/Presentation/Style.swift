/// Whether renderings carry colour, and which.
package struct Style: Sendable, Hashable {
  package let isColoured: Bool

  package init(isColoured: Bool) {
    self.isColoured = isColoured
  }

  package static let plain = Style(isColoured: false)
  package static let coloured = Style(isColoured: true)

  /// The text between the control sequences of its tint, or just the text.
  ///
  /// - Source: ECMA-48 §8.3.117 (SGR); only the colours that every theme, light or dark, sets readable.
  func paint(_ text: String, _ tint: Tint?) -> String {
    guard isColoured, let tint, !text.isEmpty else { return text }
    return "\u{1B}[\(tint.parameter)m\(text)\u{1B}[0m"
  }
}

extension Tint {
  fileprivate var parameter: String {
    switch self {
    case .strong: "1"
    case .muted: "2"
    case .good: "32"
    case .notice: "33"
    case .bad: "31"
    }
  }
}
