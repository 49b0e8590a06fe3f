/// Places of a workspace, as a pattern: `.git/config`, `**/.vscode/tasks.json`, `deploy/*.sh`.
///
/// `*` stays within a name, `**` crosses directories, `**!a,b` all but those that are called `a` or `b`; nothing else is
/// special. What names a directory covers all that is in it.
package struct GuardedName: Sendable, Hashable {
  package let text: String
  private let parts: [Part]

  private enum Part: Sendable, Hashable {
    case directories(except: [[UInt8]])
    /// What stands between the stars; one piece where there is none.
    case name([[UInt8]])
  }

  package init(_ text: String) {
    self.text = text
    parts = text.utf8.split(separator: UInt8(ascii: "/")).map { part in
      part.elementsEqual("**".utf8) || part.starts(with: "**!".utf8)
        ? .directories(except: part.dropFirst(3).split(separator: UInt8(ascii: ",")).map { Array($0) })
        : .name(part.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) })
    }
  }

  /// - Parameter path: the names on the way from the workspace.
  package func covers(_ path: [ArraySlice<UInt8>]) -> Bool { covers(path[...], parts[...]) }

  /// What of the pattern is left below this directory, where that has no star in it.
  package func rest(below path: [ArraySlice<UInt8>]) -> [[UInt8]] {
    var passed: [[UInt8]]?
    if case .directories(let except) = parts.first { passed = except }
    let own = passed == nil ? parts[...] : parts.dropFirst()
    let names = own.compactMap { part -> [UInt8]? in
      guard case .name(let pieces) = part, pieces.count == 1 else { return nil }
      return pieces[0]
    }
    guard names.count == own.count else { return [] }
    return (1..<max(1, names.count)).compactMap { count in
      let head = passed == nil ? path[...] : path.suffix(count)
      guard head.count == count, zip(head, names).allSatisfy({ $0.elementsEqual($1) }) else { return nil }
      if let passed, Self.contains(passed, path.dropLast(count)) { return nil }
      return Array(names[count...].joined(separator: [UInt8(ascii: "/")]))
    }
  }

  private func covers(_ path: ArraySlice<ArraySlice<UInt8>>, _ parts: ArraySlice<Part>) -> Bool {
    guard let part = parts.first else { return true }
    switch part {
    case .directories(let except):
      return (0...path.count).contains {
        covers(path.dropFirst($0), parts.dropFirst()) && !Self.contains(except, path.prefix($0))
      }
    case .name(let pieces):
      guard let name = path.first, Self.matches(name, pieces) else { return false }
      return covers(path.dropFirst(), parts.dropFirst())
    }
  }

  private static func contains(_ names: [[UInt8]], _ path: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    !names.isEmpty && path.contains { part in names.contains { part.elementsEqual($0) } }
  }

  private static func matches(_ name: ArraySlice<UInt8>, _ pieces: [[UInt8]]) -> Bool {
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
      return pieces.first.map { name.elementsEqual($0) } ?? name.isEmpty
    }
    guard name.count >= first.count + last.count, name.starts(with: first), name.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() {
      while !rest.starts(with: piece) {
        if rest.isEmpty { return false }
        rest = rest.dropFirst()
      }
      rest = rest.dropFirst(piece.count)
    }
    return true
  }
}
