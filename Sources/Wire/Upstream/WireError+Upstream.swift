internal import Evidence

extension WireError.Code {
  /// Configuration: an option's text cannot be understood.
  package static let configurationInvalid = Self(rawValue: "upstream.configuration-invalid")
  /// Policy: the address is not public and was not granted.
  package static let addressRefused = Self(rawValue: "upstream.address-refused")
  /// Peer: the name has no address.
  package static let nameUnresolved = Self(rawValue: "upstream.name-unresolved")
  /// Peer: nobody accepts connections there.
  package static let connectFailed = Self(rawValue: "upstream.connect-failed")
  /// Peer: no answer in time.
  package static let timedOut = Self(rawValue: "upstream.timed-out")
  /// Peer: it closed or reset the connection before the answer was complete.
  package static let connectionLost = Self(rawValue: "upstream.connection-lost")
  /// Peer: it refused the stream without having looked at the request (RFC 9113 §8.7).
  package static let streamRefused = Self(rawValue: "upstream.stream-refused")
  /// Peer: it broke the protocol.
  package static let protocolBroken = Self(rawValue: "upstream.protocol-broken")
  /// Input: the request has no HTTP/1 form that means the same.
  package static let requestUnwritable = Self(rawValue: "upstream.request-unwritable")
  /// Us: too many exchanges with one destination at once.
  package static let tooManyConnections = Self(rawValue: "upstream.too-many-connections")
  /// Us: the pool was shut down.
  package static let shutDown = Self(rawValue: "upstream.shut-down")
}

extension WireError {
  /// `error` as one of ours, said of `destination` unless it says itself where it happened.
  init(upstream error: any Error, at destination: Destination) {
    self =
      (error as? WireError)
      ?? WireError(.connectionLost, at: destination.description, "the connection failed: \(error).")
  }
}
