internal import Attribution
internal import Catalog
internal import Compression
internal import Decoding
internal import Evidence
internal import Fingerprints
internal import Inspection

@testable internal import Enforcement

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

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

/// Bodies as agents send them, one after the other: turns are added, something in the middle changes, another
/// conversation comes between.
struct Conversations {
  enum Form: CaseIterable {
    case json, jsonWithTail, form, gzip, brotli, text
  }

  let form: Form
  var source: Seeded
  private var turns: [[String]]
  private let files: [[String]]
  private static let secrets = Result {
    try DetectorRules.load(
      from: #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
        + "/Sources/Catalog/Resources/detectors", classes: [.credential]
    ).filter { !$0.isGeneric }.map { $0.examples[0] }
  }

  static let rules = Result {
    try DetectorRules.load(
      from: #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
        + "/Sources/Catalog/Resources/detectors", classes: [.credential])
  }
  static let detectors = Result {
    try DetectorSet(rules: rules.get(), fingerprintKey: Secret(Array("a key of the tests".utf8)))
  }

  init(_ form: Form, seed: UInt64) {
    self.form = form
    var source = Seeded(seed)
    files = (0..<5).map { file in
      (0..<80).map { "  let name\(file)x\($0) = make(\(source.next()), of: \"\(source.next() % 997)\") // \($0)" }
    }
    self.source = source
    turns = [[], [], []]
    for index in turns.indices { for _ in 0..<90 { turns[index].append(turn()) } }
  }

  var index: SourceIndex {
    let index = SourceIndex()
    for (number, lines) in files.enumerated() {
      var text = lines.joined(separator: "\n")
      text.withUTF8 { index.take("file\(number).swift", text: UnsafeRawBufferPointer($0)) }
    }
    return index
  }

  /// Of some of the files, which are somebody's own.
  func ownCode() throws -> FingerprintSet? {
    let place = try IndexedPlace()
    for (number, lines) in files.prefix(3).enumerated() {
      try place.write(lines.joined(separator: "\n"), to: "file\(number).swift")
    }
    return try place.indexed()
  }

  var content: ContentDescription {
    switch form {
    case .json, .jsonWithTail: ContentDescription(contentType: "application/json")
    case .form: ContentDescription(contentType: "application/x-www-form-urlencoded")
    case .gzip: ContentDescription(contentType: "application/json", contentCodings: ["gzip"])
    case .brotli: ContentDescription(contentCodings: ["br"])
    case .text: .none
    }
  }

  private mutating func turn() -> String {
    switch source.below(6) {
    case 0: return "The key is \((try? Self.secrets.get().randomElement(using: &source)) ?? "") as you know."
    case 1:
      let lines = files[source.below(files.count)]
      let start = source.below(60)
      return lines[start..<start + 5 + source.below(15)].joined(separator: "\n")
    case 2: return "a\\u0041\"quoted\"\\ %41%42 =3D=41\r\n" + String(repeating: "/x", count: source.below(40))
    case 3: return Self.base64(Array("some text \(source.next()) in an encoding of its own".utf8))
    default:
      return (0..<20 + source.below(60)).map { _ in String(source.next() % 100_000, radix: 36) }.joined(separator: " ")
    }
  }

  /// The next body of one of the conversations.
  mutating func next() throws -> [UInt8] {
    let which = source.below(8) < 6 ? 0 : source.below(turns.count)
    switch source.below(10) {
    case 0: turns[which][source.below(turns[which].count)] = turn()
    case 1: turns[which].removeLast(min(4, turns[which].count - 80))
    case 2 where which > 0: turns[which] = Array(turns[0].prefix(40)) + (0..<50).map { _ in turn() }
    case 3: break
    default: for _ in 0...source.below(3) { turns[which].append(turn()) }
    }
    return try body(turns[which])
  }

  private func body(_ turns: [String]) throws -> [UInt8] {
    let messages = JSONValue.array(turns.map { .object(["content": .string($0), "role": .string("user")]) })
    switch form {
    case .json: return try CanonicalJSON.encode(.object(["messages": messages]))
    case .jsonWithTail:
      return try CanonicalJSON.encode(
        .object([
          "messages": messages, "tools": .array(files.map { .string($0.joined(separator: "\n")) }),
        ]))
    case .form: return Array("a=1&text=".utf8) + Self.percent(turns.joined(separator: "\n")) + Array("&b=2".utf8)
    case .gzip: return try Self.compressed(turns.joined(separator: "\n"), .gzip)
    case .brotli: return try Self.compressed(turns.joined(separator: "\n"), .br)
    case .text: return Array(turns.joined(separator: "\n\n").utf8)
    }
  }

  private static func compressed(_ text: String, _ coding: ContentCoding) throws -> [UInt8] {
    var compressor = try Compressor(coding)
    var out: [UInt8] = []
    try Array(text.utf8).withUnsafeBytes { try compressor.compress($0) { out += $0 } }
    try compressor.finish { out += $0 }
    return out
  }

  private static func percent(_ text: String) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return text.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x20: [UInt8(ascii: "+")]
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(bytes.count, start + 3)]
      var bits = 0
      for (index, byte) in group.enumerated() { bits |= Int(byte) << (16 - 8 * index) }
      for index in 0...group.count { out.append(alphabet[bits >> (18 - 6 * index) & 63]) }
      out += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
