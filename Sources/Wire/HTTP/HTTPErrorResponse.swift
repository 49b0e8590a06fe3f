package import Evidence
package import NIOCore

/// An answer that Sallyport gives in the place of the server.
package struct HTTPErrorResponse: Sendable {
  package let status: Int
  /// Without `Content-Length`, `Content-Type` and `Connection`, which follow from the other properties.
  package let fields: [HTTPField]
  package let contentType: String
  package let body: ByteBuffer
  /// Whether the connection ends with this answer, as it must where the request's end is unknown.
  package let closes: Bool

  package init(
    status: Int, fields: [HTTPField] = [], contentType: String, body: ByteBuffer, closes: Bool
  ) {
    self.status = status
    self.fields = fields
    self.contentType = contentType
    self.body = body
    self.closes = closes
  }

  package init(status: Int, fields: [HTTPField] = [], text: String, closes: Bool) {
    self.init(
      status: status, fields: fields, contentType: "text/plain; charset=utf-8", body: ByteBuffer(string: text),
      closes: closes)
  }

  /// - Throws: for a number that JSON cannot hold.
  package init(
    status: Int, fields: [HTTPField] = [], json: JSONValue, closes: Bool
  ) throws(CanonicalJSONError) {
    self.init(
      status: status, fields: fields, contentType: "application/json",
      body: ByteBuffer(bytes: try CanonicalJSON.encode(json)), closes: closes)
  }

  /// What a broken message is answered with; nothing more is read on that connection.
  package init(_ error: HTTPSyntaxError) {
    self.init(status: error.status, text: "sallyport: \(error.sentence) \(error.remedy)\n", closes: true)
  }
}

extension HTTPErrorResponse {
  /// The head in every version of HTTP; `Connection` is left out where HTTP/2 forbids it (RFC 9113 §8.2.2).
  package func head(version: HTTPVersion = .http1_1) -> ResponseHead {
    var all = [HTTPField(name: "Content-Type", value: contentType)]
    all.append(HTTPField(name: "Content-Length", value: String(body.readableBytes)))
    if closes, version != .http2 { all.append(HTTPField(name: "Connection", value: "close")) }
    return ResponseHead(status: status, reason: HTTPStatus.reason(status), version: version, fields: fields + all)
  }

  /// Head and body as HTTP/1.1 bytes.
  ///
  /// - Parameter method: that of the request, where it is known; HEAD gets no body.
  /// - Throws: where one of ``fields`` cannot be written.
  package func serialized(answering method: String?) throws(HTTPSyntaxError) -> ByteBuffer {
    var out = try head().serialized()
    if method != "HEAD" { out.writeImmutableBuffer(body) }
    return out
  }
}
