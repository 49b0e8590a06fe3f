/// Whole numbers as bytes, the most significant first.
enum BigEndian {
  static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    var bytes: [UInt8] = []
    append(number, to: &bytes)
    return bytes
  }

  static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// - Precondition: `offset` and the number's width lie inside `bytes`; the callers have checked the length.
  static func read<Number: FixedWidthInteger>(
    _: Number.Type, _ bytes: some RandomAccessCollection<UInt8>, at offset: Int
  )
    -> Number
  {
    let start = bytes.index(bytes.startIndex, offsetBy: offset)
    let end = bytes.index(start, offsetBy: MemoryLayout<Number>.size)
    return bytes[start..<end].reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }
}
