/// The kind of sensitive thing that a finding is.
package enum DataClass: String, Sendable, Hashable, CaseIterable {
  case credential
  case personal
  case financial
  case proprietary
  case canary
  /// Text that a program reads and a person does not see, or sees otherwise.
  case hiddenText = "hidden-text"
  /// Text that means to steer a model, and calls of tools that do harm.
  case injection
  /// Bytes that could not be decoded, and so could not be looked into.
  case opaque
}

/// How far a finding may be trusted, and so what it is good for.
package enum Grade: String, Sendable, Hashable, CaseIterable {
  /// A checksum or a unique prefix decides: certain enough to stop an exchange.
  case block
  /// Shape and context agree: certain enough to redact.
  case redact
  /// Worth a line in the report, nothing more.
  case note
}
