/// Version, status and reason of a response (RFC 9112 §4).
struct StatusLine {
  let version: HTTPVersion
  let status: Int
  let reason: String
  /// The bytes of the line with its CRLF.
  let length: Int

  /// - Parameter bytes: a head that ``SectionBoundary`` has passed. The space before an empty reason may be missing,
  ///   as many servers leave it out.
  init(_ bytes: Span<UInt8>) throws(HTTPSyntaxError) {
    version = try HTTPVersion(bytes, at: 0, otherwise: .statusLine)
    var cursor = HTTPVersion.encodedLength
    guard bytes[cursor] == .space else { throw HTTPSyntaxError(.statusLine) }
    var status = 0
    for _ in 0..<3 {
      cursor += 1
      guard bytes[cursor].isDigit else { throw HTTPSyntaxError(.statusLine) }
      status = status * 10 + Int(bytes[cursor] - 0x30)
    }
    cursor += 1
    guard status >= 100, bytes[cursor] == .space || bytes[cursor] == .carriageReturn else {
      throw HTTPSyntaxError(.statusLine)
    }
    if bytes[cursor] == .space { cursor += 1 }
    let reasonStart = cursor
    while bytes[cursor] != .carriageReturn { cursor += 1 }
    self.status = status
    reason = bytes.text(reasonStart..<cursor)
    length = cursor + 2
  }
}
