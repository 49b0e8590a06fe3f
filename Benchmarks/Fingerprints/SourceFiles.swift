internal import Glibc

/// Files of code beneath a folder, in memory.
struct SourceFiles {
  struct File {
    let path: String
    let text: [UInt8]
    /// Those that are not blank.
    let lines: [ArraySlice<UInt8>]
  }

  let files: [File]

  private static let endings: Set<String> = [
    "py", "swift", "c", "cc", "cpp", "h", "hpp", "go", "rs", "js", "ts", "mjs", "java", "rb",
  ]

  init(_ folder: String, most: Int = .max) {
    files = Self.paths(folder).sorted().prefix(most).compactMap { path in
      guard let text = Self.read(path) else { return nil }
      let lines = text.split(separator: 0x0a).filter { line in line.contains { $0 > 0x20 } }
      return File(path: path, text: text, lines: lines)
    }
  }

  private static func paths(_ folder: String) -> [String] {
    var found: [String] = []
    var open = [folder]
    while let path = open.popLast() {
      guard let stream = opendir(path) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name == "." || name == ".." { continue }
        if Int(entry.pointee.d_type) == Int(DT_DIR) {
          open.append("\(path)/\(name)")
        } else if endings.contains(name.split(separator: ".").last.map(String.init) ?? "") {
          found.append("\(path)/\(name)")
        }
      }
    }
    return found
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while text.count < 4 << 20 {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return text }
      text += buffer[..<count]
    }
    return nil
  }
}

/// Numbers that are the same each time.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
