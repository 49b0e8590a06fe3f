internal import Catalog
internal import Evidence
internal import Inspection
internal import Testing

@Suite struct CatalogueTests {
  @Test("every detector finds its examples and not its counter-examples", arguments: try Detectors.rules.get())
  func examples(_ rule: DetectorRule) throws {
    let detectors = try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
    for example in rule.examples {
      let findings = detectors.inspect(example, place: .body)
      #expect(findings.contains { $0.detector == rule.id }, "\(rule.id): an example is not found: \(example)")
    }
    for example in rule.counterExamples {
      let findings = detectors.inspect(example, place: .body)
      #expect(findings.isEmpty, "\(rule.id): a counter-example is found: \(example)")
    }
  }

  @Test("all detectors together find every example as its own detector says", arguments: try Detectors.rules.get())
  func together(_ rule: DetectorRule) throws {
    guard !rule.isGeneric else { return }
    for example in rule.examples {
      let findings = try Detectors.set().inspect(example, place: .body)
      #expect(findings.contains { $0.detector == rule.id }, "\(rule.id): \(example) gives \(findings.map(\.detector))")
    }
  }
}
