package import Attribution
package import Catalog
package import Evidence

/// A captured message of which every byte was looked at.
package struct Inspected: Sendable {
  package let captured: Captured
  package let recognition: Recognition
  package let findings: [Finding]
  /// Bytes of head, body and trailers.
  package let totalBytes: Int
  /// Of those, the bytes handed to the inspectors; promise 2 says that both are equal.
  package let inspectedBytes: Int
  package let bodyBytes: Int
  /// SHA-256 of the body's bytes, from which the ledger's commitment is made.
  package let bodyDigest: [UInt8]
  /// The lines of files that are in the body.
  package let attribution: MessageAttribution

  /// Bytes of header fields and trailers.
  var fieldBytes: Int {
    totalBytes - bodyBytes - (captured.isBodyOnly ? 0 : captured.method.utf8.count + 1 + captured.target.utf8.count)
  }
}
