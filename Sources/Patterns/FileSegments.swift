/// A file's path, cut at its slashes once for all patterns.
package struct FileSegments: Sendable, Hashable {
  let bytes: [UInt8]
  let ranges: [Range<Int>]

  /// Slashes that stand first, last or doubled count for nothing.
  package init(_ path: some StringProtocol) {
    let bytes = Array(path.utf8)
    self.bytes = bytes
    self.ranges = bytes.split(separator: UInt8(ascii: "/")).map(\.indices)
  }

  /// Bytes of the path.
  package var count: Int { bytes.count }
}
