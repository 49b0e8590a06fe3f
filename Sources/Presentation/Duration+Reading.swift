extension Duration {
  /// As people read it: `84 ms`, `3.2 s`, `1 min 12 s`, `2 h 05 min`; whole units past a minute, rounded down.
  package var reading: String {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return "0 ms" }
    let milliseconds = attoseconds / 1_000_000_000_000_000
    switch seconds {
    case 0: return "\(milliseconds) ms"
    case ..<60: return "\(seconds).\(milliseconds / 100) s"
    case ..<3600: return "\(seconds / 60) min \(Self.twoDigits(seconds % 60)) s"
    default: return "\(seconds / 3600) h \(Self.twoDigits(seconds / 60 % 60)) min"
    }
  }

  private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
