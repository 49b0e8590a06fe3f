internal import Evidence
internal import Wire

extension Captured {
  /// The name of the scheme by which the client has signed the body, or what is said of it: with a byte changed the server
  /// refuses it.
  ///
  /// - Source: AWS Signature Version 4, "Create a canonical request", "Query parameters"; RFC 9421 §2 and §7.2.8.
  var bodySignature: String? {
    if let scheme = signatureInHeader ?? signatureInQuery { return isUnsignedPayload ? nil : scheme }
    let isSigned = fields.all(named: "signature-input").contains { input in Self.ofBody.contains { input.contains($0) }
    }
    return isSigned ? "HTTP Message Signatures" : nil
  }

  /// Vendors' schemes that sign the whole request: Amazon's, Tencent's, Alibaba's, those of Azure and Oracle.
  private static let schemes = [
    "AWS4-": "AWS Signature Version 4", "TC3-HMAC-": "TC3-HMAC-SHA256", "ACS3-HMAC-": "ACS3-HMAC-SHA256",
    "HMAC-SHA256 ": "HMAC-SHA256", "Signature ": "HTTP Signatures",
  ]
  /// What is left out or written anew where a body is changed.
  private static let ofBody = ["content-digest", "repr-digest", "digest", "content-md5", "content-length"]

  private var signatureInHeader: String? {
    let authorization = fields.first(named: "authorization") ?? ""
    return Self.schemes.first { authorization.hasPrefix($0.key) }?.value
  }

  private var signatureInQuery: String? {
    target.contains("X-Amz-Signature=") ? "AWS Signature Version 4" : nil
  }

  /// Whether it says instead of the body's hash that there is none, and signs nothing else that would change.
  private var isUnsignedPayload: Bool {
    let authorization = fields.first(named: "authorization") ?? ""
    return fields.first(named: "x-amz-content-sha256") == "UNSIGNED-PAYLOAD"
      && !Self.ofBody.contains { authorization.contains($0) }
  }
}
