/// Why there is no sandbox: what, where, and what to do about it.
package struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
  package let code: Code
  /// The layer, the option or the path that it is about.
  package let place: String
  /// What is wrong, as one sentence.
  package let sentence: String
  /// What to do, as exact as we can say it; a command where there is one.
  package let remedy: String

  package init(_ code: Code, place: String, _ sentence: String, remedy: String) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.remedy = remedy
  }

  package enum Code: String, Sendable, Hashable {
    /// The plan asks for what is not allowed or not there: the user's to change.
    case badPlan = "bad-plan"
    /// The host cannot engage a layer: the administrator's to change.
    case layerUnavailable = "layer-unavailable"
    /// The agent's program is not there, or cannot be run, inside.
    case programNotStarted = "program-not-started"
    /// The sandbox ended without saying how the agent did.
    case endedUnexpectedly = "ended-unexpectedly"
  }

  package var description: String { remedy.isEmpty ? sentence : "\(sentence) \(remedy)" }
}
