/// Where something stands in a text file, as editors count.
package struct TextPlace: Sendable, Hashable, Comparable {
  /// From 1.
  package let line: Int
  /// In Unicode scalars, from 1.
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: TextPlace, right: TextPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

extension TextPlace: JSONRepresentable {
  package var json: JSONValue { ["line": .integer(line), "column": .integer(column)] }
}
