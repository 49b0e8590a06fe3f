internal import Decoding
internal import Evidence
internal import Glibc
internal import Testing

@testable internal import Fingerprints

/// A directory that is gone after the test.
final class Place {
  let path: String

  init() throws {
    var template = Array("\(Self.temporary)/fingerprints-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static var temporary: String {
    guard let pointer = realpath(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp", nil) else { return "/tmp" }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  deinit { remove(path) }

  private func remove(_ path: String) {
    if let handle = opendir(path) {
      var names: [String] = []
      while let entry = readdir(handle) {
        names.append(
          withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
      }
      closedir(handle)
      for name in names where name != "." && name != ".." { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
    let file = try #require(fopen("\(path)/\(name)", "w"))
    defer { fclose(file) }
    try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  func names(in folder: String) throws -> [String] {
    let handle = try #require(opendir(folder))
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.filter { !$0.hasPrefix(".") }
  }

  static func read(_ path: String) throws -> [UInt8]? {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 22)
    let count = fread(&bytes, 1, bytes.count, file)
    return count < bytes.count ? Array(bytes.prefix(count)) : nil
  }

  static func key(_ number: UInt8 = 1) -> FingerprintKey {
    FingerprintKey(Secret([UInt8](repeating: number, count: 32)))
  }

  /// The fingerprints of what is in the directory.
  func indexed(publicPaths: [String] = []) throws -> FingerprintSet {
    let outcome = try RootIndexing(path, name: "test", publicPaths: publicPaths, key: Self.key()).index(after: nil)
    return FingerprintSet([try #require(FingerprintIndex.unsealed(outcome.bytes))], key: Self.key())
  }
}

extension FingerprintSet {
  /// What is found in a message that comes in pieces.
  func findings(in bytes: [UInt8], pieces: Int = .max) -> [Finding] {
    let scanner = OwnCodeScanner(self)
    let tree = DecodingTree(.none, limits: .standard, observer: scanner)
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + min(pieces, bytes.count))
      bytes[start..<end].withUnsafeBytes { tree.receive($0) }
      start = end
    }
    tree.finish()
    return scanner.findings(in: .body)
  }

  func findings(in text: String) -> [Finding] { findings(in: Array(text.utf8)) }
}
