internal import Evidence
internal import Inspection
internal import Testing

@Suite("Planted canaries among a run's own") struct PlantedCanaryTests {
  private static let own = "PLACEHOLDER4b1d6c2e"
  private static let planted = "AKIASALLYPORTFAKE234"

  private func findings(_ text: String) throws -> [Finding] {
    let detectors = try DetectorSet(
      Detectors.set(), canaries: [Array(Self.own.utf8)], planted: [Array(Self.planted.utf8)])
    return detectors.inspect(text, place: .body)
  }

  @Test("each is found by its own name, as certain as can be")
  func names() throws {
    #expect(try findings("x \(Self.own) y").map(\.detector) == ["canary"])
    let found = try findings("x \(Self.planted) y")
    #expect(found.map(\.detector) == ["planted-canary"])
    #expect(found.map(\.grade) == [.block])
    #expect(found.map(\.dataClass) == [.canary])
  }

  @Test("a planted one is found reversed and in rot13, too")
  func turned() throws {
    let reversed = String(Self.planted.reversed())
    #expect(try findings("x \(reversed) y").map(\.detector).contains("planted-canary"))
    #expect(try findings("x NXVNFNYYLCBEGSNXR234 y").map(\.detector).contains("planted-canary"))
  }

  @Test("its fingerprint is known before it is found")
  func fingerprint() throws {
    let known = try Detectors.set().fingerprint(of: Array(Self.planted.utf8))
    #expect(try findings("x \(Self.planted) y").first?.fingerprint == known)
    let key = Secret<[UInt8]>(Array("a key of the tests".utf8))
    #expect(Fingerprint.of(Array(Self.planted.utf8), key: key) == known)
  }
}
