internal import Catalog
internal import Evidence
internal import Glibc
internal import Inspection
internal import Testing

@testable internal import Run

@Suite("Detectors that were made ready before")
struct DetectorArchiveTests {
  private let place: Place
  private let detectors: String
  private let key = Secret<[UInt8]>(Array("a key of the tests".utf8))

  init() throws {
    place = try Place()
    detectors = place.directory("detectors")
    _ = place.directory("detectors/own")
    try write("acme-key", finding: "acme")
  }

  private func write(_ id: String, finding beginning: String) throws {
    _ = try place.file(
      "detectors/own/\(id).yaml",
      """
      id: \(id)
      name: Key of \(beginning)
      grade: block
      patterns: ['\(beginning)-([0-9]{12})']
      examples: ['\(beginning)-123456789012']
      counterExamples: ['\(beginning)']
      sources: ['https://example.org']

      """)
  }

  private var archive: DetectorArchive {
    DetectorArchive(of: [detectors], part: "all", in: place.directory("cache"))
  }

  /// Reads the files and keeps what they make, as somebody does who came long after their last change.
  private func keep() throws -> DetectorSet {
    let earlier = lookedAtLater
    let made = try make()
    archive.write(made, of: earlier)
    return try DetectorSet(made, fingerprintKey: key)
  }

  /// As by somebody who comes a minute from now.
  private var lookedAtLater: DetectorFiles? {
    let now = WallClock.system.now().millisecondsSinceEpoch
    return DetectorFiles([detectors], at: Timestamp(millisecondsSinceEpoch: now + 60_000))
  }

  private func make() throws -> CompiledDetectors {
    try CompiledDetectors(DetectorRules.load(from: detectors), cacheDirectory: place.directory("cache"))
  }

  private func read() throws -> DetectorSet? {
    try archive.read().map { try DetectorSet($0, fingerprintKey: key) }
  }

  @Test("are read as they were, rules and all")
  func same() throws {
    let made = try keep()
    let read = try #require(try read())
    #expect(read.rules == made.rules)
    #expect(read.masked("acme-123456789012").hasPrefix("acme") == made.masked("acme-123456789012").hasPrefix("acme"))
    #expect(read.masked("acme-123456789012") != "acme-123456789012")
  }

