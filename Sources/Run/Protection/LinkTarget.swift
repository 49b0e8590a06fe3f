internal import Confinement

/// Where a symbolic link below a directory leads, as the kernel would walk it (path_resolution(7)).
enum LinkTarget {
  /// Links on the way of one, as many as the kernel follows.
  private static let mostLinks = 40

  /// - Parameter root: the directory's own path; what is absolute leads back into it only through that.
  /// - Returns: what is at its end, or would be; `nil` where that is not below the directory.
  static func of(_ link: TreePath, in tree: borrowing TreeRoot, at root: String) -> TreePath? {
    var resolved = link.parent.parts
    var remaining = [link.name]
    var links = 0
    while !remaining.isEmpty {
      let name = remaining.removeFirst()
      if name.isEmpty || name.elementsEqual(".".utf8) { continue }
      if name.elementsEqual("..".utf8) {
        guard resolved.popLast() != nil else { return nil }
        continue
      }
      let path = TreePath(joining: resolved + [name])
      guard tree.status(path)?.kind == .link else {
        resolved.append(name)
        continue
      }
      links += 1
      guard links <= mostLinks, let text = tree.linkText(path) else { return nil }
      var names = text[...]
      if names.first == slash {
        guard let below = below(root, text) else { return nil }
        resolved = []
        names = below
      }
      remaining = names.split(separator: slash).map { Array($0) } + remaining
    }
    return TreePath(joining: resolved)
  }

  private static let slash = UInt8(ascii: "/")

  private static func below(_ root: String, _ path: [UInt8]) -> ArraySlice<UInt8>? {
    let prefix = Array(root.utf8)
    guard path.starts(with: prefix), path.count == prefix.count || path[prefix.count] == slash else { return nil }
    return path[prefix.count...]
  }
}
