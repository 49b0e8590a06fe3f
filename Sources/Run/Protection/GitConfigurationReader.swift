/// Reads a file of configuration as git does (config.c of git 2.50, `git_parse_source`): what it would take for a
/// variable is one here, however it is written.
struct GitConfigurationReader {
  /// One line, mostly: a variable and what it is set to.
  struct Variable: Equatable {
    /// Both in lower case, and without the name in quotation marks between them.
    var section: String
    var key: String
    var value: [UInt8]

    var text: String { String(decoding: value, as: UTF8.self) }
  }

  /// Those before the first place that git would refuse.
  private(set) var variables: [Variable] = []
  /// Whether git would read all of it.
  private(set) var isWhole = false

  private let bytes: [UInt8]
  private var next = 0
  private var section = ""

  init(_ bytes: [UInt8]) {
    // What is zero ends a name or value of C's in its middle.
    self.bytes = Array(bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(3) : bytes[...])
    isWhole = !bytes.contains(0) && read()
  }

  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  /// The next byte, where CR LF is one; at the end a line's end.
  private mutating func take() -> UInt8 {
    guard next < bytes.count else { return UInt8(ascii: "\n") }
    if bytes[next...].starts(with: "\r\n".utf8) { next += 1 }
    next += 1
    return bytes[next - 1]
  }

  private mutating func read() -> Bool {
    while next < bytes.count {
      switch take() {
      case let byte where Self.isSpace(byte): continue
      case UInt8(ascii: "#"), UInt8(ascii: ";"): skipLine()
      case UInt8(ascii: "["): guard readSection() else { return false }
      case let byte where Self.isLetter(byte): guard readVariable(byte) else { return false }
      default: return false
      }
    }
    return true
  }

  private mutating func skipLine() {
    while next < bytes.count, bytes[next] != UInt8(ascii: "\n") { next += 1 }
  }

  /// `[section]`, `[section.sub]`, `[section "sub"]`, of which the section is kept.
  private mutating func readSection() -> Bool {
    var name: [UInt8] = []
    while next < bytes.count {
      let byte = take()
      if byte == UInt8(ascii: "]") { return enter(name) }
      if Self.isSpace(byte) { return readSubsection(after: byte) && enter(name) }
      guard Self.isKey(byte) || byte == UInt8(ascii: ".") else { return false }
      name.append(byte)
    }
    return false
  }

  private mutating func enter(_ name: [UInt8]) -> Bool {
    section = Self.lowercased(name.prefix { $0 != UInt8(ascii: ".") })
    return true
  }

  private mutating func readSubsection(after space: UInt8) -> Bool {
    var byte = space
    while Self.isSpace(byte) {
      if byte == UInt8(ascii: "\n") { return false }
      byte = take()
    }
    guard byte == UInt8(ascii: "\"") else { return false }
    while true {
      byte = take()
      if byte == UInt8(ascii: "\"") { return take() == UInt8(ascii: "]") }
      if byte == UInt8(ascii: "\\") { byte = take() }
      if byte == UInt8(ascii: "\n") { return false }
    }
  }

  private mutating func readVariable(_ first: UInt8) -> Bool {
    var key = [first]
    while next < bytes.count, Self.isKey(bytes[next]) { key.append(take()) }
    var byte = take()
    while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { byte = take() }
    var value: [UInt8] = []
    if byte != UInt8(ascii: "\n") {
      guard byte == UInt8(ascii: "="), readValue(into: &value) else { return false }
    }
    variables.append(Variable(section: section, key: Self.lowercased(key[...]), value: value))
    return true
  }

  /// Quotation marks may begin and end anywhere in it, and a backslash takes in the next line.
  private mutating func readValue(into value: inout [UInt8]) -> Bool {
    var isQuoted = false
    /// Of the value without the white space that may turn out to be at its end.
    var length = 0
    while true {
      var byte = take()
      switch byte {
      case UInt8(ascii: "\n"):
        value.removeSubrange(length...)
        return !isQuoted
      case _ where Self.isSpace(byte) && !isQuoted:
        if !value.isEmpty { value.append(byte) }
        continue
      case UInt8(ascii: "#") where !isQuoted, UInt8(ascii: ";") where !isQuoted:
        skipLine()
        continue
      case UInt8(ascii: "\""):
        isQuoted.toggle()
      case UInt8(ascii: "\\"):
        byte = take()
        if byte != UInt8(ascii: "\n") {
          guard let meant = Self.escapes[byte] else { return false }
          value.append(meant)
        }
      default: value.append(byte)
      }
      length = value.count
    }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08, UInt8(ascii: "n"): 0x0a, UInt8(ascii: "\\"): 0x5c,
    UInt8(ascii: "\""): 0x22,
  ]

  private static func isSpace(_ byte: UInt8) -> Bool { [0x09, 0x0a, 0x0d, 0x20].contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

  private static func isKey(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }

  private static func lowercased(_ name: ArraySlice<UInt8>) -> String {
    String(decoding: name, as: UTF8.self).lowercased()
  }
}
