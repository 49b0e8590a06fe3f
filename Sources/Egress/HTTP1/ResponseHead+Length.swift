internal import Wire

extension ResponseHead {
  /// Whether something other than the end of the connection tells where the answer ends (RFC 9112 §6.3).
  func hasLength(answering method: String) -> Bool {
    switch status {
    case ..<200, 204, 304: true
    default:
      method == "HEAD" || fields.contains(named: "content-length") || fields.contains(named: "transfer-encoding")
    }
  }
}
