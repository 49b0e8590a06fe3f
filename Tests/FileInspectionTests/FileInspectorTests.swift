internal import Evidence
internal import FileInspection
internal import Glibc
internal import Patterns
internal import Testing

@Suite("Files at rest")
struct FileInspectorTests {
  private func inspect(
    _ files: Files, _ names: [String] = [""], filter: FindingFilter = FindingFilter(), baseline: Baseline? = nil,
    excluding: [String] = []
  ) async throws -> FileInspectionReport {
    let walk = try FileWalk(names.map { "\(files.root)/\($0)" }, excluding: excluding.compactMap { FilePattern($0) })
    return try await FileInspector(try Tokens.detectors(), filter: filter, baseline: baseline, knowsGaps: true)
      .inspect(walk.sources, gaps: walk.gaps)
  }

  private func names(_ report: FileInspectionReport, in files: Files) -> [String] {
    report.findings.map { String($0.path.dropFirst(files.root.utf8.count + 1)) }
  }

  @Test("a finding says file, line and column, and holds nothing of what was found")
  func place() async throws {
    let files = try Files()
    try files.write("é = 1\n  key: \(Tokens.one)\n", to: "a/b.txt")
    let report = try await inspect(files)
    let finding = try #require(report.findings.first)
    #expect(names(report, in: files) == ["a/b.txt"])
    #expect(finding.start == TextPlace(line: 2, column: 8))
    #expect(finding.end == TextPlace(line: 2, column: 28))
    #expect(report.files == 1)
    #expect(!String(decoding: try CanonicalJSON.encode(report.json), as: UTF8.self).contains(Tokens.one.dropFirst(6)))
  }

  @Test("files are told in the order of their paths, however many are looked at at a time")
  func order() async throws {
    let files = try Files()
    for number in 10..<60 {
      try files.write(String(repeating: "x", count: 97 * (60 - number)) + "\n\(Tokens.one)", to: "\(number)")
    }
    #expect(names(try await inspect(files), in: files) == (10..<60).map(String.init))
  }

  @Test("what lies across the pieces in which a file is read is found", arguments: -20...0)
  func boundary(_ offset: Int) async throws {
    let files = try Files()
    let before = [UInt8](repeating: UInt8(ascii: "\n"), count: (1 << 20) + offset)
    try files.write(before + Array(Tokens.one.utf8) + Array("\n".utf8), to: "large")
    let report = try await inspect(files)
    #expect(report.findings.map(\.start) == [TextPlace(line: (1 << 20) + offset + 1, column: 1)])
  }

  @Test("links are not followed, git's own directory is passed by, and so are pipes")
  func passedBy() async throws {
    let files = try Files()
    try files.write(Tokens.one, to: "real")
    try files.write(Tokens.one, to: ".git/config")
    try files.write(Tokens.one, to: "sub/.git/x")
    files.shell("ln -s real link && ln -s . loop && mkfifo pipe")
    #expect(names(try await inspect(files), in: files) == ["real"])
  }

  @Test("a name need not be text")
  func names() async throws {
    let files = try Files()
    files.shell("printf '\(Tokens.one)' > \"$(printf 'a\\377b')\"")
    let report = try await inspect(files)
    #expect(report.findings.count == 1)
    #expect(report.gaps.isEmpty)
  }

  @Test(
    "what is left out is not looked at", arguments: [["vendor/"], ["*.min.js", "vendor"], ["/vendor/**", "b.min.js"]])
  func excluded(_ patterns: [String]) async throws {
    let files = try Files()
    for name in ["vendor/a", "src/b", "b.min.js"] { try files.write(Tokens.one, to: name) }
    let report = try await inspect(files, excluding: patterns)
    #expect(!names(report, in: files).contains("vendor/a"))
    #expect(names(report, in: files).contains("src/b"))
  }

  @Test("something named that is not there is an error, and something in a directory that cannot be read a gap")
  func unread() async throws {
    let files = try Files()
    let error = #expect(throws: FileInspectionError.self) { try FileWalk(["\(files.root)/none"]) }
    #expect(error?.code == .missing)
    try files.write(Tokens.one, to: "gone")
    let walk = try FileWalk([files.root])
    files.shell("rm gone")
    let report = try await FileInspector(try Tokens.detectors()).inspect(walk.sources, gaps: walk.gaps)
    #expect(report.gaps.count == 1 && report.gaps.first?.content == nil)
    #expect(report.findings.isEmpty)
  }

  @Test("what cannot be decoded is a gap that says where")
  func undecodable() async throws {
    let files = try Files()
    files.shell("head -c 300000000 /dev/zero | gzip -9 > bomb.gz")
    let report = try await inspect(files)
    #expect(report.gaps.count == 1)
    #expect(report.gaps.first?.reason.hasPrefix("decompression-bomb in bytes") == true)
    #expect(report.gaps.first?.content?.issue == "decompression-bomb")
  }

