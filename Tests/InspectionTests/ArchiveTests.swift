internal import Evidence
internal import Testing

@testable internal import Inspection

@Suite("Detectors in an archive")
struct ArchiveTests {
  /// Beside the tests, so that they compile once.
  private static let directory = "\(CommandLine.arguments[0])-detectors"

  /// The catalogue's detectors, and as they are written.
  private static let written = Result {
    let made = try CompiledDetectors(Detectors.rules.get(), cacheDirectory: directory)
    var archive = ArchiveWriter()
    try #require(made.write(to: &archive))
    return (made: made, bytes: archive.bytes)
  }

  private static func read(_ bytes: [UInt8]) -> CompiledDetectors? {
    bytes.withUnsafeBytes { buffer in
      var archive = ArchiveReader(buffer)
      return CompiledDetectors(from: &archive, cacheDirectory: directory)
    }
  }

  @Test("find in every example of the catalogue what they found before, in whatever pieces it comes")
  func findings() throws {
    let written = try Self.written.get()
    let made = try DetectorSet(written.made, fingerprintKey: Detectors.key)
    let read = try DetectorSet(try #require(Self.read(written.bytes)), fingerprintKey: Detectors.key)
    #expect(read.rules == made.rules)
    for rule in made.rules {
      for example in rule.examples + rule.counterExamples {
        let text = Array(example.utf8)
        let cuts = [text.count / 3, text.count / 2]
        let seen = try inspect(text, cuts: cuts, detectors: read).findings
        #expect(seen == (try inspect(text, cuts: cuts, detectors: made).findings), "\(rule.id): \(example)")
      }
    }
  }

  @Test("are none where the archive ends early or goes on")
  func truncated() throws {
    let bytes = try Self.written.get().bytes
    for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
      #expect(Self.read(Array(bytes.prefix(count))) == nil, "\(count) of \(bytes.count) bytes")
    }
    #expect(Self.read(bytes + [0]) == nil)
  }

  @Test("are none where their patterns were compiled for another processor or by another release of Hyperscan")
  func elsewhere() throws {
    let bytes = try Self.written.get().bytes
    let platform = try #require(bytes.firstRange(of: Array(PatternDatabase.platform.utf8)))
    var other = bytes
    other[platform.lowerBound] ^= 1
    #expect(Self.read(other) == nil)
  }

  @Test("are not written where their patterns are compiled in memory alone")
  func memory() throws {
    var archive = ArchiveWriter()
    #expect(try !Detectors.set().compiled.write(to: &archive))
  }
}
