/// A number of bytes as people read it. Machines get the plain number.
package struct ByteCount: Sendable, Hashable {
  package let bytes: Int

  package init(_ bytes: Int) {
    self.bytes = bytes
  }
}

extension ByteCount: CustomStringConvertible {
  /// Decimal units, at most three significant digits and a decimal place below 100: `999 B`, `1.2 kB`, `12.3 MB`.
  ///
  /// Rounds half up and takes the next unit where rounding reaches it, so never `1000 kB`.
  package var description: String {
    let magnitude = bytes.magnitude
    let sign = bytes < 0 ? "-" : ""
    if magnitude < 1000 { return "\(sign)\(magnitude) B" }
    var unitSize: UInt = 1000
    for unit in ["kB", "MB", "GB", "TB", "PB"] {
      // Dividing first: the product of a count near Int.max and ten would overflow.
      let tenths = magnitude / (unitSize / 10) + (magnitude % (unitSize / 10) >= unitSize / 20 ? 1 : 0)
      if tenths < 1000 { return "\(sign)\(tenths / 10).\(tenths % 10) \(unit)" }
      let whole = magnitude / unitSize + (magnitude % unitSize >= unitSize / 2 ? 1 : 0)
      if whole < 1000 { return "\(sign)\(whole) \(unit)" }
      unitSize *= 1000
    }
    let whole = magnitude / unitSize + (magnitude % unitSize >= unitSize / 2 ? 1 : 0)
    return "\(sign)\(whole) EB"
  }
}
