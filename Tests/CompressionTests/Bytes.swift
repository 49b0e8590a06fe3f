internal import Compression

/// A generator whose sequence a test can repeat (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Text that compresses about as prose does.
func sampleText(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var source = Seeded(seed)
  let words = (0..<200).map { _ in
    (0..<Int.random(in: 2...9, using: &source)).map { _ in UInt8.random(in: 97...122, using: &source) }
  }
  var out: [UInt8] = []
  while out.count < count { out += (words.randomElement(using: &source) ?? []) + [32] }
  return Array(out.prefix(count))
}

func compressed(_ text: [UInt8], _ coding: ContentCoding) throws -> [UInt8] {
  var compressor = try Compressor(coding)
  var out: [UInt8] = []
  for start in stride(from: 0, to: text.count, by: 1000) {
    try text[start..<min(text.count, start + 1000)].withUnsafeBytes { try compressor.compress($0) { out += $0 } }
  }
  try compressor.finish { out += $0 }
  return out
}

func decompressed(
  _ bytes: [UInt8], _ coding: ContentCoding, chunk: Int = .max, maximumOutput: Int = .max
) throws -> [UInt8] {
  var decompressor = try Decompressor(coding)
  var out: [UInt8] = []
  var start = 0
  while start < bytes.count {
    let end = chunk < bytes.count - start ? start + chunk : bytes.count
    try bytes[start..<end].withUnsafeBytes {
      try decompressor.decompress($0, maximumOutput: maximumOutput) { out += $0 }
    }
    start = end
  }
  try decompressor.finish()
  return out
}
