internal import Evidence
internal import Wire

extension Captured {
  /// The name of the scheme by which the client has signed the body: with a byte changed the server refuses it.
  ///
  /// - Source: AWS Signature Version 4, "Create a canonical request"; RFC 9421 §2 and §7.2.8.
  var bodySignature: String? {
    let authorization = fields.first(named: "authorization") ?? ""
    if authorization.hasPrefix("AWS4-") {
      // What is said instead of the body's hash: unsigned, or signed in pieces by themselves.
      let hash = fields.first(named: "x-amz-content-sha256") ?? ""
      return hash.hasSuffix("UNSIGNED-PAYLOAD") || hash.hasPrefix("STREAMING-UNSIGNED-")
        ? nil : "AWS Signature Version 4"
    }
    let signed = fields.all(named: "signature-input").contains { $0.contains("content-digest") }
    return signed ? "HTTP Message Signatures" : nil
  }
}
