/// Successive lines of one file that are inside a message.
package struct SourceRange: Sendable, Hashable {
  /// Relative to the workspace; absolute for a file outside of it.
  package let path: String
  /// Which content of the file it was: 1 for the one that was there first, one more after each change in the run.
  package let version: Int
  /// One-based.
  package let startLine: Int
  /// The last of them; at least ``startLine``.
  package let endLine: Int
  /// Where the first line begins in the message, in bytes from 1, if not at its own beginning; white space that the line
  /// begins with does not count.
  package let startColumn: Int?
  /// The last byte of the last line that is there, if not its own last, in bytes from 1.
  package let endColumn: Int?
  /// Bytes of the file's text that are there, line ends and indentation not counted.
  package let bytes: Int
  /// Whether it goes to this destination for the first time in the run.
  package let isFirstSent: Bool
  /// Places in other files that hold the same text, so that it may have come from there.
  package let copies: Int

  package init(
    path: String, version: Int = 1, startLine: Int, endLine: Int, startColumn: Int? = nil, endColumn: Int? = nil,
    bytes: Int, isFirstSent: Bool, copies: Int = 0
  ) {
    self.path = path
    self.version = version
    self.startLine = startLine
    self.endLine = endLine
    self.startColumn = startColumn
    self.endColumn = endColumn
    self.bytes = bytes
    self.isFirstSent = isFirstSent
    self.copies = copies
  }

  package var lineCount: Int { endLine - startLine + 1 }
}

extension SourceRange: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path), "version": .integer(version), "startLine": .integer(startLine),
      "endLine": .integer(endLine), "bytes": .integer(bytes), "firstSent": .bool(isFirstSent),
    ]
    members["startColumn"] = startColumn.map { .integer($0) }
    members["endColumn"] = endColumn.map { .integer($0) }
    if copies > 0 { members["copies"] = .integer(copies) }
    return .object(members)
  }
}
