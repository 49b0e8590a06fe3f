internal import Patterns

/// Who owns which files of a workspace, as its CODEOWNERS file says.
///
/// Read as GitHub documents it: the last line that matches a path decides, and one without owners takes them away. Under
/// GitLab's section heads each section decides for itself, and a path has the owners of all of them.
///
/// - Source: docs.github.com "About code owners"; docs.gitlab.com "Code Owners".
package struct CodeOwners: Sendable, Hashable {
  /// Where such a file may stand in a workspace; the first that is there counts.
  package static let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]

  /// Of a workspace that has no such file: nobody owns anything.
  package static let none = CodeOwners(file: nil, sections: [])

  /// As it was named; `nil` for ``none``.
  package let file: String?
  let sections: [Section]

  struct Section: Sendable, Hashable {
    /// In lower case, as sections of one name are one; empty before the first head.
    let name: String
    var lines: [Line] = []
  }

  struct Line: Sendable, Hashable {
    let pattern: FilePattern
    /// In lower case, since GitHub's names are the same in any.
    let owners: [String]
  }

  /// - Parameter path: from the workspace's root.
  /// - Returns: `nil` where telling it would take too long, which only a file made for that brings about.
  func owners(of path: FileSegments) -> [String]? {
    var steps = 0
    var owners: [String] = []
    for section in sections {
      for line in section.lines.reversed() {
        steps += line.pattern.cost(of: path)
        guard steps <= PolicyLimits.ownerSteps else { return nil }
        guard line.pattern.matches(path) else { continue }
        owners += line.owners
        break
      }
    }
    return owners
  }

  /// The most steps that telling the owners of a path takes.
  func cost(of path: FileSegments) -> Int {
    min(PolicyLimits.ownerSteps, sections.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.pattern.cost(of: path) } })
  }

  /// Whose the file is, in lower case.
  package func owners(of path: String) -> [String]? { owners(of: FileSegments(path)) }
}
