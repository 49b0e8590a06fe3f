/// Rows of a table whose cells stand between delimiters, out of bytes as they come.
///
/// - Source: RFC 4180 §2; IANA text/tab-separated-values, in which quotes are no quotes.
struct DelimitedRows {
  private let delimiter: UInt8
  private let hasQuotes: Bool
  private var cells: [String] = []
  private var cell: [UInt8] = []
  private var rowBytes = 0
  /// Whether a cell is no UTF-8.
  private var hasForeignBytes = false
  private var state = State.begin

  private enum State {
    case begin, plain, quoted, quoteInQuoted
  }

  init(delimiter: UInt8) {
    self.delimiter = delimiter
    hasQuotes = delimiter != UInt8(ascii: "\t")
  }

  /// Why what is read is no table.
  enum Fault {
    case rowTooLong, isNotUTF8, openQuote
  }

  /// - Parameter take: is given each row that ends.
  /// - Returns: `nil` where there is nothing wrong.
  mutating func read<Failure>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ take: ([String]) throws(Failure) -> Void
  ) throws(Failure) -> Fault? {
    for byte in bytes {
      rowBytes += 1
      guard rowBytes <= TableLimits.rowBytes else { return .rowTooLong }
      guard let row = read(byte) else { continue }
      guard !hasForeignBytes else { return .isNotUTF8 }
      try take(row)
    }
    return nil
  }

  /// What stands behind the last line's end.
  mutating func end() -> (row: [String]?, fault: Fault?) {
    guard state != .quoted else { return (nil, .openQuote) }
    let row = cells.isEmpty && cell.isEmpty && state == .begin ? nil : endRow()
    return hasForeignBytes ? (nil, .isNotUTF8) : (row, nil)
  }

  private mutating func read(_ byte: UInt8) -> [String]? {
    switch state {
    case .begin where hasQuotes && byte == UInt8(ascii: "\""): state = .quoted
    case .quoted where byte == UInt8(ascii: "\""): state = .quoteInQuoted
    case .quoted: cell.append(byte)
    case .quoteInQuoted where byte == UInt8(ascii: "\""):
      cell.append(byte)
      state = .quoted
    default:
      switch byte {
      case delimiter: endCell()
      case UInt8(ascii: "\n"): return endRow()
      case UInt8(ascii: "\r"): break
      default:
        cell.append(byte)
        state = .plain
      }
    }
    return nil
  }

  private mutating func endCell() {
    if cells.count < TableLimits.columns {
      let text = String(validating: cell, as: UTF8.self)
      hasForeignBytes = hasForeignBytes || text == nil
      cells.append(text ?? "")
    }
    cell.removeAll(keepingCapacity: true)
    state = .begin
  }

  private mutating func endRow() -> [String] {
    endCell()
    rowBytes = 0
    defer { cells.removeAll(keepingCapacity: true) }
    return cells
  }

  /// That of comma, semicolon, tabulator and bar which stands most often in the first line.
  static func delimiter(ofFirstLine bytes: some Sequence<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    for byte in bytes.prefix(while: { $0 != 0x0a }) { counts[byte, default: 0] += 1 }
    let known = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
    return known.reversed().max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? known[0]
  }
}
