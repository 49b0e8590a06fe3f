internal import Glibc
package import NIOPosix

/// Where long bodies wait: a directory for files that never get a name, so that none outlives us.
package struct SpoolDirectory: Sendable {
  package let path: String
  let threads: NIOThreadPool

  package init(path: String, threads: NIOThreadPool) {
    self.path = path
    self.threads = threads
  }

  /// `O_TMPFILE` of open(2), a composed macro that Swift does not see: no name, so nothing to race for and nothing left
  /// behind by a kill.
  private static let unnamedFile = 0o20000000 | O_DIRECTORY

  /// - Throws: ``EgressError`` with `.spool` where the directory cannot take a file.
  func open() throws(EgressError) -> SpoolFile {
    let descriptor = Glibc.open(path, Self.unnamedFile | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw EgressError(
        code: .spool, sentence: "cannot hold a long body in \(path): \(String(cString: strerror(errno)))")
    }
    return SpoolFile(descriptor: descriptor, threads: threads)
  }
}
