internal import Evidence
internal import Glibc

/// A table as it lies on the disk: values between delimiters with a head, an array of objects, or an object a line.
struct TableFile {
  let path: String

  /// By which it is known that a file is the same: size, times, number in the file system.
  func stamp() throws(TableError) -> [Int] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .missing(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .missing(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw TableError(.missing, at: path, "is no regular file.", remedy: "Name a file with a table.")
    }
    return [
      Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
      status.st_ctim.tv_nsec, Int(status.st_ino),
    ]
  }

  /// - Parameters:
  ///   - wanted: of the columns; `nil` for all.
  ///   - take: is given the cells of each row, in the order of the columns, absent ones as empty texts.
  /// - Returns: the columns that were looked at.
  /// - Throws: ``TableError``, also what `take` throws.
  func rows(
    of wanted: [String]?, _ take: ([String]) throws(TableError) -> Void
  ) throws(TableError) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .missing(path, errno) }
    defer { close(descriptor) }
    let first = try block(of: descriptor)
    switch first.first(where: { !Self.isSpace($0) }) {
    case UInt8(ascii: "[")?: return try array(first, descriptor, wanted, take)
    case UInt8(ascii: "{")?: return try lines(first, descriptor, wanted, take)
    default: return try delimited(first, descriptor, wanted, take)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains(byte) }

  private func block(of descriptor: CInt) throws(TableError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw .missing(path, errno) }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private func malformed(_ sentence: String, _ remedy: String) -> TableError {
    TableError(.malformed, at: path, sentence, remedy: remedy)
  }

  /// The places of the columns that are wanted.
  private func places(of wanted: [String]?, in names: [String]) throws(TableError) -> [Int] {
    guard let wanted else { return Array(names.indices) }
    var places: [Int] = []
    for name in wanted {
      guard let place = names.firstIndex(of: name) else {
        let some = names.prefix(12).map { $0.count > 40 ? "\($0.prefix(40))…" : $0 }.joined(separator: ", ")
        throw malformed("has no column '\(name)'.", "Name some of its columns: \(some).")
      }
      places.append(place)
    }
    return places
  }
}

// MARK: - Between delimiters

extension TableFile {
  private func delimited(
    _ first: [UInt8], _ descriptor: CInt, _ wanted: [String]?, _ take: ([String]) throws(TableError) -> Void
  ) throws(TableError) -> [String] {
    let text = first.starts(with: [0xef, 0xbb, 0xbf]) ? Array(first.dropFirst(3)) : first
    var reader = DelimitedRows(delimiter: DelimitedRows.delimiter(ofFirstLine: text))
    var names: [String]?
    var places: [Int] = []
    func row(_ cells: [String]) throws(TableError) {
      guard names != nil else {
        names = cells
        places = try self.places(of: wanted, in: cells)
        return
      }
      try take(places.map { $0 < cells.count ? cells[$0] : "" })
    }
    var block = text
    while !block.isEmpty {
      var failure: TableError?
      let isWhole = block.withUnsafeBufferPointer { buffer in
        do throws(TableError) {
          return try reader.read(buffer) { cells throws(TableError) in try row(cells) }
        } catch {
          failure = error
          return true
        }
      }
      if let failure { throw failure }
      guard isWhole else {
        throw malformed("has a row of more than a megabyte.", "Name a table with a head and a row a line.")
      }
      block = try self.block(of: descriptor)
    }
    if let cells = reader.end() { try row(cells) }
    guard let names else { throw malformed("is empty.", "Name a table with a head and a row a line.") }
    return places.map { names[$0] }
  }
}

// MARK: - JSON

extension TableFile {
  private func array(
    _ first: [UInt8], _ descriptor: CInt, _ wanted: [String]?, _ take: ([String]) throws(TableError) -> Void
  ) throws(TableError) -> [String] {
    var bytes = first
    while true {
      let block = try block(of: descriptor)
      if block.isEmpty { break }
      bytes += block
      guard bytes.count <= TableLimits.arrayBytes else {
        throw malformed("is one array of more than 256 MiB.", "Write an object a line (JSON lines).")
      }
    }
    guard let rows = (try? JSONParser.parse(bytes))?.array else {
      throw malformed("is no JSON that can be read.", "Write an array of objects, or an object a line.")
    }
    var columns = ObjectColumns(wanted)
    for row in rows {
      guard let members = row.object else {
        throw malformed("has an item that is no object.", "Write an array of objects, or an object a line.")
      }
      try take(columns.cells(of: members))
    }
    return try found(columns)
  }

  private func lines(
    _ first: [UInt8], _ descriptor: CInt, _ wanted: [String]?, _ take: ([String]) throws(TableError) -> Void
  ) throws(TableError) -> [String] {
    var columns = ObjectColumns(wanted)
    var number = 0
    var rest: [UInt8] = []
    func row(_ line: some Collection<UInt8>) throws(TableError) {
      number += 1
      guard !line.allSatisfy(Self.isSpace) else { return }
      guard let members = (try? JSONParser.parse(Array(line)))?.object else {
        throw malformed("has no object of JSON in line \(number).", "Write an object a line, or an array of objects.")
      }
      try take(columns.cells(of: members))
    }
    var block = first
    while !block.isEmpty {
      var start = block.startIndex
      while let end = block[start...].firstIndex(of: 0x0a) {
        try row(rest + block[start..<end])
        rest.removeAll(keepingCapacity: true)
        start = end + 1
      }
      rest += block[start...]
      guard rest.count <= TableLimits.rowBytes else {
        throw malformed("has a line of more than a megabyte.", "Write an object a line, or an array of objects.")
      }
      block = try self.block(of: descriptor)
    }
    try row(rest)
    return try found(columns)
  }

  private func found(_ columns: ObjectColumns) throws(TableError) -> [String] {
    if let absent = columns.absent {
      _ = try places(of: [absent], in: columns.seen.sorted())
    }
    return columns.names
  }
}

/// The members of objects as columns: those that are wanted, or all in the order in which they come.
private struct ObjectColumns {
  private(set) var names: [String]
  private(set) var seen: Set<String> = []
  private let takesAll: Bool

  init(_ wanted: [String]?) {
    names = wanted ?? []
    takesAll = wanted == nil
  }

  /// One that no object has.
  var absent: String? { names.first { !seen.contains($0) } }

  mutating func cells(of members: [String: JSONValue]) -> [String] {
    for name in members.keys.sorted() where !seen.contains(name) && seen.count < TableLimits.columns {
      seen.insert(name)
      if takesAll { names.append(name) }
    }
    return names.map { name in
      guard let value = members[name] else { return "" }
      return value.string ?? value.integer.map { "\($0)" } ?? ""
    }
  }
}
