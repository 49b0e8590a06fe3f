internal import Glibc
internal import Testing

/// A directory of one test's own, with files as the test writes them.
final class Place: Sendable {
  /// Canonical.
  let root: String

  init() throws {
    var template = Array("/var/tmp/sallyport-run-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    let path = try #require(realpath(made, nil))
    defer { free(path) }
    root = String(cString: path)
  }

  deinit { _ = system("rm -rf '\(root)'") }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  @discardableResult
  func directory(_ name: String) -> String {
    _ = system("mkdir -p '\(path(name))'")
    return path(name)
  }

  /// Writes a file and makes the directories above it.
  @discardableResult
  func file(_ name: String, _ text: String = "", mode: mode_t = 0o644) throws -> String {
    let path = path(name)
    directory(name.split(separator: "/").dropLast().joined(separator: "/"))
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
    chmod(path, mode)
    return path
  }

  /// What `stat -c %a` says, such as `600`. The structure of stat(2) belongs to CoreFoundation's module or to Glibc's,
  /// as the compiler happens to see them.
  func permissions(_ path: String) throws -> String {
    let pipe = try #require(popen("stat -c %a '\(path)'", "r"))
    defer { pclose(pipe) }
    var line = [CChar](repeating: 0, count: 16)
    _ = try #require(fgets(&line, CInt(line.count), pipe))
    return String(decoding: line.prefix { $0 != 0 && $0 != 0x0a }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @discardableResult
  func program(_ name: String, _ text: String = "#!/bin/sh\n") throws -> String { try file(name, text, mode: 0o755) }

  @discardableResult
  func link(_ name: String, to target: String) throws -> String {
    directory(name.split(separator: "/").dropLast().joined(separator: "/"))
    try #require(symlink(target, path(name)) == 0)
    return path(name)
  }

  /// The names in a directory, sorted.
  func names(_ name: String = "") throws -> [String] {
    let handle = try #require(opendir(path(name)))
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafePointer(to: entry.pointee.d_name) {
          String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        })
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }
}
