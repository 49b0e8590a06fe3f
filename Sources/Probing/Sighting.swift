package import Evidence

/// What a program saw that tried to get out.
package struct Sighting: Sendable, Hashable {
  /// The attempt's name, as ``Probe/id``.
  package let id: String
  package let outcome: Outcome
  /// The error's name where the kernel gave one: `EPERM`.
  package let error: String?
  /// What is beside it, in a few words; may hold what was read.
  package let text: String

  package init(_ id: String, _ outcome: Outcome, error: String? = nil, _ text: String = "") {
    self.id = id
    self.outcome = outcome
    self.error = error
    self.text = text
  }

  package enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// The attempt did what it was meant to do.
    case succeeded
    /// The kernel refused.
    case refused
    /// What was looked for does not exist here.
    case absent
    /// Sallyport answered, and nobody else.
    case sallyport
    /// The connection ended without an answer.
    case closed
    /// The scripted destination answered, through Sallyport.
    case destination
    /// It worked, and reached nothing that is not the sandbox's own.
    case confined
    /// The process was ended for it.
    case ended
  }
}

extension Sighting: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id), "outcome": .string(outcome.rawValue), "text": .string(text),
    ]
    members["error"] = error.map { .string($0) }
    return .object(members)
  }

  /// - Returns: `nil` for what ``json`` did not give.
  package init?(_ value: JSONValue) {
    guard let id = value["id"]?.string, let word = value["outcome"]?.string, let text = value["text"]?.string,
      let outcome = Outcome(rawValue: word)
    else { return nil }
    self.init(id, outcome, error: value["error"]?.string, text)
  }
}
