internal import Compression

/// Takes a content coding off a whole body, and puts it on again.
enum Recoding {
  static func decompress(_ bytes: [UInt8], _ coding: ContentCoding) throws(CompressionError) -> [UInt8] {
    var decompressor = try Decompressor(coding)
    var out: [UInt8] = []
    try withBytes(bytes) { buffer throws(CompressionError) in
      try decompressor.decompress(buffer, maximumOutput: InspectionLimits.maximumRedactedBytes) { out += $0 }
    }
    try decompressor.finish()
    return out
  }

  static func compress(_ bytes: [UInt8], _ coding: ContentCoding) throws(CompressionError) -> [UInt8] {
    var compressor = try Compressor(coding)
    var out: [UInt8] = []
    try withBytes(bytes) { buffer throws(CompressionError) in try compressor.compress(buffer) { out += $0 } }
    try compressor.finish { out += $0 }
    return out
  }

  /// The array's own method does not pass typed errors on.
  private static func withBytes(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
  ) throws(CompressionError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(CompressionError) in try body(buffer) }
    }
    try result.get()
  }
}
