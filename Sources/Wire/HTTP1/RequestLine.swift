/// Method, target and version of a request (RFC 9112 §3).
struct RequestLine {
  let method: String
  let target: String
  let version: HTTPVersion
  /// The bytes of the line with its CRLF.
  let length: Int

  /// - Parameter bytes: a head that ``SectionBoundary`` has passed.
  init(_ bytes: Span<UInt8>, limits: WireLimits) throws(HTTPSyntaxError) {
    var cursor = 0
    while bytes[cursor].isTokenCharacter { cursor += 1 }
    guard bytes[cursor] == .space, cursor > 0 else {
      throw HTTPSyntaxError(bytes[cursor] == .space || bytes[cursor] == .carriageReturn ? .startLine : .method)
    }
    guard cursor <= limits.methodBytes else { throw HTTPSyntaxError(.methodTooLong) }
    method = bytes.text(0..<cursor)
    let targetStart = cursor + 1
    cursor = targetStart
    while bytes[cursor].isTargetCharacter { cursor += 1 }
    guard bytes[cursor] == .space else {
      throw HTTPSyntaxError(bytes[cursor] == .carriageReturn ? .startLine : .target)
    }
    guard cursor > targetStart else { throw HTTPSyntaxError(.startLine) }
    guard cursor - targetStart <= limits.targetBytes else { throw HTTPSyntaxError(.targetTooLong) }
    target = bytes.text(targetStart..<cursor)
    version = try HTTPVersion(bytes, at: cursor + 1, otherwise: .startLine)
    let end = cursor + 1 + HTTPVersion.encodedLength
    guard bytes[end] == .carriageReturn else { throw HTTPSyntaxError(.startLine) }
    length = end + 2
  }
}
