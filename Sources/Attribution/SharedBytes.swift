/// Bytes that are added to, in pieces that others with the same beginning share.
package struct SharedBytes: Sendable {
  /// All but the last have ``pieceBytes``.
  private var pieces: [[UInt8]] = []
  package private(set) var count = 0

  /// Short enough for memory that is used again at once.
  package static let pieceBytes = 16 * 1024

  package init() {}

  /// The first bytes of others.
  package init(_ other: SharedBytes, first count: Int) {
    let whole = count / Self.pieceBytes
    pieces = Array(other.pieces[..<whole])
    self.count = whole * Self.pieceBytes
    if count > self.count { other.forEachPiece(of: self.count..<count) { append($0) } }
  }

  /// What they take in memory besides the pieces that they share with others.
  package func heldBytes(besides other: SharedBytes? = nil) -> Int {
    pieces.indices.reduce(0) { held, index in
      guard let other, index < other.pieces.count, Self.isSame(pieces[index], other.pieces[index]) else {
        return held + pieces[index].capacity
      }
      return held
    }
  }

  private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.withUnsafeBytes { one in other.withUnsafeBytes { one.baseAddress == $0.baseAddress } }
  }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while !rest.isEmpty {
      let used = count % Self.pieceBytes
      if used == 0 {
        pieces.append([])
        pieces[pieces.count - 1].reserveCapacity(Self.pieceBytes)
      }
      let step = min(rest.count, Self.pieceBytes - used)
      pieces[pieces.count - 1].append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<step]))
      count += step
      rest = UnsafeRawBufferPointer(rebasing: rest[step...])
    }
  }

  /// The bytes of the range, in order, in pieces that live for the call.
  package func forEachPiece(of range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let first = offset % Self.pieceBytes
      let step = min(range.upperBound - offset, Self.pieceBytes - first)
      pieces[offset / Self.pieceBytes].withUnsafeBytes {
        body(UnsafeRawBufferPointer(rebasing: $0[first..<first + step]))
      }
      offset += step
    }
  }

  /// How many of the bytes stand here from the offset on.
  package func common(with other: UnsafeRawBufferPointer, from offset: Int) -> Int {
    var same = 0
    while same < other.count, offset + same < count {
      let first = (offset + same) % Self.pieceBytes
      let most = min(other.count - same, Self.pieceBytes - first, count - offset - same)
      let rest = UnsafeRawBufferPointer(rebasing: other[same..<same + most])
      let found = pieces[(offset + same) / Self.pieceBytes].withUnsafeBytes { piece in
        let here = UnsafeRawBufferPointer(rebasing: piece[first..<first + most])
        // What is shared is the same.
        return here.baseAddress == rest.baseAddress ? most : EqualBytes.atBeginning(here, rest)
      }
      same += found
      guard found == most else { break }
    }
    return same
  }

  package subscript(offset: Int) -> UInt8 { pieces[offset / Self.pieceBytes][offset % Self.pieceBytes] }

  /// Whether both have the same bytes there.
  package func isSame(as other: SharedBytes, in range: Range<Int>) -> Bool {
    guard range.upperBound <= min(count, other.count) else { return false }
    var offset = range.lowerBound
    var isSame = true
    other.forEachPiece(of: range) { piece in
      isSame = isSame && common(with: piece, from: offset) == piece.count
      offset += piece.count
    }
    return isSame
  }
}

extension SharedBytes: Equatable {
  package static func == (one: SharedBytes, other: SharedBytes) -> Bool {
    one.count == other.count && one.beginsLike(other, for: one.count)
  }

  /// Whether both begin with the same bytes, so many.
  package func beginsLike(_ other: SharedBytes, for count: Int) -> Bool {
    // Messages that differ do so at their ends, for the most part.
    let end = count - min(count, Self.endBytes)
    return isSame(as: other, in: end..<count) && isSame(as: other, in: 0..<end)
  }

  /// How many bytes both begin with.
  package func common(with other: SharedBytes) -> Int {
    var (same, offset) = (0, 0)
    other.forEachPiece(of: 0..<min(count, other.count)) { piece in
      if same == offset { same += common(with: piece, from: offset) }
      offset += piece.count
    }
    return same
  }

  private static let endBytes = 256
}
