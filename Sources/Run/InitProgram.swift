/// `sallyport-init`, the program that builds the sandbox from inside.
package enum InitProgram {
  /// Beside this program, where `make install` and the build put it.
  ///
  /// - Throws: ``RunError`` with `.unavailable`.
  package static func path() throws(RunError) -> String {
    let own = FilePaths.canonical("/proc/self/exe") ?? ""
    let directory = FilePaths.parent(own)
    let candidates = ["\(directory)/sallyport-init", "\(FilePaths.parent(directory))/libexec/sallyport/sallyport-init"]
    guard let found = candidates.first(where: { FilePaths.isExecutableFile($0) }) else {
      throw RunError(
        .unavailable, at: "sallyport-init", "the program that builds the sandbox is not beside sallyport.",
        remedy: "Install again with `make install`, or build with `make build`.")
    }
    return found
  }
}
