package import NIOCore

/// What a client says before its body: method, target and fields.
///
/// Of a head that ``RequestParser`` gave, ``authority`` and ``target`` agree and ``raw`` is exactly what was sent.
package struct RequestHead: Sendable {
  package var method: String
  /// As it was sent: origin-form, absolute-form, authority-form or `*` (RFC 9112 §3.2); `:path` of HTTP/2.
  package var target: String
  /// From an absolute-form target or `:scheme`; `nil` where the connection alone tells.
  package var scheme: String?
  /// `Host` or `:authority`, as it was sent; `nil` only for HTTP/1.0 without `Host`.
  package var authority: String?
  package var version: HTTPVersion
  package var fields: [HTTPField]
  /// HTTP/1: the head's bytes with the final empty line. Whoever edits the other properties sets this to `nil` or
  /// uses ``rewritten(target:removing:replacing:)``.
  package var raw: ByteBuffer?
  /// Whether ``raw`` has white space around a value other than one space before it: room to say what no field says.
  package var hasOddSpace = false

  package init(
    method: String, target: String, scheme: String? = nil, authority: String? = nil, version: HTTPVersion = .http1_1,
    fields: [HTTPField] = [], raw: ByteBuffer? = nil
  ) {
    self.method = method
    self.target = target
    self.scheme = scheme
    self.authority = authority
    self.version = version
    self.fields = fields
    self.raw = raw
  }
}
