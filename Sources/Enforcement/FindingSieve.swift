internal import Catalog
internal import Evidence
internal import Inspection

/// Takes away what is no leak: our own placeholders, and the credential by which a client signs in where it belongs.
struct FindingSieve {
  let recognition: Recognition
  /// By detector, the vendors that its credentials are for.
  let issuers: [String: Set<String>]
  let placeholders: PlaceholderTable
  let captured: Captured

  func sift(_ findings: [Finding]) -> [Finding] {
    findings.compactMap { $0.detector == PlaceholderTable.detector ? placeholder($0) : signIn($0) }
  }

  /// A placeholder on its way to where its credential belongs is how things should be; elsewhere it is worth a line.
  private func placeholder(_ finding: Finding) -> Finding? {
    placeholders.belong(to: captured.destination, overTLS: captured.isTLS)
      ? nil : finding.graded(.note, as: PlaceholderTable.findingName)
  }

  /// A credential where its issuer asks for it is the client signing in; the same one elsewhere is a leak.
  private func signIn(_ finding: Finding) -> Finding {
    guard finding.dataClass == .credential, recognition.endpoint != nil, isAskedFor(at: finding.place),
      isIssued(finding)
    else { return finding }
    return finding.graded(.note)
  }

  /// In an authentication field of any known endpoint, and in the body where the agent's own vendor signs it in or
  /// renews its token (RFC 6749 §6).
  private func isAskedFor(at place: Finding.Place) -> Bool {
    switch place {
    case .header(let name): Self.authenticationFields.contains(name)
    case .body: recognition.purpose == .auth && recognition.isOwnVendor
    default: false
    }
  }

  private func isIssued(_ finding: Finding) -> Bool {
    if let issuers = issuers[finding.detector] { return recognition.vendor.map(issuers.contains) ?? false }
    // Of what anybody might have given out, a cookie is no place for keys of certain shape but at the agent's own vendor.
    return finding.place != .header("cookie") || finding.grade != .block || recognition.isOwnVendor
  }

  /// RFC 9110 §11.6.2 and §11.7.2, RFC 6265 §4.2, and the fields that model providers document for their keys.
  private static let authenticationFields: Set<String> = [
    "authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key", "private-token", "x-amz-security-token",
  ]
}

extension FindingSieve {
  init(_ recognition: Recognition, _ captured: Captured, _ engines: Engines) {
    self.init(
      recognition: recognition, issuers: engines.detectors.issuers, placeholders: engines.placeholders,
      captured: captured)
  }
}

extension Finding {
  fileprivate func graded(_ grade: Grade, as name: String? = nil) -> Finding {
    Finding(
      detector: name ?? detector, dataClass: dataClass, grade: grade, severity: severity, place: place, span: span,
      layers: layers, fingerprint: fingerprint)
  }
}
