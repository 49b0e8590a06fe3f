/// Reads and writes amounts of bytes as people do: `64MiB`, `1MB`, `512`.
package enum ByteCountText {
  private static let units: [(name: String, factor: Int)] = [
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
  ]

  /// What an amount may look like, for a problem's sentence.
  package static let form = "an amount of bytes such as 512, 64KiB, 1MB or 2GiB"

  /// - Returns: `nil` for anything else, a negative amount, or one past 2^62.
  package static func parse(_ text: String) -> Int? {
    let unit = units.first { text.hasSuffix($0.name) }
    let digits = text.dropLast(unit?.name.count ?? 0).trimmedSpaces
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits)
    else { return nil }
    let (amount, overflow) = number.multipliedReportingOverflow(by: unit?.factor ?? 1)
    return overflow || amount > 1 << 62 ? nil : amount
  }
}

extension Substring {
  /// Without the spaces between a number and its unit.
  var trimmedSpaces: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
