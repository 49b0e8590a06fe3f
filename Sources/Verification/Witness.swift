internal import Evidence
internal import Probing

/// What was seen outside while the attempts were made inside: an attempt's own word is not enough.
struct Witness {
  private let trial: RunTrial

  init(_ trial: RunTrial) {
    self.trial = trial
  }

  /// The same verdict, or that it is not so.
  func confirmed(_ verdict: Verdict, _ outcome: RunTrial.Outcome) -> Verdict {
    guard verdict.passed, let objection = objection(to: verdict.attempt.id, outcome) else { return verdict }
    return Verdict(verdict.attempt, seen: "\(verdict.seen); BUT \(objection)", passed: false)
  }

  private func objection(to id: String, _ outcome: RunTrial.Outcome) -> String? {
    let asked = trial.destination.asked
    if asked.contains(Probe.hidden(id)) { return "the hidden request arrived" }
    if id.hasPrefix("P"), !id.hasSuffix(".control"), asked.contains(where: { $0.hasPrefix("/\(id)") }) {
      return "the request arrived"
    }
    if id.hasPrefix("N17"), asked.contains(where: { $0.contains("theirs") }) { return "the push arrived" }
    if id.hasPrefix("P7"), asked.contains(where: { $0.contains("/api/") }) { return "the request arrived" }
    let row = id.prefix { $0 != "." }
    if ["N6", "N7", "N11", "N12"].contains(row), !trial.service.asked.isEmpty {
      return "somebody reached the host's service"
    }
    switch id {
    case "F3.task": return isLeft(".vscode/tasks.json")
    case "F3.workflow": return isLeft(".github/workflows/later.yml")
    case "F6.sequences": return outcome.errors.contains("\u{1b}") ? "an escape sequence came out" : nil
    case "N3.tunnel": return isTunnelRecorded(outcome.report) ? nil : "it is not recorded"
    case "O6.policy-above":
      return FileTree.read("\(trial.place.root)/sallyport.yaml") == nil ? nil : "it arrived outside"
    case "P8.time": return isInTime(outcome.sightings[id]) ? nil : "it takes too long"
    default: return nil
    }
  }

  private func isLeft(_ path: String) -> String? {
    FileTree.read("\(trial.place.workspace)/\(path)") == nil ? nil : "it is still there"
  }

  private func isTunnelRecorded(_ report: JSONValue?) -> Bool {
    let names = report?["names"]?.array ?? []
    return names.contains { $0["name"]?.string?.hasSuffix("tunnel.test") == true }
  }

  private func isInTime(_ sighting: Sighting?) -> Bool {
    guard let sighting, let number = Int(sighting.text.prefix { $0.isNumber }) else { return false }
    return number < VerificationLimits.refusalMilliseconds
  }
}
