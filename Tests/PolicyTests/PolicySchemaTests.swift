internal import Evidence
internal import Foundation
internal import Testing

@testable internal import Policy

/// The published schema and the parser must say the same.
@Suite struct PolicySchemaTests {
  private let schema: JSONValue

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appendingPathComponent("Sources/Policy/Resources/sallyport.schema.json")
    schema = try JSONParser.parse(String(contentsOf: file, encoding: .utf8))
  }

  private func keys(_ path: [String]) -> [String] { (at(path)?["properties"]?.object ?? [:]).keys.sorted() }

  private func at(_ path: [String]) -> JSONValue? {
    path.reduce(schema) { value, name in
      let inner = value?["properties"]?[name]
      guard let items = inner?["items"] else { return inner }
      return items
    }
  }

  @Test("every key that the parser knows is in the schema, and the other way round")
  func keys() {
    #expect(keys([]) == PolicyKeys.document.sorted())
    #expect(keys(["rules"]) == PolicyKeys.rule.sorted())
    #expect(keys(["rules", "when"]) == PolicyKeys.when.sorted())
    #expect(keys(["rules", "when", "place"]) == PolicyKeys.place.sorted())
    #expect(keys(["uninspected"]) == PolicyKeys.uninspected.sorted())
    #expect(keys(["files"]) == PolicyKeys.files.sorted())
    #expect(keys(["secrets"]) == PolicyKeys.secret.sorted())
    #expect(keys(["ledger"]) == PolicyKeys.ledger.sorted())
    #expect(keys(["protect"]) == PolicyKeys.protect.sorted())
    #expect(keys(["findings"]) == PolicyKeys.findings.sorted())
    for name in PolicyKeys.findings { #expect(keys(["findings", name]) == PolicyKeys.threshold.sorted()) }
    #expect(keys(["allow-findings"]) == PolicyKeys.allowedFinding.sorted())
    #expect(keys(["limits"]) == PolicyKeys.limits.sorted())
    let time = at(["rules", "when", "time"])?["anyOf"]?.array?.first?["properties"]?.object ?? [:]
    #expect(time.keys.sorted() == PolicyKeys.time.sorted())
  }

  private func words(_ value: JSONValue?) -> [String] {
    let list = value?["enum"] ?? value?["anyOf"]?.array?.first?["enum"]
    return (list?.array ?? []).compactMap(\.string).sorted()
  }

  @Test("every word of an enumeration is in the schema, and the other way round")
  func enumerations() {
    let when = at(["rules", "when"])?["properties"]
    #expect(words(when?["purpose"]) == Purpose.allCases.map(\.rawValue).sorted())
    #expect(words(when?["class"]) == DataClass.allCases.map(\.rawValue).sorted())
    #expect(words(when?["grade"]) == Grade.allCases.map(\.rawValue).sorted())
    #expect(words(when?["severity"]) == Severity.allCases.map(\.rawValue).sorted())
    #expect(words(when?["protocol"]) == Exchange.ProtocolName.allCases.map(\.rawValue).sorted())
    #expect(words(when?["destination-is"]) == DestinationKind.allCases.map(\.rawValue).sorted())
    #expect(words(at(["rules"])?["properties"]?["then"]) == Action.allCases.map(\.rawValue).sorted())
    #expect(words(at(["posture"])) == Posture.allCases.map(\.rawValue).sorted())
    #expect(words(at(["ledger"])?["properties"]?["paths"]) == LedgerPaths.allCases.map(\.rawValue).sorted())
    for group in ProtectedGroup.allCases {
      #expect(
        words(at(["protect"])?["properties"]?[group.rawValue]) == ProtectionAction.allCases.map(\.rawValue).sorted())
    }
    #expect(words(at(["durability"])) == Durability.allCases.map(\.rawValue).sorted())
    #expect(words(at(["own-code"])) == OwnCode.allCases.map(\.rawValue).sorted())
  }

  @Test("the schema closes every map, so that an editor sees a misspelt key")
  func closed() {
    func check(_ value: JSONValue) {
      if value["properties"] != nil { #expect(value["additionalProperties"] == .bool(false)) }
      for member in value.object?.values ?? [:].values { check(member) }
      for element in value.array ?? [] { check(element) }
    }
    check(schema)
  }
}
