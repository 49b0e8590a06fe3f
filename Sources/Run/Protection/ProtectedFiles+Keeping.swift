internal import Confinement
internal import Policy

/// The form in which a run writes its beginning down, so that one that was killed can be compared all the same.
extension ProtectedFiles {
  var bytes: [UInt8] {
    var out = ByteWriter()
    out.put(Self.version)
    for states in [states, crowded] {
      out.put(states.sorted { $0.key < $1.key }) { out, entry in
        out.put(entry.key.bytes)
        Self.put(entry.value, to: &out)
      }
    }
    for paths in [repositories, directories, unreadable, excluded] { out.put(paths.sorted()) { $0.put($1.bytes) } }
    out.put(followed.sorted { $0.path < $1.path }) { out, place in
      out.put(place.path.bytes)
      out.put(place.rest) { $0.put($1) }
      out.put(place.group.rawValue)
    }
    return out.bytes
  }

  init(_ bytes: [UInt8]) throws(MalformedMessage) {
    var input = ByteReader(bytes)
    guard try input.integer(UInt8.self) == Self.version else { throw MalformedMessage() }
    self.init(workspace: "")
    states = try Self.states(&input)
    crowded = try Self.states(&input)
    var lists: [Set<TreePath>] = []
    for _ in 0..<4 {
      lists.append(Set(try input.list { (each) throws(MalformedMessage) in TreePath(bytes: try each.data()) }))
    }
    let followed = try input.list { (each) throws(MalformedMessage) in try Self.followed(&each) }
    guard input.isAtEnd else { throw MalformedMessage() }
    (repositories, directories, unreadable, excluded) = (lists[0], lists[1], lists[2], lists[3])
    self.followed = Set(followed)
  }

  private static let version: UInt8 = 4

  private static func put(_ state: ProtectedState, to out: inout ByteWriter) {
    out.put(state.group?.rawValue ?? "")
    out.put(state.action.rawValue)
    out.put(state.permissions)
    switch state.content {
    case .file(let bytes):
      out.put(UInt8(1))
      out.put(bytes)
    case .link(let text):
      out.put(UInt8(2))
      out.put(text)
    case .long(let bytes, let changed):
      out.put(UInt8(3))
      out.put(bytes)
      out.put(changed)
    case .other: out.put(UInt8(4))
    case .crowd: out.put(UInt8(5))
    }
  }

  private static func states(_ input: inout ByteReader) throws(MalformedMessage) -> [TreePath: ProtectedState] {
    let entries = try input.list { (each) throws(MalformedMessage) in
      (TreePath(bytes: try each.data()), try Self.state(&each))
    }
    return Dictionary(entries) { first, _ in first }
  }

  private static func followed(_ input: inout ByteReader) throws(MalformedMessage) -> Followed {
    let path = TreePath(bytes: try input.data())
    let rest = try input.list { (each) throws(MalformedMessage) in try each.text() }
    guard let group = ProtectedGroup(rawValue: try input.text()) else { throw MalformedMessage() }
    return Followed(path: path, rest: rest, group: group)
  }

  private static func state(_ input: inout ByteReader) throws(MalformedMessage) -> ProtectedState {
    let group = ProtectedGroup(rawValue: try input.text())
    guard let action = ProtectionAction(rawValue: try input.text()) else { throw MalformedMessage() }
    let permissions = try input.integer(UInt32.self)
    let content: ProtectedState.Content
    switch try input.integer(UInt8.self) {
    case 1: content = .file(try input.data())
    case 2: content = .link(try input.data())
    case 3: content = .long(bytes: try input.integer(Int64.self), changed: try input.integer(Int64.self))
    case 4: content = .other
    case 5: content = .crowd
    default: throw MalformedMessage()
    }
    return ProtectedState(group: group, action: action, permissions: permissions, content: content)
  }
}
