internal import Glibc
internal import Testing

/// A directory of a test's own.
final class Files {
  let root: String

  init() throws {
    var template = Array("/var/tmp/sallyport-files-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = system("rm -rf '\(root)'") }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    if let slash = name.lastIndex(of: "/") { shell("mkdir -p '\(name[..<slash])'") }
    let file = try #require(fopen("\(root)/\(name)", "w"))
    defer { fclose(file) }
    try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  /// Runs a line of shell in the directory; git has a name to commit under.
  @discardableResult
  func shell(_ line: String) -> Int32 {
    system("cd '\(root)' && git() { command git -c user.name=n -c user.email=e \"$@\"; } && \(line)")
  }
}
