/// Why a message could not be decided: always closed, never waved through.
package struct EnforcementError: Error, Hashable, CustomStringConvertible {
  package let code: Code
  package let sentence: String

  package enum Code: Sendable, Hashable {
    /// The evidence could not be made durable.
    case evidenceNotDurable
  }

  package var description: String { sentence }
}
