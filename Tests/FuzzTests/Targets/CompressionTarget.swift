internal import Compression

/// Every content coding on any bytes; the first byte chooses.
enum CompressionTarget {
  private static let most = 1 << 20

  struct Reading: Equatable {
    var text: [UInt8] = []
    var hasEnded = false
    var isWhole = false
    var failure: String?

    /// - Parameter most: bytes of text altogether.
    init(_ pieces: [[UInt8]], _ coding: ContentCoding, most: Int) throws {
      var decompressor = try Decompressor(coding)
      var found: [UInt8] = []
      do {
        for piece in pieces {
          try piece.withUnsafeBytes { bytes in
            try decompressor.decompress(bytes, maximumOutput: most - found.count) { found += $0 }
          }
        }
        hasEnded = decompressor.hasEnded
        try decompressor.finish()
        isWhole = true
      } catch let error as CompressionError {
        failure = "\(error.code)"
      }
      text = found
    }
  }

  static func check(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let bytes = Array(input.dropFirst())
    let coding = ContentCoding.allCases[Int(choice) % ContentCoding.allCases.count]
    let whole = try Reading([bytes], coding, most: most)
    try demand(whole.text.count <= most, "\(whole.text.count) bytes of text")
    for pieces in Pieces.ways(of: bytes) {
      let parts = try Reading(pieces, coding, most: most)
      try demand(parts.isWhole == whole.isWhole, "whether it is whole depends on how it is cut: \(parts) \(whole)")
      guard whole.isWhole else { continue }
      try demand(parts == whole, "the text depends on how it is cut")
    }
    try checkRoundTrip(bytes, coding)
  }

  private static func checkRoundTrip(_ text: [UInt8], _ coding: ContentCoding) throws {
    var compressor = try Compressor(coding)
    var small: [UInt8] = []
    for piece in Pieces.ways(of: text).last ?? [text] {
      try piece.withUnsafeBytes { try compressor.compress($0) { small += $0 } }
    }
    try compressor.finish { small += $0 }
    let reading = try Reading([small], coding, most: most)
    try demand(reading.isWhole && reading.text == text, "what we compress is read as something else")
  }
}
