internal import Evidence
internal import Probing
internal import Testing

@testable internal import Verification

@Suite struct AttemptTests {
  @Test("every probe is asked for, and every row that is not about the whole has a probe")
  func complete() {
    let rows = Set(Attempts.all.map(\.id))
    #expect(rows.count == Attempts.all.count)
    let probes = Set(Probe.all.map(\.id))
    #expect(probes.count == Probe.all.count)
    #expect(probes.subtracting(rows) == [])
    #expect(rows.subtracting(probes).allSatisfy { $0.hasPrefix("O") })
  }

  @Test("a row is meant by its name, its row's and its letter")
  func meant() throws {
    let row = try #require(Attempts.all.first { $0.id == "N1.tcp" })
    #expect(["N1.tcp", "n1.TCP", "N1", "n"].allSatisfy { row.isMeant(by: $0) })
    #expect(!["N1.", "N10", "K", "", "tcp"].contains { row.isMeant(by: $0) })
  }

  @Test("what worked fails every row, and so does silence")
  func success() {
    for attempt in Attempts.all {
      #expect(!Verdict(attempt, Sighting(attempt.id, .succeeded)).passed)
      #expect(!Verdict(attempt, nil).passed)
    }
  }

  @Test("another error than the layer's is no pass")
  func errors() throws {
    let row = try #require(Attempts.all.first { $0.id == "K8.bpf" })
    #expect(Verdict(row, Sighting(row.id, .refused, error: "EPERM")).passed)
    #expect(!Verdict(row, Sighting(row.id, .refused, error: "ENOSYS")).passed)
  }

  @Test("what the kernel has not is said, and passes only where it did not work inside")
  func absent() throws {
    let row = try #require(Attempts.all.first { $0.id == "K2.x32" })
    let outside = Sighting(row.id, .refused, error: "ENOSYS")
    let verdict = Verdict(row, Sighting(row.id, .refused, error: "ENOSYS"), outside: outside)
    #expect(verdict.seen == "not supported by this kernel")
    #expect(verdict.passed)
    #expect(!Verdict(row, Sighting(row.id, .succeeded), outside: outside).passed)
    let there = Verdict(row, Sighting(row.id, .refused, error: "ENOSYS"), outside: Sighting(row.id, .succeeded))
    #expect(there.seen == "refused (ENOSYS)")
  }

  @Test("a verdict's JSON has what is promised")
  func json() throws {
    let verdict = Verdict(try #require(Attempts.all.first), seen: "a", passed: false)
    #expect(Set(verdict.json.object?.keys.map(\.self) ?? []) == ["id", "group", "title", "expected", "seen", "passed"])
  }
}
