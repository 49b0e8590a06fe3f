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

  /// The type and subtype, lower case, without parameters.
  package var mediaType: String {
    let head = contentType?.prefix { $0 != ";" } ?? ""
    return head.filter { $0 != " " && $0 != "\t" }.lowercased()
  }
}
