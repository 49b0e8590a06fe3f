internal import Glibc
package import Policy

/// Where a run's policy comes from: the file that was named, else `sallyport.yaml` here or above, else the built-in
/// posture `control`.
package enum PolicySource {
  private static let fileName = "sallyport.yaml"
  private static let fileBytes = 1 << 20

  package static var workingDirectory: String { FilePaths.workingDirectory() }

  /// - Throws: ``RunError`` with `.configuration`: every problem of the file, a line each.
  package static func load(
    _ named: String?, workingDirectory: String, known: KnownNames = KnownNames()
  ) throws(RunError) -> PolicyDocument {
    guard let path = named ?? nearest(from: workingDirectory) else { return .builtIn(.control) }
    guard FilePaths.exists(path) else {
      throw RunError(.programMissing, at: path, "no such policy file.", remedy: "Make one with: sallyport init")
    }
    guard let text = FilePaths.read(path, limit: fileBytes + 1), text.utf8.count <= fileBytes else {
      throw RunError(.configuration, at: path, "cannot be read, or is larger than \(fileBytes) bytes.")
    }
    switch PolicyDocument.parse(text, file: path, known: known) {
    case .success(let document): return document
    case .failure(let errors): throw RunError(.configuration, at: "", errors.description)
    }
  }

  /// The file that governs a directory: its own, else that of the nearest directory above.
  private static func nearest(from directory: String) -> String? {
    var directory = directory
    while true {
      let candidate = directory == "/" ? "/\(fileName)" : "\(directory)/\(fileName)"
      if FilePaths.exists(candidate) { return candidate }
      guard directory != "/" else { return nil }
      directory = FilePaths.parent(directory)
    }
  }
}
