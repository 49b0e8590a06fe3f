package import NIOCore

/// Why a message is no question that we answer.
package struct DNSError: Error, Sendable {
  package let reason: Reason
  /// What to send back; `nil` where an answer would itself be an abuse: to answers, and to noise.
  package let reply: ByteBuffer?

  /// One sentence.
  package var sentence: String {
    switch reason {
    case .noQuery: "The DNS message is no query (RFC 1035 §4.1.1)."
    case .tooLarge: "The DNS message is longer than \(EgressLimits.dnsQueryBytes) bytes."
    case .malformed: "The DNS query is malformed (RFC 1035 §4.1)."
    case .notImplemented:
      "The DNS message is of a kind that is not served: only standard queries are (RFC 1035 §4.1.1)."
    case .badVersion: "The DNS query uses an EDNS version above 0 (RFC 6891 §6.1.3)."
    }
  }

  package enum Reason: Sendable, Hashable {
    case noQuery
    case tooLarge
    case malformed
    case notImplemented
    case badVersion
  }
}
