internal import Evidence

/// One difference between a workspace and what an agent made of it in an overlay.
package struct WorkspaceChange: Sendable, Hashable {
  let path: TreePath
  package let kind: Kind
  package let entry: Entry
  /// What of the protected places it is, where it is one: applied only when it is named, or not at all.
  package let protection: Protection?
  /// Where a link leads.
  let target: TreePath?
  /// Whether the workspace was changed there meanwhile.
  package var isConflict = false

  package struct Protection: Sendable, Hashable {
    package let group: String
    /// Whether the policy lets nobody apply it.
    package let isDenied: Bool
  }

  package enum Kind: String, Sendable, Hashable {
    case added
    case changed
    case removed
    /// The permissions alone.
    case mode
  }

  package enum Entry: String, Sendable, Hashable {
    case file
    case directory
    case link
    /// A pipe or a socket, which is never applied.
    case other
  }

  /// As it is typed.
  package var name: String { path.shown }

  /// Whether it lies in a `.git`.
  package var isGits: Bool { path.parts.contains { $0.elementsEqual(".git".utf8) } }

  /// As a list shows it.
  package var line: String {
    let mark = kind == .added ? "A" : kind == .removed ? "D" : kind == .mode ? "T" : "M"
    var notes: [String] = []
    if let protection {
      notes.append("\(protection.isDenied ? "denied by the policy" : "protected"): \(protection.group)")
    }
    if isConflict { notes.append("changed meanwhile") }
    return "\(mark)  \(name)\(entry == .directory ? "/" : "")" + (target.map { " -> \($0.shown)" } ?? "")
      + (notes.isEmpty ? "" : "  (\(notes.joined(separator: "; ")))")
  }

  func json(diff: String?) -> JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path.text), "name": .string(name), "change": .string(kind.rawValue),
      "entry": .string(entry.rawValue), "conflict": .bool(isConflict),
    ]
    members["protected"] = protection.map { .string($0.group) }
    members["denied"] = protection.map { .bool($0.isDenied) }
    members["target"] = target.map { .string($0.text) }
    members["diff"] = diff.map { .string($0) }
    return .object(members)
  }
}
