/// What the sender says about a body.
package struct ContentDescription: Sendable, Hashable {
  /// The media type as sent, with its parameters.
  package let contentType: String?
  /// The tokens of `Content-Encoding`, in the order applied.
  package let contentCodings: [String]

  package init(contentType: String? = nil, contentCodings: [String] = []) {
    self.contentType = contentType
    self.contentCodings = contentCodings
  }

  /// Where nothing is said: header values, names, raw streams.
  package static let none = ContentDescription()

  /// Whether the media type is `application/x-www-form-urlencoded` (WHATWG URL §5).
  var isForm: Bool {
    guard let contentType else { return false }
    var wanted = Self.formType[...]
    for byte in contentType.utf8 {
      if byte == UInt8(ascii: ";") { break }
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { continue }
      let small = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      guard wanted.popFirst() == small else { return false }
    }
    return wanted.isEmpty
  }

  private static let formType = Array("application/x-www-form-urlencoded".utf8)

  /// The type and subtype, lower case, without parameters.
  package var mediaType: String {
    let head = contentType?.prefix { $0 != ";" } ?? ""
    return head.filter { $0 != " " && $0 != "\t" }.lowercased()
  }
}
