internal import Evidence
internal import FileInspection
internal import Glibc
internal import Testing

@Suite("Changes in git")
struct GitChangesTests {
  private func place(_ files: Files, _ extra: [String: String] = [:]) -> GitRepositoryPlace {
    let variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "\(files.root)/home"]
    return GitRepositoryPlace(directory: files.root, variables: variables.merging(extra) { _, own in own })
  }

  private func findings(_ changes: GitChanges, _ place: GitRepositoryPlace) async throws -> [FileFinding] {
    let report = try await FileInspector(try Tokens.detectors()).inspect(changes.sources, of: place)
    #expect(report.gaps.isEmpty)
    return report.findings
  }

  private func staged(_ files: Files, _ extra: [String: String] = [:]) async throws -> [String] {
    let place = place(files, extra)
    return try await findings(try GitChanges.staged(in: place), place).map(\.path)
  }

  @Test("before the first commit, all that is staged is new; what is not staged is not looked at")
  func first() async throws {
    let files = try Files()
    try files.write(Tokens.one, to: "a b")
    try files.write(Tokens.one, to: "unstaged")
    #expect(files.shell("git init -q . && git add 'a b'") == 0)
    #expect(try await staged(files) == ["a b"])
  }

  @Test("what the file had before, under whatever name, is not told again")
  func known() async throws {
    let files = try Files()
    try files.write("1\n2\n3\n4\n\(Tokens.one)\n", to: "old")
    #expect(
      files.shell("git init -q . && git add . && git commit -qm one && git mv old new && echo 5 >> new && git add .")
        == 0)
    #expect(try await staged(files) == [])
    try files.write("1\n2\n3\n4\n\(Tokens.one)\n\(Tokens.other)\n", to: "new")
    #expect(files.shell("git add .") == 0)
    #expect(try await staged(files) == ["new"])
  }

  @Test("what a commit says is looked at, but for those who signed it off, and so are links and new names")
  func messages() async throws {
    let files = try Files()
    try files.write("clean", to: "a")
    let message = "\(Tokens.one)\n\nmail_12345678\nSigned-off-by: n <mail_12345678>\nAcked-by: <faint_12345678>"
    #expect(files.shell("git init -q . && git add . && git commit -qm \"\(message)\"") == 0)
    #expect(files.shell("ln -s \(Tokens.one) link && git mv a \(Tokens.other) && git add . && git commit -qm two") == 0)
    let place = place(files)
    let report = try await FileInspector(try Tokens.detectors(), filter: FindingFilter(leastGrade: .note))
      .inspect(try GitChanges.range("HEAD", in: place).sources, of: place)
    #expect(
      report.findings.map { "\($0.path):\($0.start.line) \($0.isInName ? "name" : "") \($0.finding.detector)" }.sorted()
        == [
          "<tok>:1 name tok", "commit message:1  tok", "commit message:3  email-address", "commit message:5  faint",
          "link:1  tok",
        ])
    #expect(report.findings.allSatisfy { $0.commit != nil } && report.files == 3)
  }

  @Test("a copy is told at its own path: what may stay in one file may not in another")
  func copies() async throws {
    let files = try Files()
    try files.write(Tokens.one, to: "fixtures/a")
    try files.write(Tokens.one, to: "live/a")
    #expect(files.shell("git init -q . && git add .") == 0)
    #expect(try await staged(files) == ["fixtures/a", "live/a"])
  }

  @Test("the index is read, not the file: what was put right in the file alone is still found")
  func index() async throws {
    let files = try Files()
    try files.write(Tokens.one, to: "a")
    #expect(files.shell("git init -q . && git add . && echo clean > a") == 0)
    #expect(try await staged(files) == ["a"])
  }

  @Test("a commit of some files has an index of its own, and git says which")
  func otherIndex() async throws {
    let files = try Files()
    try files.write("clean", to: "a")
    #expect(files.shell("git init -q . && git add a && cp .git/index /var/tmp/sallyport-index-$$") == 0)
    try files.write(Tokens.one, to: "b")
    #expect(files.shell("GIT_INDEX_FILE=.git/other git add b") == 0)
    #expect(try await staged(files) == [])
    #expect(try await staged(files, ["GIT_INDEX_FILE": ".git/other"]) == ["b"])
  }

  @Test("of a range, each commit's own findings are told with it, also what a later one took away")
  func range() async throws {
    let files = try Files()
    try files.write(Tokens.one, to: "a")
    #expect(files.shell("git init -q -b main . && git add . && git commit -qm one") == 0)
    try files.write(Tokens.other, to: "b")
    #expect(files.shell("git add . && git commit -qm two && git rm -q a b && git commit -qm three") == 0)
    let place = place(files)
    let all = try await findings(try GitChanges.range("HEAD", in: place), place)
    #expect(all.map(\.path) == ["a", "b"])
    #expect(all.allSatisfy { $0.commit?.count == 40 })
    #expect(all.first?.commit != all.last?.commit)
    #expect(try await findings(try GitChanges.range("HEAD~2..", in: place), place).map(\.path) == ["b"])
  }

  @Test(
    "trees, files, and what is left out alone are no ranges of commits",
    arguments: ["HEAD:", "HEAD:d", "HEAD:d/a", "HEAD^{tree}", "^HEAD", "HEAD:d..HEAD"])
  func trees(_ range: String) throws {
    let files = try Files()
    #expect(files.shell("git init -q . && mkdir d && echo a > d/a && git add . && git commit -qm one") == 0)
    let error = #expect(throws: FileInspectionError.self) { try GitChanges.range(range, in: place(files)) }
    #expect(error?.code == .git)
  }

  @Test("a range may be empty, and begin at a tag", arguments: ["HEAD..HEAD", "HEAD...HEAD", "v1..HEAD", "v1..v1"])
  func empty(_ range: String) throws {
    let files = try Files()
    #expect(files.shell("git init -q . && echo a > a && git add . && git commit -qm one && git tag -am t v1") == 0)
    #expect(try GitChanges.range(range, in: place(files)).sources.isEmpty)
  }

  @Test("in a bare repository nothing is staged")
  func bare() throws {
    let files = try Files()
    #expect(files.shell("git init -q --bare .") == 0)
    #expect(throws: FileInspectionError.self) { try GitChanges.staged(in: place(files)) }
  }

  @Test("submodules are no contents")
  func submodules() async throws {
    let files = try Files()
    let other = String(repeating: "1", count: 40)
    #expect(files.shell("git init -q . && git update-index --add --cacheinfo 160000,\(other),\(Tokens.one)") == 0)
    #expect(try GitChanges.staged(in: place(files)).sources.isEmpty)
  }

  @Test("what the repository would have git run is not run")
  func programs() async throws {
    let files = try Files()
    try files.write("#!/bin/sh\ntouch \(files.root)/ran\n", to: "evil.sh")
    try files.write("* filter=evil diff=evil\n", to: ".gitattributes")
    try files.write("a", to: "a")
    let settings = [
      "core.fsmonitor", "filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.evil.command",
    ]
    #expect(
      files.shell("chmod +x evil.sh && git init -q . && git add . && git commit -qm one && echo b > a && git add a")
        == 0)
    for setting in settings { #expect(files.shell("git config \(setting) ./evil.sh") == 0) }
    _ = try await staged(files)
    _ = try await findings(try GitChanges.range("HEAD", in: place(files)), place(files))
    #expect(access("\(files.root)/ran", F_OK) != 0)
  }

  @Test("no repository, and no such commit, are git's to say", arguments: ["HEAD", "--all", "nowhere..HEAD"])
  func refusals(_ range: String) throws {
    let files = try Files()
    let error = #expect(throws: FileInspectionError.self) { try GitChanges.range(range, in: place(files)) }
    #expect(error?.code == .git)
  }
}
