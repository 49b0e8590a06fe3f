internal import Evidence
internal import Fingerprints
internal import Glibc

/// Code of somebody's own that is indexed, gone with the test.
final class IndexedPlace {
  private let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/sallyport-own-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(errno: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    mkdir("\(path)/code", 0o700)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir("\(path)/code")
    rmdir(path)
  }

  func write(_ text: String, to name: String) throws {
    guard let file = fopen("\(path)/code/\(name)", "w") else { throw Failure(errno: errno) }
    defer { fclose(file) }
    files.append("\(path)/code/\(name)")
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(errno: errno) }
  }

  /// Looks for all that was written. What it opened stays open.
  func indexed() throws -> FingerprintSet? {
    let key = FingerprintKey(Secret([UInt8](repeating: 7, count: 32)))
    let store = FingerprintStore(directory: "\(path)/indexes", key: key)
    _ = try store.index("\(path)/code")
    let set = store.search(from: []).set
    _ = try store.forget("\(path)/code")
    rmdir("\(path)/indexes")
    return set
  }

  struct Failure: Error { let errno: Int32 }
}
