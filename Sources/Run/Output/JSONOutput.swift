internal import Glibc

/// Where `--json` goes: a file, or a stream that the caller opened.
enum JSONOutput: Sendable {
  case descriptor(CInt)
  case file(OutputDirectory, name: String)

  /// Reads `-`, `/dev/stdout`, `/dev/stderr`, `/dev/fd/N` or a file's path.
  ///
  /// - Parameter changeable: as for ``OutputDirectory``.
  /// - Throws: ``RunError`` with `.usage` or `.state` where nothing could be written there.
  init(_ place: String, changeable: [String]) throws(RunError) {
    if let number = Self.descriptor(place) {
      guard Descriptors.isInherited(number) else {
        throw RunError(
          .usage, at: "--json", "descriptor \(number) is not open.",
          remedy: "Open it, as in: --json /dev/fd/3 3>run.json")
      }
      self = .descriptor(number)
      return
    }
    let path = FilePaths.absolute(place)
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    guard !place.isEmpty, !["", ".", ".."].contains(name) else {
      throw RunError(
        .usage, at: "--json", "'\(place)' names no file.", remedy: "Name a file, or - for standard output.")
    }
    let directory = FilePaths.parent(path)
    guard FilePaths.isDirectory(directory) else {
      throw RunError(.state, at: place, "its directory is not there.", remedy: "Make it, or name another with --json.")
    }
    guard !FilePaths.isDirectory(path) else {
      throw RunError(
        .state, at: place, "is a directory, not a file.", remedy: "Name a file in it, as in: --json '\(place)/run.json'"
      )
    }
    if FilePaths.exists(path), !FilePaths.isRegularFile(path) {
      throw RunError(
        .state, at: place, "is no regular file.", remedy: "For a pipe, open it: --json /dev/fd/3 3>'\(place)'")
    }
    self = .file(try OutputDirectory(directory, option: "--json", changeable: changeable), name: name)
  }

  private static func descriptor(_ place: String) -> CInt? {
    switch place {
    case "-", "/dev/stdout": return 1
    case "/dev/stderr": return 2
    default:
      for prefix in ["/dev/fd/", "/proc/self/fd/"] where place.hasPrefix(prefix) {
        return CInt(place.dropFirst(prefix.count)).flatMap { $0 >= 0 ? $0 : nil }
      }
      return nil
    }
  }

  /// - Throws: ``RunError`` with `.state`.
  func write(_ bytes: [UInt8]) throws(RunError) {
    switch self {
    case .file(let directory, let name): _ = try directory.write(bytes, as: name)
    case .descriptor(let number):
      guard Descriptors.write(bytes, to: number) else { throw .state("--json", "cannot be written", errno) }
    }
  }
}
