@testable internal import Run

/// What git reads in files that an agent may have written, and names of files.
enum GitTarget {
  static func check(_ bytes: [UInt8]) throws {
    try checkConfiguration(bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    try checkLink(text)
    try checkPath(bytes, text)
    // No bytes are too strange for it; what it says is told by its own tests.
    _ = GitIndex(bytes)
  }

  /// What is read of a file and written again is read as the same; a file does as little as each of its variables.
  private static func checkConfiguration(_ bytes: [UInt8]) throws {
    let reader = GitConfigurationReader(bytes)
    let variables = reader.variables.filter { !$0.section.isEmpty }
    let written = variables.map(written)
    let again = GitConfigurationReader(written.flatMap(\.self))
    try demand(again.isWhole && again.variables == variables, "what we write of a configuration is another")
    let text = String(decoding: bytes, as: UTF8.self)
    guard GitConfiguration(text).isInert else { return }
    try demand(variables.count == reader.variables.count, "a variable of no section does nothing")
    for one in written {
      try demand(GitConfiguration(String(decoding: one, as: UTF8.self)).isInert, "a variable alone does more")
    }
  }

  private static func written(_ variable: GitConfigurationReader.Variable) -> [UInt8] {
    let value = variable.value.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x08: Array(#"\b"#.utf8)
      case 0x09: Array(#"\t"#.utf8)
      case 0x0a: Array(#"\n"#.utf8)
      case 0x22: Array(#"\""#.utf8)
      case 0x5c: Array(#"\\"#.utf8)
      default: [byte]
      }
    }
    return Array("[\(variable.section)]\n\t\(variable.key) = \"".utf8) + value + Array("\"\n".utf8)
  }

  /// A file `.git` leads to a place inside of the workspace, or nowhere.
  private static func checkLink(_ text: String) throws {
    for directory in [TreePath.top, TreePath(bytes: Array("a/b".utf8))] {
      var asked: [TreePath] = []
      for workspace in ["/w", "/w/é"] {
        _ = GitPlaces.leadsToKnown(text, from: directory, workspace: workspace) {
          asked.append($0)
          return false
        }
      }
      try demand(asked.allSatisfy { isInside($0) }, "a link leads out of the workspace")
    }
    _ = GitPlaces.hasNoAttributes(text)
  }

  /// A name is shown in letters that do nothing, and read as the same.
  private static func checkPath(_ bytes: [UInt8], _ text: String) throws {
    if let path = TreePath(shown: text) {
      try demand(isInside(path), "a path leads out of its directory")
      try demand(TreePath(shown: path.shown) == path, "a path is read as another: \(path.shown)")
    }
    let parts = bytes.split(separator: UInt8(ascii: "/")).filter { part in
      !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8) && !part.contains(0)
    }
    let path = TreePath(bytes: Array(parts.joined(separator: [UInt8(ascii: "/")])))
    try demand(TreePath(shown: path.shown) == path, "a name is read as another: \(path.shown)")
    try demand(path.shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }, "a control character")
  }

  private static func isInside(_ path: TreePath) -> Bool {
    path.bytes.isEmpty
      || path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
      }
  }
}
