/// Finds quotes and line ends that say by the byte after them that something may be broken there, sixteen at a time.
enum PairFilter {
  /// The position of the first such byte, or of one that is the last before `end`; `end` where there is none.
  static func first(in bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var position = start
    while position + 17 <= end {
      let bits = hits(load(bytes + position), load(bytes + position + 1))
      if bits[0] | bits[1] != 0 {
        return position
          + (bits[0] != 0 ? bits[0].trailingZeroBitCount >> 3 : 8 + bits[1].trailingZeroBitCount >> 3)
      }
      position += 16
    }
    while position < end {
      if position + 1 == end || mayBegin(bytes[position], before: bytes[position + 1]) { return position }
      position += 1
    }
    return end
  }

  private static func load(_ bytes: UnsafePointer<UInt8>) -> SIMD16<UInt8> {
    UnsafeRawPointer(bytes).loadUnaligned(as: SIMD16<UInt8>.self)
  }

  // Vectors on both sides: comparisons with a single byte are not made for vectors.
  @inline(__always)
  private static func all(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }

  /// A quote before white space, an operator or a quote; a line's end before what a token may be made of, or CR.
  @inline(__always)
  private static func hits(_ bytes: SIMD16<UInt8>, _ next: SIMD16<UInt8>) -> SIMD2<UInt64> {
    let quotes = (bytes .== all(0x22)) .| (bytes .== all(0x27))
    let joins = (next .< all(0x2f)) .& (next .!= all(0x2c)) .& (next .!= all(0x29))
    let lines = (bytes .== all(0x0a)) .& (next .> all(0x2c)) .& (next .< all(0x7b))
    // Safe: both are sixteen bytes, and a mask is bits.
    return unsafeBitCast(quotes .& joins .| lines .| (bytes .== all(0x0d)), to: SIMD2<UInt64>.self)
  }

  private static func mayBegin(_ byte: UInt8, before next: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27: next < 0x2f && next != 0x2c && next != 0x29
    case 0x0a: next > 0x2c && next < 0x7b
    default: byte == 0x0d
    }
  }
}
