internal import Evidence

/// What rules can ask of a finding: findings alike in it get one answer.
struct FindingKind: Hashable {
  let detector: String
  let dataClass: DataClass
  let grade: Grade
  let severity: Severity
  let place: Finding.Place
  let layers: [String]

  init(_ finding: Finding) {
    self.detector = finding.detector
    self.dataClass = finding.dataClass
    self.grade = finding.grade
    self.severity = finding.severity
    self.place = finding.place
    self.layers = finding.layers
  }

  /// `github-token (credential, grade block) in body under gzip, base64`; how bad it is where its class says otherwise.
  var description: String {
    let severity = severity == dataClass.severity ? "" : ", severity \(severity.rawValue)"
    let under = layers.isEmpty ? "" : " under " + layers.joined(separator: ", ")
    return "\(detector) (\(dataClass.rawValue), grade \(grade.rawValue)\(severity)) in \(place)\(under)"
  }
}
