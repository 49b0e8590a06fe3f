extension PatternNode {
  /// The pattern as Hyperscan reads it, with every byte spelled as a number. What looks around is left out: a hit is
  /// confirmed by ``PatternProgram``, which knows all of it.
  var hyperscanText: String {
    switch self {
    case .set(let set): return Self.text(of: set)
    case .sequence(let nodes): return nodes.map(\.hyperscanText).joined()
    case .alternation(let nodes): return "(?:" + nodes.map(\.hyperscanText).joined(separator: "|") + ")"
    case .repeated(let node, let minimum, let maximum):
      let inner = node.hyperscanText
      guard !inner.isEmpty, maximum > 0 else { return "" }
      return "(?:\(inner))" + Self.quantifier(minimum, maximum)
    case .capture(let node): return "(?:" + node.hyperscanText + ")"
    case .wordBoundary: return "\\b"
    case .notPreceded, .notFollowed: return ""
    }
  }

  /// The same for a whole pattern: what must not stand before it is one byte more at its beginning, so that a run of
  /// digits is reported once and not at each of its digits. Where a match ends stays the same.
  var hyperscanSearchText: String {
    switch self {
    case .sequence(let nodes):
      guard let first = nodes.first else { return "" }
      return first.hyperscanSearchText + nodes.dropFirst().map(\.hyperscanText).joined()
    case .alternation(let nodes): return "(?:" + nodes.map(\.hyperscanSearchText).joined(separator: "|") + ")"
    case .capture(let node): return "(?:" + node.hyperscanSearchText + ")"
    case .notPreceded(let set): return "(?:^|" + Self.text(of: set.complement) + ")"
    case .set, .repeated, .wordBoundary, .notFollowed: return hyperscanText
    }
  }

  private static func quantifier(_ minimum: Int, _ maximum: Int) -> String {
    if maximum >= InspectionLimits.maximumSecretBytes { return "{\(minimum),}" }
    return minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}"
  }

  private static func text(of set: ByteSet) -> String {
    if let byte = set.only { return text(of: byte) }
    let parts = set.ranges.map { range in
      range.count == 1 ? text(of: range.lowerBound) : text(of: range.lowerBound) + "-" + text(of: range.upperBound)
    }
    return "[" + parts.joined() + "]"
  }

  /// Bytes as they are.
  static func hyperscanText(of bytes: [UInt8]) -> String { bytes.map(text(of:)).joined() }

  private static func text(of byte: UInt8) -> String { numbers[Int(byte)] }

  private static let numbers = (0..<256).map { ($0 < 16 ? "\\x0" : "\\x") + String($0, radix: 16) }
}
