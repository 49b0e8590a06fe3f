internal import Glibc

/// The files of a folder, in memory.
struct FolderOfBodies {
  let bodies: [[UInt8]]

  init(_ folder: String) {
    var names: [String] = []
    if let stream = opendir(folder) {
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name.hasSuffix(".json") { names.append(name) }
      }
    }
    bodies = names.sorted().compactMap { Self.read("\(folder)/\($0)") }
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return bytes
  }
}
