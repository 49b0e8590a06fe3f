internal import Glibc

/// The bytes of all files beneath a directory, as text to search in.
enum StoredText {
  static func all(beneath path: String) -> String {
    guard let directory = opendir(path) else { return content(path) }
    defer { closedir(directory) }
    var text = ""
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { text += all(beneath: "\(path)/\(name)") }
    }
    return text
  }

  private static func content(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }
}