  @Test("are not those of files that were changed, added, removed or renamed since")
  func changed() throws {
    let changes: [() throws -> Void] = [
      { try write("acme-key", finding: "acmf") },
      { try write("other-key", finding: "other") },
      { try #require(unlink("\(detectors)/own/other-key.yaml") == 0) },
      { try #require(rename("\(detectors)/own", "\(detectors)/new") == 0) },
    ]
    for change in changes {
      _ = try keep()
      #expect(try read() != nil)
      try change()
      #expect(try read() == nil)
    }
  }

  @Test("are not those of words that another file names, which was changed since")
  func words() throws {
    _ = try place.file("names.txt", "Project Zephyr\n")
    _ = try place.file(
      "detectors/own/names.yaml", "id: names\nname: Names\nclass: proprietary\nwords-file: ../../names.txt\n")
    _ = try keep()
    #expect(try #require(try read()).masked("the Project Zephyr") != "the Project Zephyr")
    _ = try place.file("names.txt", "Project Boreas\n")
    #expect(try read() == nil)
  }

  @Test("are not kept of files that were changed at about the time that they were read")
  func young() throws {
    let earlier = DetectorFiles([detectors])
    archive.write(try make(), of: earlier)
    #expect(try read() == nil)
  }

  @Test("are not kept where a file came, went or was moved while they were made, however old it is")
  func meanwhile() throws {
    try write("other-key", finding: "other")
    _ = place.directory("elsewhere")
    let changes: [() throws -> Void] = [
      { try #require(unlink("\(detectors)/own/other-key.yaml") == 0) },
      { try #require(rename("\(detectors)/own", place.path("elsewhere/own")) == 0) },
      { try #require(rename(place.path("elsewhere/own"), "\(detectors)/own") == 0) },
    ]
    for change in changes {
      let earlier = lookedAtLater
      let made = try? make()
      try change()
      archive.write(try made ?? CompiledDetectors([rule]), of: earlier)
      #expect(try read() == nil)
    }
  }

  @Test("are not kept where a file was there, or was not there, only while they were made")
  func passing() throws {
    _ = place.directory("elsewhere")
    let elsewhere = place.path("elsewhere/own")
    let passing: [(() throws -> Void, () throws -> Void)] = [
      ({ try write("other-key", finding: "other") }, { try #require(unlink("\(detectors)/own/other-key.yaml") == 0) }),
      (
        { try #require(rename("\(detectors)/own", elsewhere) == 0) },
        { try #require(rename(elsewhere, "\(detectors)/own") == 0) }
      ),
    ]
    for (begin, end) in passing {
      let earlier = lookedAtLater
      try begin()
      let made = try (try? make()) ?? CompiledDetectors([rule])
      try end()
      archive.write(made, of: earlier)
      #expect(try read() == nil)
    }
  }

  @Test("are not others' in their place")
  func others() throws {
    _ = try keep()
    let own = try #require(try place.names("cache").first { $0.hasSuffix(".archive") })
    let ownPatterns = try #require(try place.names("cache").first { $0.hasSuffix(".hs") })
    let part = DetectorArchive(of: [detectors], part: "personal", in: place.directory("cache"))
    part.write(try CompiledDetectors([rule], cacheDirectory: place.path("cache")), of: lookedAtLater)
    let other = try #require(try place.names("cache").first { $0.hasSuffix(".archive") && $0 != own })
    let otherPatterns = try #require(try place.names("cache").first { $0.hasSuffix(".hs") && $0 != ownPatterns })
    #expect(try read() != nil)
    for (theirs, ours) in [(other, own), (otherPatterns, ownPatterns)] {
      _ = try keep()
      try #require(unlink(place.path("cache/\(ours)")) == 0)
      try #require(Glibc.link(place.path("cache/\(theirs)"), place.path("cache/\(ours)")) == 0)
      #expect(try read() == nil)
    }
  }

  @Test("are not waited for, and not taken into memory, where something else lies in their place")
  func foreign() throws {
    _ = try keep()
    let path = place.path("cache/\(try #require(try place.names("cache").first { $0.hasSuffix(".archive") }))")
    try #require(unlink(path) == 0 && mkfifo(path, 0o600) == 0)
    #expect(try read() == nil)
    _ = try keep()
    try #require(truncate(path, 1 << 40) == 0)
    #expect(try read() == nil)
  }

  @Test("leave no drafts of processes that were killed")
  func drafts() throws {
    let old = try place.file("cache/detectors-x.archive.1.new")
    let young = try place.file("cache/detectors-x.archive.2.new")
    var times = [timespec(), timespec()]
    utimensat(AT_FDCWD, old, &times, 0)
    _ = try keep()
    #expect(access(old, F_OK) != 0 && access(young, F_OK) == 0)
  }

  private var rule: DetectorRule { DetectorRule(id: "x", name: "x", grade: .note, patterns: ["x-[0-9]{12}"]) }

  @Test("are not kept where a link leads to the words that they are made of")
  func link() throws {
    _ = try place.file("one.txt", "Project Zephyr\n")
    try place.link("names.txt", to: place.path("one.txt"))
    _ = try place.file(
      "detectors/own/names.yaml", "id: names\nname: Names\nclass: proprietary\nwords-file: ../../names.txt\n")
    _ = try keep()
    #expect(try read() == nil)
  }

  @Test("are the newest only, and nobody else's to read")
  func old() throws {
    for number in 0..<40 { _ = try place.file("cache/detectors-\(number).hs") }
    _ = try keep()
    let names = try place.names("cache").filter { $0.hasPrefix("detectors-") }
    #expect(names.count == RunLimits.keptDetectors)
    let name = try #require(names.first { $0.hasSuffix(".archive") })
    #expect(try place.permissions(place.path("cache/\(name)")) == "600")
    #expect(try read() != nil)
  }

  @Test(
    "are made again where the file, or the compiled patterns beside it, are gone or damaged",
    arguments: ["archive", "hs"])
  func damaged(kind: String) throws {
    _ = try keep()
    let name = try #require(try place.names("cache").first { $0.hasSuffix(".\(kind)") })
    let path = place.path("cache/\(name)")
    let file = try #require(fopen(path, "r+"))
    fseek(file, 100, SEEK_SET)
    fputs("damage", file)
    fclose(file)
    #expect(try read() == nil)
    unlink(path)
    #expect(try read() == nil)
    _ = try keep()
    #expect(try read() != nil)
  }
}
