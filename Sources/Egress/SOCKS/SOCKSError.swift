/// Why a client is refused; each version of the protocol has its own code for it.
package struct SOCKSError: Error, Hashable, Sendable {
  package let reason: Reason
  /// One sentence.
  package var sentence: String {
    switch reason {
    case .malformed: "The SOCKS request is malformed (RFC 1928 §3, §4)."
    case .noAcceptableMethod: "The SOCKS client offers neither \"no authentication\" nor \"username\" (RFC 1928 §3)."
    case .commandNotSupported: "Only the SOCKS command CONNECT is served, neither BIND nor UDP ASSOCIATE (RFC 1928 §4)."
    case .addressNotSupported: "The SOCKS request has an unknown address type (RFC 1928 §5)."
    case .notAllowed: "The rules do not allow this destination."
    case .networkUnreachable: "The destination's network cannot be reached."
    case .hostUnreachable: "The destination cannot be reached, or its name does not resolve."
    case .connectionRefused: "The destination refused the connection."
    case .failed: "The connection could not be made."
    }
  }

  package init(_ reason: Reason) {
    self.reason = reason
  }

  package enum Reason: Sendable, Hashable, CaseIterable {
    case malformed
    case noAcceptableMethod
    case commandNotSupported
    case addressNotSupported
    case notAllowed
    case networkUnreachable
    case hostUnreachable
    case connectionRefused
    case failed
  }
}

extension SOCKSError.Reason {
  /// RFC 1928 §6.
  var socks5Reply: UInt8 {
    switch self {
    case .malformed, .noAcceptableMethod, .failed: 1
    case .notAllowed: 2
    case .networkUnreachable: 3
    case .hostUnreachable: 4
    case .connectionRefused: 5
    case .commandNotSupported: 7
    case .addressNotSupported: 8
    }
  }
}
