internal import Glibc

/// The files of one or more projects, in memory.
struct SourceTree {
  struct File {
    let path: String
    let text: [UInt8]
    /// Its lines without line ends.
    let lines: [ArraySlice<UInt8>]
    /// Its lines without the white space around them.
    let trimmed: [ArraySlice<UInt8>]
    /// Lines that are not blank, from 0.
    let full: [Int]
  }

  let files: [File]

  /// - Parameter most: files, the first by path.
  init(_ folder: String, most: Int = .max) {
    files = Self.paths(folder).sorted().prefix(most).compactMap { path in
      guard let text = Self.read(folder + "/" + path) else { return nil }
      return File(path: path, text: text)
    }
  }

  var lineCount: Int { files.reduce(0) { $0 + $1.lines.count } }
  var bytes: Int { files.reduce(0) { $0 + $1.text.count } }
  var languages: Set<Substring> {
    Set(files.compactMap { $0.path.split(separator: ".").last }.filter { !$0.contains("/") })
  }

  private static func paths(_ folder: String) -> [String] {
    var found: [String] = []
    var open = [""]
    while let path = open.popLast() {
      guard let stream = opendir(folder + "/" + path) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name == "." || name == ".." { continue }
        let place = path.isEmpty ? name : path + "/" + name
        if Int32(entry.pointee.d_type) == Int32(DT_DIR) { open.append(place) } else { found.append(place) }
      }
    }
    return found
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return text }
      text += buffer[..<count]
    }
  }
}

extension SourceTree.File {
  init(path: String, text: [UInt8]) {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < text.count {
      if text[index] == 0x0a || text[index] == 0x0d {
        lines.append(text[start..<index])
        if text[index] == 0x0d, index + 1 < text.count, text[index + 1] == 0x0a { index += 1 }
        start = index + 1
      }
      index += 1
    }
    if start < text.count { lines.append(text[start...]) }
    self.path = path
    self.text = text
    self.lines = lines
    trimmed = lines.map(Self.trimmed)
    full = lines.indices.filter { [trimmed] in !trimmed[$0].isEmpty }
  }

  static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let first = line.first, first <= 0x20 { line = line.dropFirst() }
    while let last = line.last, last <= 0x20 { line = line.dropLast() }
    return line
  }
}
