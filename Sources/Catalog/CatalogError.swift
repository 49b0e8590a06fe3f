package import Documents

/// A catalogue that cannot be used: whose fault it is, where, and what was expected.
package struct CatalogError: Error, Sendable, Hashable, CustomStringConvertible {
  package let code: Code
  /// Every problem found, in the order of files and lines; one for ``Code/unreadable``.
  package let problems: [DocumentProblem]
  /// What to do about it.
  package let remedy: String

  package enum Code: String, Sendable, Hashable {
    /// A directory or file could not be read: the installation.
    case unreadable
    /// A file says something that the catalogue cannot mean: its writer.
    case invalid
  }

  /// One line for each problem, and the remedy.
  package var description: String { (problems.map(\.description) + [remedy]).joined(separator: "\n") }

  static func unreadable(
    _ path: String, _ reason: String, expected: String = "a readable directory of the catalogue"
  ) -> CatalogError {
    CatalogError(
      code: .unreadable,
      problems: [
        DocumentProblem(
          place: DocumentPlace(file: path, line: 1), found: reason, expected: expected)
      ],
      remedy: "Install Sallyport again, or name the directory that holds agents/, vendors/, services/ and registries/.")
  }

  static func invalid(_ problems: [DocumentProblem]) -> CatalogError {
    CatalogError(
      code: .invalid, problems: problems,
      remedy: "Correct these lines; docs/catalog.md describes the files and the schemas check them in an editor.")
  }
}
