/// Files in their directories, so that many files can be shown as few groups.
struct PathTree {
  /// In the order in which they were first seen.
  private var nodes = [Node(path: "")]

  private struct Node {
    let path: String
    var bytes = 0.0
    /// Files at and beneath it.
    var files = 0
    /// The paths that lead here, as they were written.
    var names: [String] = []
    var children: [String: Int] = [:]
  }

  /// A file, all files of a directory, or some of them.
  struct Group {
    /// Ends with a slash for a directory.
    let label: String
    let files: Int
    let bytes: Double
    fileprivate let nodes: [Int]
  }

  /// Groups that a directory which does not fit is worth being taken apart for.
  private static let leastParts = 4

  mutating func add(_ path: String, bytes: Double) {
    var index = 0
    count(bytes, at: 0)
    let isAbsolute = path.hasPrefix("/")
    var whole = isAbsolute ? "/" : ""
    for (position, name) in path.split(separator: "/").enumerated() {
      whole += (position == 0 ? "" : "/") + name
      // An absolute path and one of the workspace may begin with the same name.
      let key = (position == 0 && isAbsolute ? "/" : "") + name
      if let child = nodes[index].children[key] {
        index = child
      } else {
        nodes.append(Node(path: whole))
        nodes[index].children[key] = nodes.count - 1
        index = nodes.count - 1
      }
      count(bytes, at: index)
    }
    nodes[index].names.append(path)
  }

  private mutating func count(_ bytes: Double, at index: Int) {
    nodes[index].files += 1
    nodes[index].bytes += bytes
  }

  /// Directories are opened, the one with most bytes first, as long as no more than so many groups come of it; of one
  /// that has too many files those with most bytes are shown.
  ///
  /// - Returns: the groups, most bytes first, and for each path that was added the index of its group.
  func groups(limit: Int) -> (groups: [Group], position: [String: Int]) {
    var open = [0]
    var groups: [Group] = []
    while let index = open.max(by: { nodes[$0].bytes < nodes[$1].bytes }) {
      open.removeAll { $0 == index }
      let children = nodes[index].children.values.sorted()
      let room = limit - open.count - groups.count
      if !nodes[index].names.isEmpty || children.isEmpty || (children.count > room && room < Self.leastParts) {
        groups.append(group(index))
      } else if children.count <= room {
        open += children
      } else {
        let ranked = children.sorted {
          nodes[$0].bytes == nodes[$1].bytes ? $0 < $1 : nodes[$0].bytes > nodes[$1].bytes
        }
        groups += ranked.prefix(room - 1).map(group)
        groups.append(rest(of: index, Array(ranked.dropFirst(room - 1))))
      }
    }
    groups.sort { ($1.bytes, $0.label) < ($0.bytes, $1.label) }
    var position: [String: Int] = [:]
    for (index, group) in groups.enumerated() { collect(group.nodes, index, into: &position) }
    return (groups, position)
  }

  private func group(_ index: Int) -> Group {
    let node = nodes[index]
    let directory = node.path.isEmpty ? "all files" : node.path + "/"
    return Group(
      label: node.names.isEmpty ? directory : node.path, files: node.files, bytes: node.bytes, nodes: [index])
  }

  private func rest(of index: Int, _ children: [Int]) -> Group {
    let place = nodes[index].path.isEmpty ? "" : " of \(nodes[index].path)/"
    let files = children.reduce(0) { $0 + nodes[$1].files }
    return Group(
      label: "others\(place)", files: files, bytes: children.reduce(0) { $0 + nodes[$1].bytes }, nodes: children)
  }

  /// Without recursion: a path may be deeper than the stack.
  private func collect(_ roots: [Int], _ group: Int, into position: inout [String: Int]) {
    var waiting = roots
    while let index = waiting.popLast() {
      for name in nodes[index].names { position[name] = group }
      waiting += nodes[index].children.values
    }
  }
}
