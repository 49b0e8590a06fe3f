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
    let bytes = try block(of: descriptor)
    if let fault = TextFault(bytes) { throw malformed(fault.sentence, fault.remedy) }
    // A mark of UTF-8 is no part of a table.
    let first = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
    switch first.first(where: { !Self.isSpace($0) }) {
    case UInt8(ascii: "[")?: return try array(first, descriptor, wanted, take)
    case UInt8(ascii: "{")?: return try lines(first, descriptor, wanted, take)
    default: return try delimited(first, descriptor, wanted, take)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }

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

  /// A head is kept and shown; values are not.
  private func checkNames(_ names: some Sequence<String>) throws(TableError) {
    guard !names.contains(where: TableValue.isCell) else {
      throw malformed(
        "has a value where a column's name should be (it is not shown), so it may have no head.",
        "Give it a first line with the columns' names; in JSON, let members have names of columns.")
    }
  }

  private func cells(of members: [String: JSONValue], _ columns: inout ObjectColumns) throws(TableError) -> [String] {
    try checkNames(columns.unseen(of: members))
    guard let cells = columns.cells(of: members) else {
      throw malformed("has a number of more than 15 digits, which JSON does not keep.", "Write such numbers as text.")
    }
    return cells
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
    var reader = DelimitedRows(delimiter: DelimitedRows.delimiter(ofFirstLine: first))
    var names: [String]?
    var places: [Int] = []
    func row(_ cells: [String]) throws(TableError) {
      guard names != nil else {
        try checkNames(cells)
        names = cells
        places = try self.places(of: wanted, in: cells)
        return
      }
      try take(places.map { $0 < cells.count ? cells[$0] : "" })
    }
    var block = first
    while !block.isEmpty {
      var failure: TableError?
      let fault = block.withUnsafeBufferPointer { buffer in
        do throws(TableError) {
          return try reader.read(buffer) { cells throws(TableError) in try row(cells) }
        } catch {
          failure = error
          return nil
        }
      }
      if let failure { throw failure }
      if let fault { throw malformed(fault) }
      block = try self.block(of: descriptor)
    }
    let (last, fault) = reader.end()
    if let fault { throw malformed(fault) }
    if let last { try row(last) }
    guard let names else { throw malformed("is empty.", "Name a table with a head and a row a line.") }
    return places.map { names[$0] }
  }

  private func malformed(_ fault: DelimitedRows.Fault) -> TableError {
    switch fault {
    case .rowTooLong: malformed("has a row of more than a megabyte.", "Name a table with a head and a row a line.")
    case .isNotUTF8: malformed("is not in UTF-8.", "Write it as UTF-8: iconv -f WINDOWS-1252 -t UTF-8.")
    case .openQuote: malformed("has a quote that is never closed.", "Close it, or write a quote in a cell twice.")
    }
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
      try take(cells(of: members, &columns))
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
      try take(cells(of: members, &columns))
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

  func unseen(of members: [String: JSONValue]) -> [String] {
    seen.count < TableLimits.columns ? members.keys.filter { !seen.contains($0) } : []
  }

  /// - Returns: `nil` where one is a whole number whose digits are not known.
  mutating func cells(of members: [String: JSONValue]) -> [String]? {
    for name in members.keys.sorted() where !seen.contains(name) && seen.count < TableLimits.columns {
      seen.insert(name)
      if takesAll { names.append(name) }
    }
    var cells: [String] = []
    for name in names {
      switch members[name] {
      case .string(let text)?: cells.append(text)
      case .integer(let number)?: cells.append("\(number)")
      case .number(let number)? where number.magnitude >= 0x1p53: return nil
      default: cells.append("")
      }
    }
    return cells
  }
}
