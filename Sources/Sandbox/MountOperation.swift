/// One step of building the sandbox's files, in bubblewrap's terms. Each stands on those before it.
package enum MountOperation: Sendable, Hashable {
  case directory(String)
  case temporary(String)
  case bind(source: String, target: String, access: Bind.Access)
  case link(to: String, at: String)
  /// A file with these bytes that nobody can change.
  case file(String, [UInt8])
  /// Shows this existing file as an empty one that nobody can change.
  case emptied(String)
  case devices
  case processes
  /// Nothing more can be made on the file system that this path is on.
  case seal(String)

  /// The path inside that it is about; `nil` for those that have none of their own.
  var place: String? {
    switch self {
    case .directory(let path), .temporary(let path), .bind(_, let path, _), .link(_, let path), .file(let path, _),
      .emptied(let path), .seal(let path):
      path
    case .devices, .processes: nil
    }
  }

  /// How deep in the tree its place lies; 0 for those that have none of their own.
  var depth: Int { place.map(HostPath.depth) ?? 0 }
}
