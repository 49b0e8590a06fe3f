internal import Confinement
internal import Glibc

/// Files that are made, copied, read and thrown away.
enum FileTree {
  /// Makes a file and the directories that it lies in.
  static func write(_ text: String, to path: String) throws(VerificationError) {
    try write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(VerificationError) {
    var partial = ""
    for part in path.split(separator: "/").dropLast() {
      partial += "/\(part)"
      mkdir(partial, 0o700)
    }
    let file = Descriptor(owning: open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600))
    guard file.number >= 0, Glibc.write(file.number, bytes, bytes.count) == bytes.count else {
      throw VerificationError(.place, "\(path) cannot be written: \(String(cString: strerror(errno))).")
    }
  }

  static func read(_ path: String) -> [UInt8]? {
    let file = Descriptor(owning: open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC))
    return file.number < 0 ? nil : Descriptor.readAll(file.number, limit: 64 << 20)
  }

  /// Beneath a directory: directories before what is in them; no link is followed.
  static func entries(_ directory: String) -> [(path: String, isDirectory: Bool)] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var found: [(path: String, isDirectory: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name != ".", name != ".." else { continue }
      let path = "\(directory)/\(name)"
      var status = stat()
      let isDirectory = lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      found.append((path, isDirectory))
      if isDirectory { found += entries(path) }
    }
    return found
  }

  static func remove(_ directory: String) {
    for (path, isDirectory) in entries(directory).reversed() { if isDirectory { rmdir(path) } else { unlink(path) } }
    rmdir(directory)
  }

  /// Regular files and directories, with their permissions.
  static func copy(_ source: String, to target: String) throws(VerificationError) {
    mkdir(target, 0o700)
    for (path, isDirectory) in entries(source) {
      let new = target + path.dropFirst(source.count)
      if isDirectory {
        mkdir(new, 0o700)
      } else if let bytes = read(path) {
        try write(bytes, to: new)
      }
    }
  }
}
