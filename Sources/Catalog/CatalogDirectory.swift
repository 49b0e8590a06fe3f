internal import Documents
internal import Glibc

/// Finds and reads the catalogue's files.
enum CatalogDirectory {
  /// - Returns: names of the files that end in `.yaml`, in order; none where the directory is not there.
  static func files(in directory: String) throws(CatalogError) -> [String] {
    guard let stream = opendir(directory) else {
      if errno == ENOENT { return [] }
      throw .unreadable(directory, "a directory that cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
      guard names.count <= CatalogLimits.files else {
        throw .unreadable(directory, "a directory with more than \(CatalogLimits.files) files")
      }
    }
    return names.sorted()
  }

  /// - Parameter limit: bytes.
  static func read(_ path: String, limit: Int) throws(CatalogError) -> String {
    do throws(FileProblem) {
      return try RegularFile.text(path, limit: limit)
    } catch {
      throw .unreadable(path, "a file that \(error.sentence)", expected: "a readable file of the catalogue")
    }
  }

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// Where this program lies; `nil` where the system does not say.
  static var programDirectory: String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { raw -> Int in
      guard let base = raw.baseAddress else { return -1 }
      return readlink("/proc/self/exe", base.assumingMemoryBound(to: CChar.self), raw.count)
    }
    guard count > 0, let path = String(validating: buffer[..<count], as: UTF8.self) else { return nil }
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
