/// Reads the field lines of a section whose lines ``SectionBoundary`` has passed.
enum FieldSection {
  /// - Parameters:
  ///   - range: from the first field line up to the empty line, which is not part of it.
  ///   - isPlain: becomes `false` where a value has other white space around it than one space before it.
  static func read(
    _ bytes: Span<UInt8>, in range: Range<Int>, limit: Int, tooMany: HTTPSyntaxError.Code, isPlain: inout Bool
  ) throws(HTTPSyntaxError) -> [HTTPField] {
    var fields: [HTTPField] = []
    if !range.isEmpty { fields.reserveCapacity(min(limit, 24)) }
    var index = range.lowerBound
    while index < range.upperBound {
      guard fields.count < limit else { throw HTTPSyntaxError(tooMany) }
      fields.append(try readLine(bytes, at: &index, isPlain: &isPlain))
    }
    return fields
  }

  /// - Parameter index: the line's first byte; afterwards the next line's.
  private static func readLine(
    _ bytes: Span<UInt8>, at index: inout Int, isPlain: inout Bool
  ) throws(HTTPSyntaxError) -> HTTPField {
    let nameStart = index
    var cursor = index
    while bytes[cursor].isTokenCharacter { cursor += 1 }
    guard bytes[cursor] == .colon else { throw HTTPSyntaxError(fault(in: bytes, at: cursor, lineStart: nameStart)) }
    guard cursor > nameStart else { throw HTTPSyntaxError(.emptyFieldName) }
    let nameEnd = cursor
    cursor += 1
    if bytes[cursor] != .space { isPlain = false }
    while bytes[cursor].isOptionalWhitespace { cursor += 1 }
    let valueStart = cursor
    if valueStart > nameEnd + 2 { isPlain = false }
    while bytes[cursor] != .carriageReturn { cursor += 1 }
    index = cursor + 2
    while cursor > valueStart, bytes[cursor - 1].isOptionalWhitespace {
      cursor -= 1
      isPlain = false
    }
    return HTTPField(name: bytes.text(nameStart..<nameEnd), value: bytes.text(valueStart..<cursor))
  }

  private static func fault(in bytes: Span<UInt8>, at cursor: Int, lineStart: Int) -> HTTPSyntaxError.Code {
    guard bytes[cursor].isOptionalWhitespace else { return .fieldName }
    if cursor == lineStart { return .foldedLine }
    var next = cursor
    while bytes[next].isOptionalWhitespace { next += 1 }
    return bytes[next] == .colon ? .spaceBeforeColon : .fieldName
  }
}
