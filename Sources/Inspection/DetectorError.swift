/// Why detectors could not be made ready.
package struct DetectorError: Error, Hashable, CustomStringConvertible {
  package let code: Code
  /// The detector's file and line, or what was being done.
  package let place: String
  package let sentence: String
  package let remedy: String

  package enum Code: Sendable, Hashable {
    /// A detector's pattern cannot be read.
    case pattern
    /// A detector does not find what its file says, or finds what that says it does not.
    case example
    /// A detector names a check that is unknown.
    case validator
    /// The matcher refused the patterns, or cannot run on this machine.
    case engine
    /// Canaries that cannot be looked for.
    case canary
  }

  package var description: String { "\(place): \(sentence); \(remedy)" }
}
