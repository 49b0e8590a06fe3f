package import Evidence
internal import Probing

/// What came of one attempt on this host.
package struct Verdict: Sendable, Hashable {
  package let attempt: Attempt
  /// In plain words.
  package let seen: String
  package let passed: Bool

  init(_ attempt: Attempt, seen: String, passed: Bool) {
    self.attempt = attempt
    self.seen = seen
    self.passed = passed
  }

  /// - Parameter outside: what the same attempt gave outside of the sandbox, where that was tried.
  init(_ attempt: Attempt, _ sighting: Sighting?, outside: Sighting? = nil) {
    guard let sighting else {
      self.init(attempt, seen: "the attempt was not made", passed: false)
      return
    }
    let isMet = attempt.expectation.isMet(by: sighting)
    // What the kernel has not at all is as safe as what the sandbox refuses, and proves nothing of the sandbox.
    if sighting.outcome != .succeeded, let outside, outside.isAbsentFromKernel {
      self.init(attempt, seen: "not supported by this kernel", passed: true)
    } else {
      self.init(attempt, seen: sighting.seen, passed: isMet)
    }
  }
}

extension Verdict: JSONRepresentable {
  package var json: JSONValue {
    [
      "id": .string(attempt.id), "group": .string(attempt.group.rawValue), "title": .string(attempt.title),
      "expected": .string(attempt.expectation.text), "seen": .string(seen), "passed": .bool(passed),
    ]
  }
}

extension Sighting {
  /// Whether this, seen outside, says that the kernel was built without it.
  fileprivate var isAbsentFromKernel: Bool {
    switch outcome {
    case .ended: true
    case .refused: ["ENOSYS", "EAFNOSUPPORT", "EPROTONOSUPPORT", "ESOCKTNOSUPPORT"].contains(error ?? "")
    default: false
    }
  }

  /// In plain words.
  var seen: String {
    let words =
      switch outcome {
      case .succeeded: "IT WORKED"
      case .refused: "refused"
      case .absent: "not there"
      case .sallyport: "Sallyport answered"
      case .closed: "closed, no answer"
      case .destination: "let through"
      case .confined: ""
      case .ended: "the process was ended"
      }
    let head = words + (error.map { words.isEmpty ? $0 : " (\($0))" } ?? "")
    return [head, text].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
