package import NIOCore

/// What a server says before its body: status and fields.
package struct ResponseHead: Sendable {
  /// 100…999.
  package var status: Int
  /// As it was sent; empty in HTTP/2.
  package var reason: String
  package var version: HTTPVersion
  package var fields: [HTTPField]
  /// HTTP/1: the head's bytes with the final empty line. Whoever edits the other properties sets this to `nil`.
  package var raw: ByteBuffer?

  package init(
    status: Int, reason: String = "", version: HTTPVersion = .http1_1, fields: [HTTPField] = [],
    raw: ByteBuffer? = nil
  ) {
    self.status = status
    self.reason = reason
    self.version = version
    self.fields = fields
    self.raw = raw
  }
}
