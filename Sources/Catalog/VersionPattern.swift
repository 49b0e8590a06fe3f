/// A text in which `{version}` stands for a release: `~/.local/share/tool/versions/{version}`, `tool-cli/{version}`.
package struct VersionPattern: Sendable, Hashable {
  package let text: String
  private let before: String
  private let after: String

  static let mark = "{version}"

  /// - Returns: `nil` unless `{version}` stands in it once, behind something, and before nothing that could be a
  ///   version's own.
  package init?(_ text: String) {
    let parts = text.split(separator: Self.mark, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].utf8.first.map(VersionText.isPart) != true else { return nil }
    self.text = text
    before = String(parts[0])
    after = String(parts[1])
  }

  /// The release in a path that lies at or below the pattern's.
  ///
  /// - Parameter home: what a leading `~` stands for.
  package func version(inPath path: String, home: String) -> String? {
    let start = before.hasPrefix("~/") ? home + before.dropFirst() : before
    guard path.utf8.starts(with: start.utf8),
      let (version, end) = VersionText.leading(path.utf8.dropFirst(start.utf8.count)), isFollowed(path.utf8[end...])
    else { return nil }
    let tail = path.utf8[end...].dropFirst(after.utf8.count)
    return tail.isEmpty || tail.first == UInt8(ascii: "/") ? version : nil
  }

  private func isFollowed(_ text: Substring.UTF8View) -> Bool { text.starts(with: after.utf8) }

  /// The release among the products of a `User-Agent` (RFC 9110 §10.1.5), wherever they stand.
  package func version(inProducts text: String) -> String? {
    let (bytes, wanted) = (text.utf8, Array(before.utf8))
    var index = bytes.startIndex
    var isBegin = true
    while index != bytes.endIndex {
      if isBegin, bytes[index...].starts(with: wanted) {
        let (version, end) = VersionText.leading(bytes[bytes.index(index, offsetBy: wanted.count)...]) ?? ("", index)
        if !version.isEmpty, isFollowed(bytes[end...]) { return version }
      }
      // A name in the middle of another is not the product.
      isBegin = !VersionText.isPart(bytes[index])
      bytes.formIndex(after: &index)
    }
    return nil
  }
}
