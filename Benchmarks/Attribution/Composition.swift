internal import Compression
internal import Decoding

/// Bodies of messages with runs of lines in them.
struct Composition {
  struct Part {
    let file: Int
    /// Lines, from 0.
    let lines: ClosedRange<Int>
    let run: TextCatalogue.Run
  }

  private(set) var parts: [Part] = []
  private(set) var bodies: [[UInt8]] = []
  let content: ContentDescription

  init(_ runs: [(file: Int, lines: ClosedRange<Int>)], of tree: SourceTree, _ changes: [Transformation], seed: UInt64) {
    var generator = Seeded(seed)
    content = ContentDescription(
      contentType: changes.contains(.json) ? "application/json" : "text/plain",
      contentCodings: changes.contains(.compressed) && !changes.contains(.base64) ? ["gzip"] : [])
    var text: [UInt8] = []
    for run in runs {
      let file = tree.files[run.file]
      var lines = run.lines.map { Array(file.lines[$0]) }
      parts.append(Self.cut(&lines, run.file, run.lines, file, changes, &generator))
      for _ in 0..<Int.random(in: 1...3, using: &generator) { text += Filler.sentence(&generator) + [0x0a] }
      text += Self.block(lines, run.lines.lowerBound + 1, file.path, changes, generator.next()) + [0x0a]
    }
    text += Filler.sentence(&generator)
    bodies = Self.pieces(text, changes, &generator).map { Self.body($0, changes) }
  }

  /// Takes the run's ends off, if that is wanted, and says what is left of it.
  private static func cut(
    _ lines: inout [[UInt8]], _ index: Int, _ range: ClosedRange<Int>, _ file: SourceTree.File,
    _ changes: [Transformation],
    _ generator: inout Seeded
  ) -> Part {
    let full = range.filter { !file.trimmed[$0].isEmpty }
    var run = TextCatalogue.Run(whole: full.map { file.trimmed[$0] })
    guard changes.contains(.partial), full.count > 2 else { return Part(file: index, lines: range, run: run) }
    let head = file.trimmed[range.lowerBound]
    let kept = head.suffix(Int.random(in: 1...head.count, using: &generator))
    lines[0] = Array(kept)
    run.whole.removeFirst()
    if SourceTree.File.trimmed(kept).count < head.count {
      run.head = SourceTree.File.trimmed(kept)
    } else {
      run.whole.insert(head, at: 0)
    }
    let tail = file.trimmed[range.upperBound]
    let begun = tail.prefix(Int.random(in: 1...tail.count, using: &generator))
    lines[lines.count - 1] = file.lines[range.upperBound].prefix { $0 <= 0x20 } + begun
    run.whole.removeLast()
    if SourceTree.File.trimmed(begun).count < tail.count {
      run.tail = SourceTree.File.trimmed(begun)
    } else {
      run.whole.append(tail)
    }
    return Part(file: index, lines: range, run: run)
  }

  private static func block(
    _ lines: [[UInt8]], _ first: Int, _ path: String, _ changes: [Transformation], _ seed: UInt64
  ) -> [UInt8] {
    var text = RunText(lines, path: path, firstLine: first, seed: seed)
    if changes.contains(.reindented) { text.reindent() }
    if changes.contains(.diff) { text.makeDiff() }
    if changes.contains(.numbered) { text.number() }
    if changes.contains(.quoted) { text.quote() }
    if changes.contains(.fenced) { text.fence() }
    let end: [UInt8] = changes.contains(.lineEnds) ? (seed % 4 == 0 ? [0x0d] : [0x0d, 0x0a]) : [0x0a]
    var bytes = Array(text.lines.joined(separator: end))
    if changes.contains(.base64) {
      if changes.contains(.compressed) { bytes = Encoded.gzip(bytes) }
      bytes = Encoded.base64(bytes)
    }
    return bytes
  }

  private static func pieces(_ text: [UInt8], _ changes: [Transformation], _ generator: inout Seeded) -> [[UInt8]] {
    guard changes.contains(.split) else { return [text] }
    let cuts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
      Int.random(in: 0...text.count, using: &generator)
    }
    var start = 0
    return (cuts.sorted() + [text.count]).map { end in
      defer { start = end }
      return Array(text[start..<end])
    }
  }

  private static func body(_ text: [UInt8], _ changes: [Transformation]) -> [UInt8] {
    var body = text
    if changes.contains(.json) {
      body =
        Array(#"{"model":"m-1","max_tokens":4096,"messages":[{"role":"user","content":[{"type":"text","text":"#.utf8)
        + Encoded.json(text) + Array("}]}]}".utf8)
    }
    if changes.contains(.compressed), !changes.contains(.base64) { body = Encoded.gzip(body) }
    return body
  }
}

/// Encodings, written plainly.
enum Encoded {
  static func json(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text {
      switch byte {
      case 0x0a: out += [0x5c, UInt8(ascii: "n")]
      case 0x0d: out += [0x5c, UInt8(ascii: "r")]
      case 0x09: out += [0x5c, UInt8(ascii: "t")]
      case UInt8(ascii: "\""), 0x5c: out += [0x5c, byte]
      case 0..<0x20: out += Array("\\u00".utf8) + [digit(byte >> 4), digit(byte & 15)]
      default: out.append(byte)
      }
    }
    return out + [UInt8(ascii: "\"")]
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(bytes.count, start + 3)]
      var bits = 0
      for (index, byte) in group.enumerated() { bits |= Int(byte) << (16 - 8 * index) }
      for index in 0...group.count { out.append(alphabet[bits >> (18 - 6 * index) & 63]) }
      out += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
    return out
  }

  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    guard var compressor = try? Compressor(.gzip) else { return out }
    try? bytes.withUnsafeBytes { try compressor.compress($0) { out += $0 } }
    try? compressor.finish { out += $0 }
    return out
  }
}
