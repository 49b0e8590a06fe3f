internal import NIOCore

extension ByteBuffer {
  mutating func writeField(_ field: HTTPField) {
    writeString(field.name)
    writeString(": ")
    writeString(field.value)
    writeString("\r\n")
  }

  /// Copies a parsed head line by line, leaving out or exchanging the lines that are named.
  ///
  /// - Parameter startLine: with its CRLF; `nil` keeps the one that is there.
  func rewritingHead(startLine: String?, removing names: [String], replacing replacements: [HTTPField]) -> ByteBuffer {
    if startLine == nil, names.isEmpty, replacements.isEmpty { return self }
    var out = ByteBuffer()
    out.reserveCapacity(minimumWritableBytes: readableBytes + 256)
    var unplaced = replacements
    for (index, line) in readableBytesUInt8Span.headLines().enumerated() {
      let bytes = readableBytesUInt8Span
      if index == 0 {
        if let startLine { out.writeString(startLine) } else { out.write(bytes, line) }
        continue
      }
      let name = bytes.fieldName(of: line)
      if names.contains(where: { bytes.equalsName($0, in: name) }) { continue }
      if let place = unplaced.firstIndex(where: { bytes.equalsName($0.name, in: name) }) {
        out.write(bytes, name)
        out.writeString(": \(unplaced[place].value)\r\n")
        unplaced.remove(at: place)
      } else if !replacements.contains(where: { bytes.equalsName($0.name, in: name) }) {
        out.write(bytes, line)
      }
    }
    for field in unplaced { out.writeField(field) }
    out.writeString("\r\n")
    return out
  }

  private mutating func write(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    _ = bytes.extracting(range).withUnsafeBytes { writeBytes($0) }
  }
}

extension Span where Element == UInt8 {
  /// The lines up to the empty one, each with its line end.
  fileprivate func headLines() -> [Range<Int>] {
    var lines: [Range<Int>] = []
    lines.reserveCapacity(32)
    var start = 0
    for index in 0..<count where self[index] == .lineFeed {
      if index - start <= 1 { break }
      lines.append(start..<index + 1)
      start = index + 1
    }
    return lines
  }

  fileprivate func fieldName(of line: Range<Int>) -> Range<Int> {
    var end = line.lowerBound
    while end < line.upperBound, self[end] != .colon { end += 1 }
    return line.lowerBound..<end
  }

  fileprivate func equalsName(_ name: String, in range: Range<Int>) -> Bool {
    guard name.utf8.count == range.count else { return false }
    return zip(range, name.utf8).allSatisfy { self[$0].asciiLowercased == $1.asciiLowercased }
  }
}
