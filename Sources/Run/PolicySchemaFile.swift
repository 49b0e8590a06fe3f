/// The JSON Schema of policies on this machine, for the editor of whoever writes one.
package enum PolicySchemaFile {
  /// Where `make install` put it, told by the program's own place; else the repository that the program was built in.
  /// `nil` where there is neither.
  package static var path: String? { FilePaths.canonical("/proc/self/exe").flatMap { path(for: $0) } }

  static func path(for program: String) -> String? {
    var directory = FilePaths.parent(program)
    let installed = "\(FilePaths.parent(directory))/share/sallyport/\(name)"
    if FilePaths.exists(installed) { return installed }
    while directory != "/" {
      directory = FilePaths.parent(directory)
      let source = "\(directory)/Sources/Policy/Resources/\(name)"
      if FilePaths.exists(source) { return source }
    }
    return nil
  }

  private static let name = "sallyport.schema.json"
}
