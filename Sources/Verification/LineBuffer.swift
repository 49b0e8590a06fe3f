/// Bytes as whole lines.
struct LineBuffer {
  private var rest: [UInt8] = []

  /// - Returns: the lines that are complete now, without their ends.
  mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
    rest += bytes
    var lines: [[UInt8]] = []
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(Array(rest[..<end]))
      rest.removeSubrange(...end)
    }
    return lines
  }
}
