/// Why nothing could be verified: what, why, and what to do about it.
package struct VerificationError: Error, Sendable, Hashable, CustomStringConvertible {
  package let code: Code
  package let sentence: String

  package enum Code: Sendable, Hashable {
    /// The sandbox was refused on this host.
    case noSandbox
    /// A temporary place or a socket could not be made.
    case place
    /// A signal asked for the end.
    case interrupted
  }

  package init(_ code: Code, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  package var description: String { sentence }
}
