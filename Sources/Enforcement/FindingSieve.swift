internal import Catalog
internal import Evidence
internal import Inspection

/// Takes away what is no leak: our own placeholders, and the credential by which a client signs in where it belongs.
struct FindingSieve {
  let recognition: Recognition
  let placeholders: PlaceholderTable
  let captured: Captured

  func sift(_ findings: [Finding]) -> [Finding] {
    let planted = findings.filter { $0.detector == PlaceholderTable.detector }
    return findings.compactMap { finding in
      if finding.detector == PlaceholderTable.detector { return placeholder(finding) }
      // A placeholder has the shape of the credential that it stands for; what overlaps one is not a real key.
      if finding.dataClass == .credential, planted.contains(where: { $0.overlaps(finding) }) { return nil }
      return signIn(finding)
    }
  }

  /// A placeholder on its way to where its credential belongs is how things should be; elsewhere it is worth a line.
  private func placeholder(_ finding: Finding) -> Finding? {
    placeholders.belong(to: captured.destination)
      ? nil : finding.graded(.note, as: PlaceholderTable.findingName)
  }

  /// A credential in an authentication field of an endpoint that the catalogue knows is the client signing in.
  private func signIn(_ finding: Finding) -> Finding {
    guard finding.dataClass == .credential, recognition.endpoint != nil, case .header(let name) = finding.place,
      Self.authenticationFields.contains(name)
    else { return finding }
    return finding.graded(.note)
  }

  /// RFC 9110 §11.6.2 and §11.7.2, RFC 6265 §4.2, and the fields that model providers document for their keys.
  private static let authenticationFields: Set<String> = [
    "authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key", "private-token", "x-amz-security-token",
  ]
}

extension Finding {
  fileprivate func overlaps(_ other: Finding) -> Bool {
    place == other.place && span.start < other.span.end && other.span.start < span.end
  }

  fileprivate func graded(_ grade: Grade, as name: String? = nil) -> Finding {
    Finding(
      detector: name ?? detector, dataClass: dataClass, grade: grade, place: place, span: span, layers: layers,
      fingerprint: fingerprint)
  }
}
