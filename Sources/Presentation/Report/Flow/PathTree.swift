/// Files in their directories, so that many files can be shown as few groups.
struct PathTree {
  private var nodes = [Node(path: "", files: 0)]

  private struct Node {
    let path: String
    var bytes = 0.0
    /// Files at and beneath it.
    var files: Int
    var isFile = false
    var children: [String: Int] = [:]
  }

  /// A file, or all files of a directory.
  struct Group {
    /// Ends with a slash for a directory.
    let label: String
    let files: Int
    let bytes: Double
    fileprivate let nodes: [Int]
  }

  mutating func add(_ path: String, bytes: Double) {
    var index = 0
    nodes[0].files += 1
    nodes[0].bytes += bytes
    let names = path.split(separator: "/")
    var whole = path.hasPrefix("/") ? "/" : ""
    for (position, name) in names.enumerated() {
      whole += (position == 0 ? "" : "/") + name
      // An absolute path and one of the workspace may begin with the same name.
      let key = position == 0 && path.hasPrefix("/") ? "/" + name : String(name)
      if let child = nodes[index].children[key] {
        index = child
      } else {
        nodes.append(Node(path: whole, files: 0))
        nodes[index].children[key] = nodes.count - 1
        index = nodes.count - 1
      }
      nodes[index].files += 1
      nodes[index].bytes += bytes
    }
    nodes[index].isFile = true
  }

  /// Directories are opened, the one with most bytes first, as long as no more than so many groups come of it.
  ///
  /// - Returns: the groups, most bytes first, and for each file that was added the index of its group.
  func groups(limit: Int) -> (groups: [Group], position: [String: Int]) {
    var open = [0]
    var closed: [Int] = []
    while let index = open.max(by: { nodes[$0].bytes < nodes[$1].bytes }) {
      open.removeAll { $0 == index }
      let children = Array(nodes[index].children.values)
      if nodes[index].isFile || children.isEmpty || open.count + closed.count + children.count > limit {
        closed.append(index)
      } else {
        open += children
      }
    }
    let groups = closed.map { group($0) }.sorted { ($1.bytes, $0.label) < ($0.bytes, $1.label) }
    var position: [String: Int] = [:]
    for (index, group) in groups.enumerated() {
      for node in group.nodes { collect(node, index, into: &position) }
    }
    return (groups, position)
  }

  private func group(_ index: Int) -> Group {
    let node = nodes[index]
    let label = node.isFile ? node.path : (node.path.isEmpty ? "all files" : node.path + "/")
    return Group(label: label, files: node.files, bytes: node.bytes, nodes: [index])
  }

  /// Without recursion: a path may be deeper than the stack.
  private func collect(_ root: Int, _ group: Int, into position: inout [String: Int]) {
    var waiting = [root]
    while let index = waiting.popLast() {
      if nodes[index].isFile { position[nodes[index].path] = group }
      waiting += nodes[index].children.values
    }
  }
}
