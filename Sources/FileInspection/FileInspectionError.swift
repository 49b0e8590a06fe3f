/// Why files could not be inspected: what, where, why, and what to do about it.
package struct FileInspectionError: Error, Sendable, Hashable, CustomStringConvertible {
  package let code: Code
  package let place: String
  package let sentence: String
  package let remedy: String

  package init(_ code: Code, at place: String, _ sentence: String, remedy: String) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.remedy = remedy
  }

  package enum Code: String, Sendable, Hashable {
    /// What was named is not there.
    case missing
    /// git cannot be asked, or says no.
    case git
    /// A baseline is none.
    case baseline
    /// Something else is where a baseline should be written.
    case occupied
    /// More than is taken.
    case tooLarge = "too-large"
  }

  package var description: String { "\(place): \(sentence) \(remedy)" }
}