  @Test("a baseline lets stand what cannot be decoded, for as long as the file is as it was")
  func knownGap() async throws {
    let files = try Files()
    files.shell("head -c 300000000 /dev/zero | gzip -9 > bomb.gz")
    let before = try await inspect(files)
    let baseline = Baseline(key: Baseline.randomKey(), of: before.findings, gaps: before.gaps)
    #expect(baseline.count == 1)
    let known = try await inspect(files, baseline: baseline)
    #expect(known.gaps.map(\.isInBaseline) == [true] && known.openGaps.isEmpty)
    files.shell("printf x >> bomb.gz")
    #expect(try await inspect(files, baseline: baseline).openGaps.count == 1)
  }

  @Test("what stands in a file's name is found, and not told with the name")
  func named() async throws {
    let files = try Files()
    try files.write("", to: "\(Tokens.one)/a-\(Tokens.other).txt")
    try files.write("", to: "\(Tokens.one)/b")
    let report = try await inspect(files)
    #expect(report.findings.allSatisfy(\.isInName) && report.files == 2)
    #expect(names(report, in: files) == ["<tok>", "<tok>/a-<tok>.txt"])
    let told = String(decoding: try CanonicalJSON.encode(report.json), as: UTF8.self)
    #expect(!told.contains("a1b2c3d4") && !told.contains("z9y8x7w6"))
    let baseline = Baseline(key: Baseline.randomKey(), of: report.findings)
    #expect(!baseline.text.contains("a1b2c3d4"))
    #expect(try await inspect(files, baseline: baseline).open.isEmpty)
  }

  @Test("names of what cannot be read, and of what is no file, are looked at and not told either")
  func namedOnly() async throws {
    let files = try Files()
    files.shell("mkfifo \(Tokens.one) && mkdir -m 000 \(Tokens.other) d && ln -s gone x")
    let report = try await inspect(files)
    files.shell("chmod 700 \(Tokens.other) d")
    #expect(names(report, in: files) == ["<tok>", "<tok>"])
    #expect(report.gaps.allSatisfy { !$0.path.contains("tok_") })
    let deep = "%" + String(repeating: "25", count: 14) + "74ok_a1b2c3d4e5f6g7h8"
    try files.write("", to: deep)
    #expect(try await inspect(files).gaps.contains { $0.reason == "nesting-too-deep in the name" })
  }

  @Test("where a link leads is looked at, which is all there is of it")
  func link() async throws {
    let files = try Files()
    files.shell("ln -s '/none/\(Tokens.one)' link")
    let report = try await inspect(files)
    #expect(names(report, in: files) == ["link"])
    #expect(report.findings.first?.start == TextPlace(line: 1, column: 7))
  }

  @Test("less certain findings are told when they are asked for")
  func grades() async throws {
    let files = try Files()
    try files.write("faint_12345678 \(Tokens.one)", to: "a")
    #expect(try await inspect(files).findings.map(\.finding.detector) == ["tok"])
    let all = try await inspect(files, filter: FindingFilter(leastGrade: .note))
    #expect(all.findings.map(\.finding.detector) == ["faint", "tok"])
    let personal = try await inspect(files, filter: FindingFilter(classes: [.personal], leastGrade: .note))
    #expect(personal.findings.map(\.finding.detector) == ["faint"])
  }

  @Test("a comment beside a finding, or alone above it, lets it stand, and nothing else")
  func comments() async throws {
    let files = try Files()
    try files.write(
      """
      \(Tokens.one) # sallyport:allow(tok) made up
      \(Tokens.other)
      // sallyport:allow(credential) made up as well
      \(Tokens.other)
      x = 1 # sallyport:allow(tok) not above anything
      \(Tokens.one)
      """, to: "a")
    let report = try await inspect(files)
    #expect(report.open.map(\.start.line) == [2, 6])
    #expect(report.findings.first?.allowance == .inline(reason: "made up"))
    #expect(try await inspect(files, filter: FindingFilter(heedsComments: false)).open.count == 4)
  }

  @Test("no comment lets a canary stand")
  func canaries() async throws {
    let files = try Files()
    try files.write("canary-of-the-tests # sallyport:allow(canary) please\n", to: "a")
    #expect(try await inspect(files).open.map(\.finding.detector) == ["canary"])
  }

  @Test("with a baseline only what is new is open")
  func baselines() async throws {
    let files = try Files()
    try files.write(Tokens.one, to: "a")
    let baseline = Baseline(key: Baseline.randomKey(), of: try await inspect(files).findings)
    try files.write("moved\n\(Tokens.one)\n\(Tokens.other)", to: "a")
    let report = try await inspect(files, baseline: baseline)
    #expect(report.findings.map(\.allowance) == [.baseline, nil])
    #expect(report.open.map(\.start.line) == [3])
  }
}
