internal import Evidence
internal import Foundation
internal import Testing

@testable internal import Catalog

/// The published schemas and the reader must say the same.
@Suite struct CatalogSchemaTests {
  private func schema(_ name: String) throws -> JSONValue {
    let file = Bundled.directory + "/schemas/\(name).schema.json"
    return try JSONParser.parse(String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8))
  }

  private func keys(_ value: JSONValue?) -> [String] { (value?["properties"]?.object ?? [:]).keys.sorted() }

  @Test("every key that the reader knows is in a schema, and the other way round")
  func keys() throws {
    let (agent, vendor) = (try schema("agent"), try schema("vendor"))
    let (environment, trust) = (try schema("environment"), try schema("trust"))
    #expect(keys(agent) == CatalogKeys.agent.sorted())
    #expect(keys(vendor) == CatalogKeys.vendor.sorted())
    #expect(keys(environment) == CatalogKeys.environment.sorted())
    #expect(keys(trust) == CatalogKeys.trust.sorted())
    #expect(keys(vendor["properties"]?["sources"]?["additionalProperties"]) == CatalogKeys.source.sorted())
    let endpoint = vendor["properties"]?["endpoints"]?["items"]
    #expect(keys(endpoint) == CatalogKeys.endpoint.sorted())
    #expect(keys(endpoint?["properties"]?["quiet"]) == CatalogKeys.quiet.sorted())
    #expect(keys(agent["properties"]?["version"]?["items"]) == CatalogKeys.versionClue.sorted())
    #expect(keys(agent["properties"]?["files"]?["items"]) == CatalogKeys.file.sorted())
    #expect(keys(agent["properties"]?["environment"]?["items"]) == CatalogKeys.names.sorted())
    #expect(keys(agent["properties"]?["switches"]?["items"]) == CatalogKeys.switch.sorted())
    #expect(keys(vendor["properties"]?["secrets"]?["items"]) == CatalogKeys.secret.sorted())
    #expect(keys(vendor["properties"]?["claims"]?["items"]) == CatalogKeys.claim.sorted())
    #expect(keys(trust["properties"]?["variables"]?["items"]) == CatalogKeys.trustVariable.sorted())
    #expect(keys(trust["properties"]?["files"]?["items"]) == CatalogKeys.trustFile.sorted())
  }

  private func words(_ value: JSONValue?) -> [String] { (value?["enum"]?.array ?? []).compactMap(\.string).sorted() }

  @Test("every word of an enumeration is in a schema, and the other way round")
  func enumerations() throws {
    let vendor = try schema("vendor")["properties"]
    let endpoint = vendor?["endpoints"]?["items"]?["properties"]
    #expect(words(endpoint?["purpose"]) == Purpose.allCases.map(\.rawValue).sorted())
    #expect(words(endpoint?["dialect"]) == Dialect.allCases.map(\.rawValue).sorted())
    #expect(words(vendor?["kind"]) == VendorProfile.Kind.allCases.map(\.rawValue).sorted())
    let source = vendor?["sources"]?["additionalProperties"]?["properties"]
    #expect(words(source?["evidence"]) == FactSource.Evidence.allCases.map(\.rawValue).sorted())
    let claim = vendor?["claims"]?["items"]?["properties"]
    #expect(words(claim?["field"]) == VendorProfile.Claim.Field.allCases.map(\.rawValue).sorted())
    let secret = vendor?["secrets"]?["items"]?["properties"]
    #expect(words(secret?["alphabet"]) == SecretBinding.Alphabet.allCases.map(\.rawValue).sorted())
    let file = try schema("agent")["properties"]?["files"]?["items"]?["properties"]
    #expect(words(file?["access"]) == FileGrant.Access.allCases.map(\.rawValue).sorted())
    let trust = try schema("trust")["properties"]?["variables"]?["items"]?["properties"]
    #expect(words(trust?["value"]) == TrustVariable.Value.allCases.map(\.rawValue).sorted())
  }

  @Test("the schema of a detector has the reader's members and words, and asks for what the reader asks for")
  func detectorSchema() throws {
    let schema = try schema("detector")
    let members = schema["properties"]
    #expect(Set(keys(schema)) == DetectorFile.members)
    #expect(keys(members?["context"]) == ["without", "words"])
    #expect(words(members?["class"]) == DataClass.allCases.map(\.rawValue).sorted())
    #expect(words(members?["grade"]) == Grade.allCases.map(\.rawValue).sorted())
    #expect(words(members?["severity"]) == Severity.allCases.map(\.rawValue).sorted())
    #expect(members?["words"]?["maxItems"]?.integer == CatalogLimits.words)
    #expect(members?["words"]?["items"]?["maxLength"]?.integer == CatalogLimits.wordBytes)
    let whole: [String: String] = [
      "id": "t", "name": "T", "grade": "note", "patterns": "[a]", "examples": "[a]", "counterExamples": "[b]",
      "sources": "[c]",
    ]
    func reads(_ members: [String: String]) -> Bool {
      let text = members.map { "\($0): \($1)" }.joined(separator: "\n")
      return (try? DetectorRules.parse(text, file: "t.yaml")) != nil
    }
    #expect(reads(whole))
    let required = required(schema) + required(schema["anyOf"]?.array?.first)
    #expect(required.sorted() == whole.keys.sorted())
    for member in whole.keys { #expect(!reads(whole.filter { $0.key != member }), "\(member)") }
    let ofWords = ["id": "t", "name": "T", "words": "[some name]"]
    #expect(reads(ofWords))
    let others = schema["anyOf"]?.array?.last?["not"]?["anyOf"]?.array?.flatMap { self.required($0) } ?? []
    #expect(others.count == 6)
    for member in others { #expect(!reads(ofWords.merging([member: "[a]"]) { $1 }), "\(member)") }
  }

  private func required(_ schema: JSONValue?) -> [String] {
    (schema?["required"]?.array ?? []).compactMap(\.string)
  }

  @Test("every bundled detector has members of the schema only, and those that it asks for")
  func detectors() throws {
    let schema = try schema("detector")
    let (known, id) = (Set(keys(schema)), try #require(schema["properties"]?["id"]?["pattern"]?.string))
    let pattern = try Regex(id)
    var count = 0
    for rule in try DetectorRules.load(from: Bundled.directory + "/detectors") {
      let text = try Bundled.text("detectors/\(rule.dataClass.rawValue)/\(rule.id).yaml")
      let members = Set(try DetectorFile(name: rule.id, text: text).nodes.keys)
      #expect(members.isSubset(of: known), "\(rule.id)")
      #expect(members.isSuperset(of: required(schema) + required(schema["anyOf"]?.array?.first)), "\(rule.id)")
      #expect(rule.id.contains(pattern))
      count += 1
    }
    #expect(count > 400)
  }

  @Test("every file names its schema in its first line")
  func named() throws {
    let folders = ["agents": "agent", "vendors": "vendor", "services": "vendor", "registries": "vendor"]
    for (folder, schema) in folders {
      let directory = Bundled.directory + "/" + folder
      for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
        let text = try String(contentsOf: URL(fileURLWithPath: directory + "/" + name), encoding: .utf8)
        #expect(text.hasPrefix("# yaml-language-server: $schema=../schemas/\(schema).schema.json\n"), "\(name)")
      }
    }
  }
}
