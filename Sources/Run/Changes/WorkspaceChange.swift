internal import Evidence
internal import Presentation

/// One difference between a workspace and what an agent made of it in an overlay.
package struct WorkspaceChange: Sendable, Hashable {
  let path: TreePath
  package let kind: Kind
  package let entry: Entry
  /// What of the protected places it is, where it is one: applied only when it is named, or not at all.
  package let protection: Protection?
  /// Where a link leads.
  let target: TreePath?
  /// The permissions of a file or directory, as they were and as the agent left them.
  let modes: Modes
  /// Of a file that is added or changed, its length.
  package let bytes: Int64?
  /// Whether the workspace was changed there meanwhile.
  package var isConflict = false

  /// `nil` for what is not there, and for links.
  struct Modes: Sendable, Hashable {
    var old: UInt32?
    var new: UInt32?

    /// From what to what, where both are known and differ.
    var change: (old: String, new: String)? {
      guard let old, let new, old != new else { return nil }
      return (Self.text(old), Self.text(new))
    }

    static func text(_ mode: UInt32) -> String { String(String(0o10000 + mode, radix: 8).dropFirst()) }
  }

  package struct Protection: Sendable, Hashable {
    package let group: String
    /// Whether the policy lets nobody apply it.
    package let isDenied: Bool
    /// What the policy says now, where it has become stricter since the run.
    package var laterRule: String?
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
  package var line: String { line(sizeColumns: size.count) }

  /// "12.3 kB"; nothing for what has no size.
  var size: String { bytes.map { ByteCount(Int(clamping: $0)).description } ?? "" }

  /// - Parameter sizeColumns: of the widest size in the list; 0 where nothing in it has one.
  func line(sizeColumns: Int) -> String {
    let mark = kind == .added ? "A" : kind == .removed ? "D" : kind == .mode ? "T" : "M"
    let column = sizeColumns == 0 ? "" : String(repeating: " ", count: sizeColumns - size.count) + size + "  "
    var notes: [String] = []
    if let (old, new) = modes.change { notes.append("mode \(old), now \(new)") }
    if let protection {
      let since = protection.laterRule == nil ? "" : " since the run"
      notes.append("\(protection.isDenied ? "denied by the policy" : "protected")\(since): \(protection.group)")
    }
    if isConflict { notes.append("changed meanwhile") }
    return "\(mark)  \(column)\(name)\(entry == .directory ? "/" : "")" + (target.map { " -> \($0.shown)" } ?? "")
      + (notes.isEmpty ? "" : "  (\(notes.joined(separator: "; ")))")
  }

  func json(diff: String?) -> JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path.text), "name": .string(name), "change": .string(kind.rawValue),
      "entry": .string(entry.rawValue), "conflict": .bool(isConflict),
    ]
    members["protected"] = protection.map { .string($0.group) }
    members["denied"] = protection.map { .bool($0.isDenied) }
    members["laterRule"] = protection?.laterRule.map { .string($0) }
    members["target"] = target.map { .string($0.text) }
    members["oldMode"] = modes.old.map { .string(Modes.text($0)) }
    members["newMode"] = modes.new.map { .string(Modes.text($0)) }
    // The largest that JSON's readers take exactly.
    members["bytes"] = bytes.map { .integer(Int(clamping: min($0, 1 << 53 - 1))) }
    members["diff"] = diff.map { .string($0) }
    return .object(members)
  }
}
