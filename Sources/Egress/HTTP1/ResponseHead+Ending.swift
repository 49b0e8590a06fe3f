internal import Wire

extension ResponseHead {
  /// Whether only the end of the connection tells where the body ends (RFC 9112 §6.3, rule 8).
  func endsWithConnection(answering method: String) -> Bool {
    guard method != "HEAD", status >= 200, status != 204, status != 304 else { return false }
    return !fields.contains(named: "content-length") && !fields.contains(named: "transfer-encoding")
  }
}
