internal import Evidence
internal import Glibc

@testable internal import OwnTables

/// A store of tables in a directory of its own, and what a text has of them.
final class Tables {
  let directory: String
  let store: TableStore

  init() {
    var template = Array("\(ProcessTemporary.path)/tables-XXXXXX".utf8CString)
    directory = String(cString: mkdtemp(&template))
    store = TableStore(directory: directory + "/store", key: Self.key(1))
  }

  deinit { ProcessTemporary.remove(directory) }

  static func key(_ seed: UInt8) -> TableKey { TableKey(Secret([UInt8](repeating: seed, count: 32))) }

  func write(_ text: String, _ name: String = "t.csv") -> String { write(Array(text.utf8), name) }

  func write(_ bytes: [UInt8], _ name: String = "t.csv") -> String {
    let path = "\(directory)/\(name)"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = Glibc.write(file, bytes, bytes.count)
    close(file)
    return path
  }

  @discardableResult
  func index(_ text: String, _ name: String = "t.csv", columns: [String]? = nil) throws -> IndexedTable {
    try store.index(write(text, name), columns: columns).table
  }

  /// What is found: each value as it stands in the text, `!` behind it where it is a part of a row.
  func found(in text: String, inBlocksOf count: Int = .max) throws -> [String] {
    try scanned(text, inBlocksOf: count).found
  }

  /// Also how many bytes were still needed at most behind a block.
  func scanned(_ text: String, inBlocksOf count: Int) throws -> (found: [String], mostHeld: Int) {
    let tables = try store.tables()
    let bytes = Array(text.utf8)
    var scan = TableScan()
    var found: [String] = []
    var (end, mostHeld) = (0, 0)
    repeat {
      let (next, isLast) = bytes.count - end <= count ? (bytes.count, true) : (end + count, false)
      let base = scan.neededFrom
      bytes[base..<next].withUnsafeBufferPointer { buffer in
        scan.read(buffer, from: base, isLast: isLast, separator: 0, tables) { hit in
          found.append(String(decoding: bytes[hit.place], as: UTF8.self) + (hit.isRow ? "!" : ""))
        }
      }
      end = next
      mostHeld = max(mostHeld, end - scan.neededFrom)
    } while end < bytes.count
    return (found, mostHeld)
  }
}

enum ProcessTemporary {
  static var path: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  static func remove(_ directory: String) {
    guard let handle = opendir(directory) else { return }
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name == "." || name == ".." { continue }
      let path = "\(directory)/\(name)"
      if entry.pointee.d_type == DT_DIR { remove(path) } else { unlink(path) }
    }
    closedir(handle)
    rmdir(directory)
  }
}
