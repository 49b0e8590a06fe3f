/// `sallyport-init`, the program that builds the sandbox from inside.
package enum InitProgram {
  /// - Throws: ``RunError`` with `.unavailable`.
  package static func path() throws(RunError) -> String {
    try InstalledProgram.path(of: "sallyport-init", purpose: "builds the sandbox")
  }
}
