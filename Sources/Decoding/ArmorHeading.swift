/// The line that a private key begins with: `-----BEGIN RSA PRIVATE KEY-----` (RFC 7468 §2), `---- BEGIN SSH2 PRIVATE
/// KEY ----` (RFC 4716 §3.2), and the name with which PuTTY's files begin.
struct ArmorHeading: Equatable {
  let kind: Kind
  let range: Range<Int>

  enum Kind {
    case encapsulated
    case ssh2
    case putty

    /// How the last line begins.
    var ending: [UInt8] {
      switch self {
      case .encapsulated: Array("-----END ".utf8)
      case .ssh2: Array("---- END ".utf8)
      case .putty: Array("Private-MAC: ".utf8)
      }
    }
  }

  /// Bytes of the longest of the two literals of which every one of them has one.
  static let longestLiteral = puttyBeginning.count

  private static let keyName = Array("PRIVATE KEY".utf8)
  private static let putty = Array("PuTTY".utf8)
  private static let puttyBeginning = Array("PuTTY-User-Key-File-".utf8)
  private static let beginning = Array("-----BEGIN ".utf8)
  private static let ssh2Beginning = Array("---- BEGIN SSH2 ".utf8)
  private static let block = Array(" BLOCK".utf8)
  private static let end = Array("-----".utf8)
  private static let ssh2End = Array(" ----".utf8)

  /// Bytes of `ENCRYPTED ` and the like.
  private static let longestName = 24
  /// Bytes before and behind a literal, at most.
  static let bytesBefore = beginning.count + longestName
  static let bytesBehind = 160

  /// - Parameter literal: where one of ``literals`` stands.
  /// - Returns: `nil` where no key begins.
  init?(at literal: Int, in text: UnsafeBufferPointer<UInt8>) {
    if text.has(Self.puttyBeginning, at: literal) {
      let line = text[literal...].prefix(Self.bytesBehind).prefix { $0 >= 0x20 }
      (kind, range) = (.putty, literal..<line.endIndex)
      return
    }
    let name = text[..<literal].suffix(Self.longestName).reversed().prefix(while: Self.isOfName)
    var end = literal + Self.keyName.count
    if text.has(Self.block, at: end) { end += Self.block.count }
    // The word BEGIN is one of capitals, too.
    let start = (literal - name.count - Self.end.count..<literal).first { text.has(Self.beginning, at: $0) }
    if let start, text.has(Self.end, at: end) {
      (kind, range) = (.encapsulated, start..<end + Self.end.count)
      return
    }
    let ssh2Start = (literal - Self.bytesBefore..<literal).first { text.has(Self.ssh2Beginning, at: $0) }
    guard let ssh2Start, text.has(Self.ssh2End, at: end) else { return nil }
    (kind, range) = (.ssh2, ssh2Start..<end + Self.ssh2End.count)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x20
  }

  /// The first that is whole in a part of a text.
  static func first(in text: UnsafeBufferPointer<UInt8>, _ part: Range<Int>) -> ArmorHeading? {
    var from = part.lowerBound
    while let literal = firstLiteral(in: text, from..<part.upperBound) {
      if let heading = ArmorHeading(at: literal, in: text), part.contains(heading.range.lowerBound) { return heading }
      from = literal + 1
    }
    return nil
  }

  static func firstLiteral(in text: UnsafeBufferPointer<UInt8>, _ part: Range<Int>) -> Int? {
    var from = part.lowerBound
    // Both have it, and text has few.
    while let letter = text.first(UInt8(ascii: "Y"), in: from..<part.upperBound) {
      from = letter + 1
      let (key, puttyKey) = (from - keyName.count, from - putty.count)
      if key >= part.lowerBound, text.has(keyName, at: key) { return key }
      if puttyKey >= part.lowerBound, text.has(puttyBeginning, at: puttyKey) { return puttyKey }
    }
    return nil
  }

  /// What begins so ends with it, where it is in a line.
  func ending(in text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    guard let start = text.first(kind.ending, in: line) else { return nil }
    let rest = text[(start + kind.ending.count)..<line.upperBound]
    switch kind {
    case .putty:
      return start..<rest.prefix { CharacterTable.classes[Int($0)] & CharacterTable.hexadecimal != 0 }.endIndex
    case .encapsulated: return text.first(Self.end, in: rest.indices).map { start..<$0 + Self.end.count }
    case .ssh2: return text.first(Self.ssh2End, in: rest.indices).map { start..<$0 + Self.ssh2End.count }
    }
  }
}
