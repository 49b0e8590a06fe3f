internal import Glibc
internal import Testing

@testable internal import Fingerprints

/// Code that somebody really wrote: this package's own, and what the system has of others.
enum RealSource {
  struct File: Sendable {
    let path: String
    let text: [UInt8]

    /// Those that are not blank.
    var lines: [String] {
      text.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }.filter { line in
        line.utf8.contains { $0 > 0x20 }
      }
    }
  }

  static let package: String = {
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  }()

  /// But for the file that holds what licences say, which is taken for one.
  static let own = files("\(package)/Sources/Attribution", endings: [".swift"]).filter {
    !$0.path.hasSuffix("LicenceText.swift")
  }
  /// Of Python, and the C library's headers, where they are installed.
  static let others =
    files("/usr/lib/python3", endings: [".py"], most: 400) + files("/usr/include", endings: [".h"], most: 400)

  static func files(_ root: String, endings: [String], most: Int = .max) -> [File] {
    var found: [File] = []
    var open = [root]
    while let folder = open.popLast(), found.count < most {
      guard let handle = opendir(folder) else { continue }
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name.hasPrefix(".") { continue }
        let path = "\(folder)/\(name)"
        if Int(entry.pointee.d_type) == Int(DT_DIR) {
          open.append(path)
        } else if endings.contains(where: { name.hasSuffix($0) }), let text = read(path) {
          found.append(File(path: path, text: text))
        }
      }
    }
    return found.sorted { $0.path < $1.path }
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while text.count < 1 << 20 {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return text }
      text += buffer[..<count]
    }
    return nil
  }

  /// Letters and digits: what fingerprints are made of.
  static func characters(_ text: String) -> Int {
    text.utf8.count { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || byte >= 0x80
    }
  }

  /// An index of this package's code.
  static func indexed() throws -> (place: Place, set: FingerprintSet) {
    let place = try Place()
    for file in own { try place.write(file.text, to: String(file.path.dropFirst(package.utf8.count + 1))) }
    return (place, try place.indexed())
  }
}
