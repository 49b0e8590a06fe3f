/// The text of a release as tools write it: `2.1.63`, `1.0.post1+local`, `2025.08.15-dbc8d73`.
///
/// It begins with a digit and holds nothing that a terminal, a header field or a ledger could trip over.
package enum VersionText {
  /// A text that is a version and nothing else; a leading `v` is left out.
  package static func whole(_ text: String) -> String? {
    guard let (version, end) = leading(text.utf8[...]), end == text.utf8.endIndex else { return nil }
    return version
  }

  /// The version that a text begins with, and where it ends.
  static func leading(_ text: Substring.UTF8View) -> (version: String, end: String.Index)? {
    var rest = text
    if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
    guard let first = rest.first, isDigit(first) else { return nil }
    let version = rest.prefix(CatalogLimits.versionBytes + 1).prefix(while: isPart)
    guard version.count <= CatalogLimits.versionBytes else { return nil }
    return (String(decoding: version, as: UTF8.self), version.endIndex)
  }

  static func isPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) || marks.contains(byte)
  }

  /// SemVer 2.0's separators, and the epoch's of PEP 440.
  private static let marks: Set<UInt8> = Set(".+-_!".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
