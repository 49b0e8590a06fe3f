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
    let made = try make()
    let now = WallClock.system.now().millisecondsSinceEpoch
    archive.write(made, readSince: Timestamp(millisecondsSinceEpoch: now + 60_000))
    return try DetectorSet(made, fingerprintKey: key)
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
    archive.write(try make(), readSince: WallClock.system.now())
    #expect(try read() == nil)
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
