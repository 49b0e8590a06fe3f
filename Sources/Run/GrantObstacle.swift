internal import Glibc

/// Why a path cannot be granted to an agent.
enum GrantObstacle: Hashable {
  case missing
  /// With what the link says.
  case linkToNothing(String)
  /// The rest of a sentence that begins with the path.
  case closed(String)

  /// - Parameter isWritten: whether the agent is to change it.
  /// - Returns: `nil` where it can be granted.
  init?(_ path: String, isWritten: Bool) {
    guard access(path, F_OK) == 0 else {
      self = Self.absence(path, errno)
      return
    }
    if access(path, FilePaths.isDirectory(path) ? R_OK | X_OK : R_OK) != 0 {
      self = .closed("cannot be read: \(String(cString: strerror(errno)))")
    } else if isWritten, access(path, W_OK) != 0 {
      self = .closed("cannot be written: \(String(cString: strerror(errno)))")
    } else {
      return nil
    }
  }

  private static func absence(_ path: String, _ cause: CInt) -> GrantObstacle {
    guard cause == ENOENT || cause == ENOTDIR else {
      return .closed("cannot be reached: \(String(cString: strerror(cause)))")
    }
    return FilePaths.linkText(FilePaths.normalized(path)).map { .linkToNothing($0) } ?? .missing
  }

  /// Of what was typed, after the option and the path.
  var sentence: String {
    switch self {
    case .missing: "there is no such file or directory."
    case .linkToNothing(let target): "is a symbolic link to \(target), and that is not there."
    case .closed(let why): "\(why)."
    }
  }

  /// Of what a policy names, after the path.
  var clause: String {
    switch self {
    case .missing: "which is not there."
    case .linkToNothing, .closed: "which \(sentence)"
    }
  }

  /// What can be done besides leaving the grant away.
  var remedy: String {
    switch self {
    case .missing, .linkToNothing: "Create it"
    case .closed: "Make it yours to use"
    }
  }
}
