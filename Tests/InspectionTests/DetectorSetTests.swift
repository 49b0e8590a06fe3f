internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

#if canImport(Glibc)
  internal import Glibc
#endif

@Suite struct DetectorSetTests {
  private static let rule = DetectorRule(
    id: "some-token", name: "Some token", grade: .block, patterns: [#"\bsome_([a-z]{20})(?![a-z])"#])
  private static let secret = "some_abcdefghijklmnopqrst"

  private func text(_ span: Span, _ body: [UInt8]) -> String {
    String(decoding: body[span.start..<span.end], as: UTF8.self)
  }

  @Test("a finding's span is the secret in the bytes as they were sent")
  func spans() throws {
    let detectors = try DetectorSet(rules: [Self.rule], fingerprintKey: Detectors.key)
    let plain = Array("x \(Self.secret) y".utf8)
    let raw = try inspect(plain, detectors: detectors).findings
    #expect(raw.map { text($0.span, plain) } == ["abcdefghijklmnopqrst"])
    #expect(raw.map(\.layers) == [[]])
    let json = Array(#"{"a":"\nsome_abcdefghij\u006blmnopqrst\n"}"#.utf8)
    let escaped = try inspect(json, detectors: detectors).findings
    #expect(escaped.map { text($0.span, json) } == [#"abcdefghij\u006blmnopqrst"#])
    #expect(escaped.map(\.layers) == [["json"]])
    let base64 = Array("key: ".utf8) + Encode.base64(plain)
    let decoded = try inspect(base64, detectors: detectors).findings
    #expect(decoded.map { text($0.span, base64) } == [String(decoding: Encode.base64(plain)[9..<36], as: UTF8.self)])
    #expect(decoded.map(\.layers) == [["base64"]])
    #expect(Set((raw + escaped + decoded).map(\.fingerprint)).count == 1)
  }

  @Test("the fingerprint depends on the secret and on the key, and is not the secret")
  func fingerprints() throws {
    let other = Secret<[UInt8]>(Array("another key".utf8))
    let first = try DetectorSet(rules: [Self.rule], fingerprintKey: Detectors.key)
    let second = try DetectorSet(rules: [Self.rule], fingerprintKey: other)
    let prints = [first, second].compactMap { $0.inspect(Self.secret, place: .body).first?.fingerprint }
    #expect(prints.count == 2)
    #expect(Set(prints).count == 2)
    // HMAC-SHA-256 of "abcdefghijklmnopqrst" under "a key of the tests", by Python's hmac.
    #expect(prints[0] == "4d1d03cf943d0888c304bba531991f62")
  }

  @Test("a canary is found in every encoding", arguments: Encoding.all)
  func canaries(_ encoding: Encoding) throws {
    let canary = Array("sk-placeholder-9f3b2c71d04e".utf8)
    let detectors = try DetectorSet(try Detectors.set(), canaries: [Array("never-sent-canary".utf8), canary])
    let body = try encoding.encode(Array("the key is \(String(decoding: canary, as: UTF8.self)), keep it\n".utf8))
    let findings = try inspect(body, encoding.content, detectors: detectors).findings
    #expect(findings.contains { $0.detector == "canary" && $0.dataClass == .canary })
    let without = try inspect(body, encoding.content).findings
    #expect(!without.contains { $0.dataClass == .canary })
  }

  @Test("canaries that are too short are refused")
  func shortCanary() throws {
    #expect(throws: DetectorError.self) { try DetectorSet(try Detectors.set(), canaries: [[1, 2, 3]]) }
  }

  @Test("a generic detector gives way to a specific one on the same bytes")
  func precedence() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "anthropic-api-key" })
    let secret = rule.examples[0].split(separator: " ").last.map(String.init) ?? ""
    let findings = try Detectors.set().inspect(#"api_key = "\#(secret)""#, place: .body)
    #expect(findings.map(\.detector) == ["anthropic-api-key"])
  }

  @Test("a key is told though a part of it looks like somebody's address")
  func keyAroundAnAddress() throws {
    let secret = "support@corp.com#8fJ2kQz91LmPw7Xa"
    let findings = try Detectors.set().inspect("api_key = \"\(secret)\"", place: .body)
    #expect(findings.contains { $0.dataClass == .personal } && findings.contains { $0.dataClass == .credential })
    let key = try #require(findings.first { $0.dataClass == .credential })
    #expect(key.span.end - key.span.start == secret.utf8.count)
  }

  @Test("a failed checksum lowers the grade, and drops nothing")
  func checksum() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "github-token" })
    #expect(try Detectors.set().inspect(rule.examples[0], place: .body).first?.grade == .block)
    let other = String(rule.examples[0].dropLast()) + (rule.examples[0].hasSuffix("a") ? "b" : "a")
    #expect(try Detectors.set().inspect(other, place: .body).map(\.grade) == [.redact])
  }

  @Test("a private key is sure in source code that indents it, too")
  func indentedKey() throws {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "private-key" })
    let indented = rule.examples[0].replacing("\n", with: "\n    ")
    #expect(try Detectors.set().inspect(indented, place: .body).map(\.grade) == [.block])
  }

  @Test("places and header values are kept apart")
  func places() throws {
    let detectors = try DetectorSet(rules: [Self.rule], fingerprintKey: Detectors.key)
    #expect(detectors.inspect(Self.secret, place: .header("x-key")).map(\.place) == [.header("x-key")])
    #expect(detectors.inspect("nothing here", place: .domainName).isEmpty)
  }

  @Test(
    "a wrong rule is refused with its file, line and what is wrong",
    arguments: [
      (#"some_[a-z"#, "pattern"), (#"a*"#, "pattern"), (#"(a)(b)"#, "capturing"), (#"a+?"#, "greedy"),
      (#"\q"#, "escape"),
      (#"[a-z]{3,2}"#, "{n,m}"), (#"(?=a)b"#, "(?:"), (#"é"#, "ASCII"), (#"^a"#, "before"),
    ])
  func wrongRules(_ pattern: String, _ word: String) throws {
    let rule = DetectorRule(
      id: "wrong", name: "Wrong", grade: .note, patterns: [pattern], file: "detectors/wrong.yaml", line: 7)
    let error = try #require(throws: DetectorError.self) {
      try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
    }
    #expect(error.place == "detectors/wrong.yaml:7")
    #expect(error.sentence.contains(word), "\(error)")
  }

  @Test("an unknown check is refused with the known ones")
  func wrongValidator() throws {
    let rule = DetectorRule(id: "wrong", name: "Wrong", grade: .note, patterns: ["abc"], validator: "luhn")
    let error = try #require(throws: DetectorError.self) {
      try DetectorSet(rules: [rule], fingerprintKey: Detectors.key)
    }
    #expect(error.remedy.contains("private-key"))
  }

  @Test("compiled detectors are kept on disk, and a damaged file is compiled anew")
  func cache() throws {
    var template = Array("/tmp/sallyport-detectors-XXXXXX".utf8CString)
    let directory = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer {
      _ = files(directory).map { unlink(directory + "/" + $0) }
      rmdir(directory)
    }
    for damage in [false, false, true, false] {
      if damage, let name = files(directory).first, let file = fopen(directory + "/" + name, "r+") {
        fseek(file, 100, SEEK_SET)
        fputc(0x55, file)
        fputc(0xaa, file)
        fclose(file)
      }
      let detectors = try DetectorSet(rules: [Self.rule], fingerprintKey: Detectors.key, cacheDirectory: directory)
      #expect(detectors.inspect(Self.secret, place: .body).count == 1)
      #expect(files(directory).count == 1)
    }
  }

  private func files(_ directory: String) -> [String] {
    guard let handle = opendir(directory) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
