/// Where something stands in a hand-written file.
package struct DocumentPlace: Sendable, Hashable, CustomStringConvertible {
  package let file: String
  /// One-based.
  package let line: Int

  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  package var description: String { "\(file):\(line)" }
}
