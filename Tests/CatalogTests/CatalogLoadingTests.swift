internal import Documents
internal import Evidence
internal import Foundation
internal import Testing

@testable internal import Catalog

@Suite struct CatalogLoadingTests {
  /// A directory that is gone after the test.
  final class Directory {
    let path: String

    init(_ files: [String: String]) throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
      for (name, text) in files {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  static let vendor = """
    id: acme
    name: Acme
    kind: vendor
    sources: {wire: {from: here, evidence: measured, version: "1", date: 2026-11-20}}
    secrets: [{name: ACME_KEY, hosts: [api.acme.example], source: wire}]
    endpoints:
      - {id: chat, hosts: [api.acme.example], methods: [POST], paths: [/v1/chat], purpose: model, source: wire}
    """

  static let agent = """
    id: acme-code
    name: Acme Code
    vendor: acme
    commands: [acme]
    models: [acme]
    sources: {wire: {from: here, evidence: measured, version: "1", date: 2026-11-20}}
    secrets: [{names: [ACME_KEY], source: wire}]
    """

  private func problems(_ files: [String: String]) throws -> [String] {
    let directory = try Directory(files)
    do {
      _ = try Knowledge.load(from: [directory.path])
      return []
    } catch {
      #expect(!error.remedy.isEmpty)
      return error.problems.map { $0.description.replacing(directory.path + "/", with: "") }
    }
  }

  @Test("a small catalogue of one's own loads, and stands in for the bundled file of the same name")
  func own() throws {
    let directory = try Directory(["vendors/acme.yaml": Self.vendor, "agents/acme-code.yaml": Self.agent])
    let knowledge = try Knowledge.load(from: [directory.path])
    #expect(knowledge.agent(for: "acme")?.secrets.map(\.name) == ["ACME_KEY"])
    let second = try Directory(["vendors/acme.yaml": Self.vendor.replacing("/v1/chat", with: "/v2/chat")])
    let both = try Knowledge.load(from: [directory.path, second.path])
    func purpose(_ path: String) -> String {
      both.recognise(RequestFacts(host: "api.acme.example", method: "POST", path: path), by: "acme-code").purpose
        .rawValue
    }
    #expect(purpose("/v2/chat") == "model" && purpose("/v1/chat") == "unknown")
  }

  @Test("a wrong word names file, line, what was expected and the nearest right word")
  func wrongWords() throws {
    let wrong = Self.vendor.replacing("purpose: model", with: "purpose: modle").replacing(
      "evidence: measured", with: "evidence: mesured")
    let found = try problems(["vendors/acme.yaml": wrong])
    #expect(
      found == [
        "vendors/acme.yaml:4: 'mesured': expected evidence: measured, documentation, source-code, issue, capture, secondary or background; did you mean 'measured'?",
        "vendors/acme.yaml:7: 'modle': expected a purpose: model, telemetry, flags, update, auth, registry, config, web or unknown; did you mean 'model'?",
      ])
  }

  @Test("a fact without source, telemetry without an answer and a wrong date are refused")
  func incomplete() throws {
    let unsourced = Self.vendor.replacing("purpose: model, source: wire", with: "purpose: model")
    #expect(try problems(["vendors/acme.yaml": unsourced]).contains { $0.contains("an endpoint without 'source'") })
    let loud = Self.vendor.replacing("purpose: model", with: "purpose: telemetry")
    #expect(try problems(["vendors/acme.yaml": loud]).contains { $0.contains("without 'quiet'") })
    let late = Self.vendor.replacing("2026-11-20", with: "2026-13-20")
    #expect(try problems(["vendors/acme.yaml": late]).contains { $0.contains("a date such as") })
    #expect(try problems(["vendors/other.yaml": Self.vendor]).contains { $0.contains("the file acme.yaml") })
    #expect(try problems(["services/acme.yaml": Self.vendor]).contains { $0.contains("the folder's own kind") })
  }

  @Test("names between files are checked")
  func references() throws {
    let stray = Self.agent.replacing("vendor: acme", with: "vendor: acne").replacing("[ACME_KEY]", with: "[ACME_KYE]")
    let found = try problems(["vendors/acme.yaml": Self.vendor, "agents/acme-code.yaml": stray])
    #expect(found.contains { $0.contains("vendor 'acne'") && $0.contains("did you mean 'acme'?") })
    #expect(found.contains { $0.contains("'ACME_KYE'") && $0.contains("did you mean 'ACME_KEY'?") })
    let twin = Self.agent.replacing("id: acme-code", with: "id: acme-twin")
    let twins = try problems([
      "vendors/acme.yaml": Self.vendor, "agents/acme-code.yaml": Self.agent, "agents/acme-twin.yaml": twin,
    ])
    #expect(twins.contains { $0.contains("command 'acme'") })
  }

  @Test("the examples of docs/catalog.md load and say what the page says")
  func page() throws {
    let text = try String(contentsOf: URL(fileURLWithPath: Bundled.root + "/docs/catalog.md"), encoding: .utf8)
    let examples = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    try #require(examples.count == 4)
    let directory = try Directory(["vendors/acme.yaml": examples[0], "agents/acme-code.yaml": examples[1]])
    let knowledge = try Knowledge.load(from: [directory.path])
    let facts = RequestFacts(host: "eu.events.acme.example", method: "POST", path: "/v1/events/batch")
    #expect(knowledge.recognise(facts, by: "unknown").quiet?.status == 202)
    #expect(knowledge.agent(for: "acme")?.versionClues.count == 4)
    #expect(knowledge.claimedVersion(userAgent: "acme-cli/1.4.0 (linux)", by: "acme-code") == "1.4.0")
    let detectors = try Directory([
      "detectors/acme-ticket.yaml": examples[2], "detectors/our-projects.yaml": examples[3],
      "detectors/projects.txt": "Acme Rocket\n",
    ])
    let rules = try DetectorRules.load(from: detectors.path + "/detectors")
    #expect(rules.map(\.words) == [[], ["Project Zephyr", "wolkenkuckuck", "Acme Rocket"]])
    #expect(rules.map(\.dataClass) == [.proprietary, .proprietary])
  }

  @Test("a secret for every host is refused")
  func wideSecret() throws {
    let wide = Self.vendor.replacing("hosts: [api.acme.example], source", with: "hosts: ['*'], source")
    #expect(try problems(["vendors/acme.yaml": wide]).count == 1)
  }

  @Test("a directory that is not there is the installation's fault")
  func missing() {
    #expect(throws: CatalogError.self) { try Knowledge.load(from: ["/nowhere/at/all"]) }
  }

  @Test("no text makes the reader crash")
  func garbage() throws {
    var state: UInt64 = 9
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let good = Array((Self.vendor + "\n" + Self.agent).utf8)
    for _ in 0..<300 {
      var bytes = good
      for _ in 0...random(12) {
        let position = random(bytes.count)
        if random(2) == 0 {
          bytes[position] = UInt8(random(256))
        } else {
          bytes.insert(bytes[random(bytes.count)], at: position)
        }
      }
      guard let root = try? DocumentNode.read(yaml: String(decoding: bytes, as: UTF8.self), file: "x") else { continue }
      var reader = CatalogReader(file: "x")
      _ = reader.vendor(root)
      _ = reader.agent(root)
      _ = reader.trust(root)
    }
  }
}
