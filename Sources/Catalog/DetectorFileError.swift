/// What is wrong with a detector's file.
package struct DetectorFileError: Error, Hashable, CustomStringConvertible {
  package let file: String
  /// One-based.
  package let line: Int
  /// What is there and what was expected.
  package let sentence: String
  package let remedy: String

  package var description: String { "\(file):\(line): \(sentence); \(remedy)" }
}
