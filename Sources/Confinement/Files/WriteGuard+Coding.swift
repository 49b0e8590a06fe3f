/// The form in which it goes to the relay: in a file of memory, since names are more than a packet may hold.
extension WriteGuard {
  package var bytes: [UInt8] {
    var out = ByteWriter()
    out.put(trees) { out, tree in
      out.put(tree.root)
      out.put(tree.names.map(\.text)) { $0.put($1) }
    }
    return out.bytes
  }

  package init(_ bytes: [UInt8]) throws(MalformedMessage) {
    var input = ByteReader(bytes)
    let trees = try input.list { (each) throws(MalformedMessage) in
      Tree(root: try each.text(), names: try each.list { (name) throws(MalformedMessage) in try name.text() })
    }
    guard input.isAtEnd else { throw MalformedMessage() }
    self.init(trees)
  }
}
