internal import Patterns

/// A file as patterns ask for it, cut up once for all of them.
struct SourceFile {
  /// As it was given.
  let path: FileSegments
  /// `nil` for a file outside.
  let inWorkspace: FileSegments?
  /// `nil` where nobody knows which directory the workspace is.
  let fromRoot: FileSegments?
  let fromHome: Place

  enum Place {
    /// `nil` for a file that is not below it.
    case known(FileSegments?)
    case unknown
  }

  /// - Parameter path: relative to the workspace, or absolute.
  init(_ path: String, at place: Question.Place) {
    let segments = FileSegments(path)
    let absolute: String?
    if path.hasPrefix("/") {
      inWorkspace = nil
      absolute = path
    } else {
      inWorkspace = segments
      absolute = place.workspace.map { "\($0)/\(path)" }
    }
    self.path = segments
    fromRoot = absolute.map { FileSegments($0) }
    if let absolute, let home = place.home {
      fromHome = .known(absolute.hasPrefix("\(home)/") ? FileSegments(absolute.dropFirst(home.count)) : nil)
    } else {
      fromHome = .unknown
    }
  }
}
