internal import Glibc

/// Why a run could not be started or finished: what, where, why, and what to do about it.
package struct RunError: Error, Sendable, Hashable, CustomStringConvertible {
  package let code: Code
  package let place: String
  package let sentence: String
  package let remedy: String

  package init(_ code: Code, at place: String, _ sentence: String, remedy: String = "") {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.remedy = remedy
  }

  /// An option or argument that is wrong, in one sentence that names it.
  package init(usage sentence: String) { self.init(.usage, at: "", sentence) }

  /// Says who is to blame, and so how the command exits.
  package enum Code: String, Sendable, Hashable {
    /// An option or argument.
    case usage
    /// A policy or catalogue file.
    case configuration
    /// The agent's program was not found.
    case programMissing = "program-missing"
    /// A layer of the sandbox cannot be engaged on this host.
    case unavailable
    /// Protected files stayed changed against the policy, or were not looked at.
    case protectedChanged = "protected-changed"
    /// The state directory cannot be used.
    case state
    /// The ledger does not verify.
    case ledger
    /// No run is under way that could be watched.
    case nothingUnderWay = "nothing-under-way"
    /// A file of ours, or what a run said, is not what it should be.
    case broken
    /// A signal ended the run before its agent was started.
    case interrupted
    /// A defect of ours.
    case ours
  }

  package var description: String {
    let text = place.isEmpty ? sentence : "\(place): \(sentence)"
    return remedy.isEmpty ? text : "\(text) \(remedy)"
  }

  /// The same with another remedy; itself where there is none.
  func with(remedy: String?) -> RunError {
    remedy.map { RunError(code, at: place, sentence, remedy: $0) } ?? self
  }

  static func state(_ path: String, _ sentence: String, _ cause: CInt) -> RunError {
    RunError(
      .state, at: path, "\(sentence): \(String(cString: strerror(cause))).",
      remedy: stateRemedy(cause))
  }

  /// Another directory would be another installation, without the runs, keys and waiting changes of this one: it is
  /// offered only where this one cannot be used at all.
  private static func stateRemedy(_ cause: CInt) -> String {
    switch cause {
    case ENOSPC, EDQUOT: "Make room on its disk."
    case EIO: "Look after its disk."
    default: "Make it yours to read and write, or set SALLYPORT_HOME to a directory that is."
    }
  }
}
