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
}
