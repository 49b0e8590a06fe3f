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

/// RFC 4648 §4 and §5, bit by bit.
func base64(_ bytes: [UInt8], urlSafe: Bool = false, padded: Bool = true) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + (urlSafe ? "-_" : "+/"))
  var out = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(bytes.count, start + 3)]
    let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
    for index in 0...group.count { out.append(alphabet[bits >> (18 - 6 * index) & 63]) }
    if padded { out += String(repeating: "=", count: 3 - group.count) }
  }
  return out
}

func compressed(_ text: [UInt8], _ coding: ContentCoding) throws -> [UInt8] {
  var compressor = try Compressor(coding)
  var out: [UInt8] = []
  try text.withUnsafeBytes { try compressor.compress($0) { out += $0 } }
  try compressor.finish { out += $0 }
  return out
}
