/// What something inside the sandbox did, as the kernel asked us about it. Observed, not enforced: a hostile program
/// can change the memory that a path was read from between our look and the kernel's.
package enum Observation: Sendable, Hashable {
  /// A program that exists was about to be started.
  case executed(process: Int32, program: String)
  /// A file was about to be opened; `isThere` where it existed, or would be made. Paths are absolute, as seen inside the
  /// sandbox.
  case opened(process: Int32, program: String, path: String, forWriting: Bool, isThere: Bool)
  /// A connection was about to be made, a UDP peer about to be named, or a datagram about to be sent to an address. Each
  /// time it happens.
  case connected(process: Int32, program: String, to: InternetAddress, over: Transport = .stream)
  /// A local socket was about to be connected to.
  case connectedLocally(process: Int32, program: String, path: String)
  /// A guarded place was about to be changed or made, and the call failed.
  case refused(process: Int32, program: String, path: String)
}

/// How much is observed; each level includes those before it.
package enum ObservationLevel: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  /// Connections only, which capturing every port needs anyway.
  case connections
  /// Also the programs that are started.
  case programs
  /// Also the files that are opened.
  case files

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a connection is made of.
package enum Transport: UInt8, Sendable, Hashable {
  case stream
  case datagram
}
