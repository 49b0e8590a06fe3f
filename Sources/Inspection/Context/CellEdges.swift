internal import Decoding

/// What stands before and behind a cell of a table: separators, the ends of lines, or tags. Quotation marks and spaces
/// around the cell do not count.
struct CellEdges: Equatable {
  let before: UInt8
  let behind: UInt8

  /// Spaces and quotation marks on each side.
  private static let most = 32

  /// - Parameter isWhole: the buffer ends where the text does.
  /// - Returns: `nil` for what is no cell.
  init?(around cell: Range<Int>, in buffer: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
    var before = cell.lowerBound
    while before > 0, cell.lowerBound - before < Self.most, Self.isPadding(buffer[before - 1]) { before -= 1 }
    var behind = cell.upperBound
    while behind < buffer.count, behind - cell.upperBound < Self.most, Self.isPadding(buffer[behind]) { behind += 1 }
    guard behind < buffer.count || isWhole,
      let first = before == 0 ? Self.newline : Self.edge(buffer[before - 1]),
      let last = behind == buffer.count ? Self.newline : Self.edge(buffer[behind])
    else { return nil }
    self.before = first
    self.behind = last
  }

  private static let newline = UInt8(ascii: "\n")

  private static func isPadding(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private static func edge(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"), newline,
      UInt8(ascii: "<"), UInt8(ascii: ">"), DecodedView.separator:
      byte
    case UInt8(ascii: "\r"): newline
    // The first and the last of a list.
    case UInt8(ascii: "["), UInt8(ascii: "]"): UInt8(ascii: ",")
    default: nil
    }
  }
}
