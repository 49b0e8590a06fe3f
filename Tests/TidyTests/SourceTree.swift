import Glibc

/// The package's files as they lie in its directory, build products and version control left out.
struct SourceTree: Sendable {
  let files: [File]
  /// Relative to the package's directory, without a slash at the end.
  let directories: [String]

  struct File: Sendable {
    /// Relative to the package's directory.
    let path: String
    let text: String
    /// The file's name without folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  /// The package that this test was compiled from.
  static let package = SourceTree(
    root: #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/"))

  init(root: String) {
    var files: [File] = []
    var directories: [String] = []
    var open = [""]
    while let directory = open.popLast() {
      for entry in Self.entries(of: "\(root)/\(directory)") {
        let path = directory.isEmpty ? entry.name : "\(directory)/\(entry.name)"
        if entry.isDirectory {
          guard !Self.isSkipped(entry.name) else { continue }
          directories.append(path)
          open.append(path)
        } else if let text = Self.text(of: "\(root)/\(path)") {
          files.append(File(path: path, text: text))
        }
      }
    }
    self.files = files.sorted { $0.path < $1.path }
    self.directories = directories.sorted()
  }

  /// Bytes past which a file is data that nobody reads line by line.
  private static let mostBytes = 1 << 20

  private static func isSkipped(_ name: String) -> Bool {
    [".git", ".swiftpm", "__pycache__", "node_modules"].contains(name) || name.hasPrefix(".build")
      || name.hasPrefix(".venv")
  }

  private static func entries(of directory: String) -> [(name: String, isDirectory: Bool)] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var entries: [(name: String, isDirectory: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      entries.append((name, Int32(entry.pointee.d_type) == Int32(DT_DIR)))
    }
    return entries
  }

  /// - Returns: `nil` for what is no text, too long, or no plain file.
  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: mostBytes + 1)
    let count = fread(&bytes, 1, bytes.count, file)
    guard count <= mostBytes, !bytes[..<min(count, 4096)].contains(0) else { return nil }
    return String(validating: bytes[..<count], as: UTF8.self)
  }
}

extension SourceTree {
  /// A tree that exists only in a test.
  init(files: [File]) {
    self.files = files
    directories = []
  }

  subscript(path: String) -> File? { files.first { $0.path == path } }

  func swiftFiles(under directory: String) -> [File] {
    files.filter { $0.path.hasPrefix(directory + "/") && $0.path.hasSuffix(".swift") }
  }

  func contains(_ path: String) -> Bool {
    directories.contains(path) || files.contains { $0.path == path }
  }
}
