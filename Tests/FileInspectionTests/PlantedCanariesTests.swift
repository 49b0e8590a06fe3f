internal import Evidence
internal import FileInspection
internal import Glibc
internal import Inspection
internal import Testing

@Suite("Canaries where they were planted")
struct PlantedCanariesTests {
  private static let token = "planted-0123456789abcdef"

  private func report(_ files: Files, planted name: String, staged: Bool = false) async throws -> FileInspectionReport {
    let detectors = try DetectorSet(Tokens.detectors(), canaries: [], planted: [Array(Self.token.utf8)])
    let path = try #require(realpath("\(files.root)/\(name)", nil))
    defer { free(path) }
    let planted = PlantedCanaries([(detectors.fingerprint(of: Array(Self.token.utf8)), String(cString: path))])
    let inspector = FileInspector(detectors, planted: planted)
    guard staged else { return try await inspector.inspect(try FileWalk([files.root], excluding: []).sources) }
    let place = GitRepositoryPlace(directory: files.root, variables: ["PATH": "/usr/bin:/bin"])
    return try await inspector.inspect(try GitChanges.staged(in: place).sources, of: place)
  }

  @Test("there a canary may lie, and nowhere else")
  func place() async throws {
    let files = try Files()
    try files.write("a \(Self.token)\n", to: "sub/bait")
    try files.write("b \(Self.token)\n", to: "sub/copy")
    let report = try await report(files, planted: "sub/bait")
    #expect(report.findings.map(\.finding.detector) == ["planted-canary", "planted-canary"])
    #expect(report.findings.map(\.allowance) == [.planted, nil])
    #expect(report.open.map(\.path) == ["\(files.root)/sub/copy"])
  }

  @Test("what git has of a file is where the file is")
  func staged() async throws {
    let files = try Files()
    try files.write("a \(Self.token)\n", to: "sub/bait")
    try files.write("b \(Self.token)\n", to: "sub/copy")
    files.shell("git init -q && git add -A")
    #expect(try await report(files, planted: "sub/bait", staged: true).open.map(\.path) == ["sub/copy"])
  }

  @Test("no comment lets one stand elsewhere")
  func comment() async throws {
    let files = try Files()
    try files.write("x\n", to: "bait")
    try files.write("\(Self.token) # sallyport:allow(canary, planted-canary) it is only a test\n", to: "copy")
    #expect(try await report(files, planted: "bait").open.count == 1)
  }
}
