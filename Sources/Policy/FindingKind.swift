internal import Evidence

/// What rules can ask of a finding: findings alike in it get one answer.
struct FindingKind: Hashable {
  let detector: String
  let dataClass: DataClass
  let grade: Grade
  let place: Finding.Place
  let layers: [String]

  init(_ finding: Finding) {
    self.detector = finding.detector
    self.dataClass = finding.dataClass
    self.grade = finding.grade
    self.place = finding.place
    self.layers = finding.layers
  }

  /// `github-token (credential, grade block) in body under gzip, base64`
  var description: String {
    let under = layers.isEmpty ? "" : " under " + layers.joined(separator: ", ")
    return "\(detector) (\(dataClass.rawValue), grade \(grade.rawValue)) in \(place)\(under)"
  }
}
