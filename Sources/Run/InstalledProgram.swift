/// The programs that belong to this one.
package enum InstalledProgram {
  /// This program itself.
  package static var own: String { FilePaths.canonical("/proc/self/exe") ?? "" }

  /// One of the others: beside this one, where `make install` and the build put it.
  ///
  /// - Parameter purpose: what it is, for the sentence that says that it is not there.
  /// - Throws: ``RunError`` with `.unavailable`.
  package static func path(of name: String, purpose: String) throws(RunError) -> String {
    let directory = FilePaths.parent(own)
    let candidates = ["\(directory)/\(name)", "\(FilePaths.parent(directory))/libexec/sallyport/\(name)"]
    guard let found = candidates.first(where: { FilePaths.isExecutableFile($0) }) else {
      throw RunError(
        .unavailable, at: name, "the program that \(purpose) is not beside sallyport.",
        remedy: "Install again with `make install`, or build with `make build`.")
    }
    return found
  }
}
