internal import NIOCore

extension ResponseHead {
  /// - Parameter raw: a head that ``SectionBoundary`` has passed, with its empty line.
  static func parse(
    _ raw: ByteBuffer, limits: WireLimits
  ) throws(HTTPSyntaxError) -> (head: ResponseHead, routing: RoutingFields) {
    let bytes = raw.readableBytesUInt8Span
    let line = try StatusLine(bytes)
    // A server's white space goes to the client as it came.
    var isPlain = true
    let fields = try FieldSection.read(
      bytes, in: line.length..<bytes.count - 2, limit: limits.headFields, tooMany: .tooManyFields, isPlain: &isPlain)
    let routing = try RoutingFields(fields, version: line.version)
    let head = ResponseHead(
      status: line.status, reason: line.reason, version: line.version, fields: fields, raw: raw)
    return (head, routing)
  }
}

extension RoutingFields {
  /// RFC 9112 §6.3, rules 1 and 4 to 8; the others were checked when the fields were read.
  func responseFraming(status: Int, isAnswerToHead: Bool) -> BodyFraming {
    if isAnswerToHead || status == 204 || status == 304 { return .none }
    if isChunked { return .chunked }
    return contentLength.map { .length($0) } ?? .untilClose
  }
}
