/// The four bytes that a frame of zstd begins with (RFC 8878 §3.1).
///
/// The library may know the formats before that as well, depending on how it was built: receivers do not agree on what
/// these hold, nor does the library with itself when they come in pieces.
struct ZstdFrameHead {
  private var magic: UInt32 = 0
  private var count: UInt32 = 0

  /// Takes of the frame's next bytes those that belong to it.
  ///
  /// - Returns: false where no frame begins so.
  mutating func take(_ bytes: some Sequence<UInt8>) -> Bool {
    guard count < 4 else { return true }
    for byte in bytes.prefix(Int(4 - count)) {
      magic |= UInt32(byte) << (8 * count)
      count += 1
    }
    return count < 4 || magic == 0xfd2f_b528 || magic & 0xffff_fff0 == Self.skippable
  }

  /// Frames that hold no text (§3.1.2).
  private static let skippable: UInt32 = 0x184d_2a50
}
