internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

/// What somebody puts beside a secret so that it is not found.
@Suite("What is meant to hide a secret") struct MaskingTests {
  private static func example(_ id: String) throws -> String {
    try #require(try Detectors.rules.get().first { $0.id == id }).examples[0]
  }

  private func detectors(
    _ text: some Sequence<UInt8>, codings: [String] = [], by set: DetectorSet? = nil
  ) throws -> [String] {
    let bytes = Array(text)
    let content = ContentDescription(contentCodings: codings)
    let set = try set ?? Detectors.set()
    return bytes.withUnsafeBytes { set.inspect($0, content: content, place: .body) }.findings
      .filter { $0.grade != .note }.map(\.detector)
  }

  // MARK: Many of something else

  @Test("any number of notes of one kind hides nothing", arguments: [100, 1_000, 5_000])
  func notes(_ count: Int) throws {
    let note = try Self.example("stripe-test-key") + " "
    let text = String(repeating: note, count: count) + (try Self.example("github-token"))
    #expect(try detectors(text.utf8).contains("github-token"))
  }

  @Test("any number of secrets of one kind, or of some, hides nothing of another", arguments: [900, 1_100, 20_000])
  func findings(_ count: Int) throws {
    let flood = try ["github-token", "anthropic-api-key", "npm-token"].map { detector in
      String(repeating: try Self.example(detector) + " ", count: count)
    }
    let text = flood.joined() + (try Self.example("gitlab-token"))
    let findings = try Array(text.utf8).withUnsafeBytes { bytes in
      try Detectors.set().inspect(bytes, place: .body).findings
    }
    #expect(findings.contains { $0.detector == "gitlab-token" && $0.more == nil })
    #expect(!findings.contains { $0.dataClass == .opaque })
    let told = Dictionary(grouping: findings) { $0.detector }.mapValues { $0.reduce(0) { $0 + ($1.more ?? 1) } }
    #expect(told["github-token"] == count && told["npm-token"] == count)
  }

  @Test("of many assignments of secrets that are known for what they are no more is told than they are")
  func assignments() throws {
    let text = String(repeating: "TOKEN=\"\(try Self.example("github-token"))\"\n", count: 3_000)
    let findings = try Array(text.utf8).withUnsafeBytes { bytes in
      try Detectors.set().inspect(bytes, place: .body).findings.filter { $0.grade != .note }
    }
    #expect(Set(findings.map(\.detector)) == ["github-token"])
    #expect(findings.reduce(0) { $0 + ($1.more ?? 1) } == 3_000)
  }

  // MARK: A canary

  private static let canary = "glpat-" + "CanaryOfTheTests4711x"

  private func withCanary() throws -> DetectorSet {
    try DetectorSet(Detectors.set(), canaries: [Array(Self.canary.utf8)])
  }

  @Test("a canary in the shape of a credential is found once, as a canary")
  func canaryAlone() throws {
    for text in [Self.canary, "GITLAB_TOKEN=\(Self.canary)", "https://me:\(Self.canary)@gitlab.example/x.git"] {
      #expect(try detectors(text.utf8, by: withCanary()) == ["canary"], "\(text)")
    }
    let basic =
      "Authorization: Basic " + String(decoding: Encode.base64(Array("me:\(Self.canary)".utf8)), as: UTF8.self)
    #expect(try detectors(basic.utf8, by: withCanary()) == ["canary"])
  }

  @Test("beside a canary, in whatever it is packed with, everything else is found")
  func canaryBeside() throws {
    let text = Array("\(Self.canary) \(try Self.example("github-token"))".utf8)
    #expect(try detectors(text, by: withCanary()).contains("github-token"))
    #expect(try detectors(try Encode.compressed(text, .gzip), by: withCanary()).contains("github-token"))
    #expect(
      try detectors(try Encode.compressed(text, .gzip), codings: ["gzip"], by: withCanary()).contains("github-token"))
    #expect(
      try detectors(Encode.base64(try Encode.compressed(text, .gzip)), by: withCanary()).contains("github-token"))
  }

  @Test("a credential that goes on with a canary is a credential")
  func canaryBehind() throws {
    #expect(
      try detectors("glpat-a8Bc9De0Fg1Hi2Jk3Lm4\(Self.canary)".utf8, by: withCanary()).contains { $0 != "canary" })
  }

  // MARK: The word of documentation

  @Test(
    "a word behind a credential makes no sample of it",
    arguments: ["gitlab-token", "slack-token", "anthropic-api-key", "stripe-secret-key"])
  func sample(_ id: String) throws {
    let rules = try Detectors.rules.get().filter { $0.id == id }
    guard let rule = rules.first else { return }
    let set = try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
    let secret = rule.examples[0].split { " \"'=:;,\n".contains($0) }.max { $0.count < $1.count } ?? ""
    let plain = try detectors(secret.utf8, by: set)
    // Of a fixed length, with more behind it, it is no token.
    guard !plain.isEmpty, try !detectors("\(secret)A".utf8, by: set).isEmpty else { return }
    #expect(try detectors("\(secret)EXAMPLE".utf8, by: set) == plain)
  }

  @Test("a private key with a word within it is one")
  func privateKey() throws {
    let key = try Self.example("private-key")
    let lines = key.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let end = try #require(lines.lastIndex { $0.contains("-----END") })
    let masked = (lines[..<end] + ["EXAMPLE"] + lines[end...]).joined(separator: "\n")
    #expect(try detectors(masked.utf8).contains("private-key"))
  }

  @Test("what documentation shows is none")
  func documented() throws {
    #expect(try detectors(("AKIA" + "IOSFODNN7EXAMPLE").utf8).isEmpty)
  }

  // MARK: Beside what is compressed

  @Test("text beside what is compressed is looked through as any text is")
  func container() throws {
    let hidden = Encode.base64(Array(try Self.example("github-token").utf8))
    let text = try Encode.compressed(Array("nothing in here".utf8), .gzip)
    // FNAME of RFC 1952 §2.3.1, behind the ten bytes of the head.
    let named = [0x1f, 0x8b, 8, 8] + text[4..<10] + hidden + [0] + text[10...]
    #expect(try detectors(named, codings: ["gzip"]).contains("github-token"))
    // A skippable frame of RFC 8878 §3.1.2.
    let frame = try Encode.compressed(Array("nothing in here".utf8), .zstd)
    let size = UInt32(hidden.count)
    let skippable =
      [0x50, 0x2a, 0x4d, 0x18] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * UInt32($0))) } + hidden
    #expect(try detectors(skippable + frame, codings: ["zstd"]).contains("github-token"))
    #expect(try detectors(frame + skippable, codings: ["zstd"]).contains("github-token"))
  }
}
