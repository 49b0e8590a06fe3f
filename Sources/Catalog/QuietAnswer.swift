/// What a client is told instead of being let through, so that it neither retries nor complains.
package struct QuietAnswer: Sendable, Hashable {
  package let status: Int
  /// `nil` where there is no body.
  package let contentType: String?
  package let body: String

  package init(status: Int, contentType: String? = nil, body: String = "") {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}
