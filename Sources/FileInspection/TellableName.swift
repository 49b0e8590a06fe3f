internal import Evidence
internal import Inspection

/// The name under which something is told. Credentials and canaries that stand in it are not told with it.
struct TellableName {
  let text: String
  /// What is found in as much of the name as came with the file.
  let findings: [Finding]
  /// What of it could not be looked into.
  let issues: [Finding]

  init(of source: FileSource, _ detectors: DetectorSet) {
    let own = source.ownName.map { detectors.inspect($0, place: .body) } ?? []
    findings = own.filter { $0.dataClass != .opaque }
    issues = own.filter { $0.dataClass == .opaque }
    text = source.hasFixedName ? source.name : Self.text(source.name, detectors)
  }

  static func text(_ name: String, _ detectors: DetectorSet) -> String {
    let secret = detectors.inspect(name, place: .body).filter { isSecret($0.dataClass) && $0.grade != .note }
    return secret.isEmpty ? name : MaskedText(name, secret).text
  }

  /// Names of people in names of files are where one finds the file.
  private static func isSecret(_ dataClass: DataClass) -> Bool { dataClass == .credential || dataClass == .canary }
}
