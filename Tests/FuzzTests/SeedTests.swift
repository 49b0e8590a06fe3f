internal import Glibc
internal import Testing

/// Every input that is kept (made by hand, caught, or found by the fuzzer as it broke a promise) still keeps all
/// promises.
@Suite struct SeedTests {
  @Test("every seed keeps what its target promises", .timeLimit(.minutes(2)), arguments: FuzzTarget.all)
  func seeds(_ target: FuzzTarget) throws {
    let folder = "\(Places.package)/Tests/FuzzTests/Seeds/\(target.name)"
    let names = Self.names(in: folder)
    #expect(names.count >= 3, "\(folder) has too few seeds")
    for name in names {
      let bytes = try #require(Self.contents(of: "\(folder)/\(name)"), "\(name) cannot be read")
      #expect(throws: Never.self, "\(target.name)/\(name)") { try target.check(bytes) }
    }
  }

  @Test(
    "what is known to break a promise does so still, or it is time to move it to the seeds", .timeLimit(.minutes(1)))
  func open() throws {
    for target in FuzzTarget.all {
      let folder = "\(Places.package)/Tests/FuzzTests/Open/\(target.name)"
      for name in Self.names(in: folder) {
        let bytes = try #require(Self.contents(of: "\(folder)/\(name)"))
        withKnownIssue("\(target.name)/\(name)") { try target.check(bytes) }
      }
    }
  }

  @Test("seeds that are cut and changed keep it too", .timeLimit(.minutes(2)), arguments: FuzzTarget.all)
  func mutations(_ target: FuzzTarget) throws {
    let folder = "\(Places.package)/Tests/FuzzTests/Seeds/\(target.name)"
    for name in Self.names(in: folder) {
      let seed = try #require(Self.contents(of: "\(folder)/\(name)"))
      guard !seed.isEmpty, seed.count <= Self.mutatedBytes else { continue }
      var choice = Choice(seed)
      for round in 0..<Self.mutations {
        let bytes = Self.mutation(of: seed, &choice)
        #expect(throws: Never.self, "\(target.name)/\(name), change \(round)") { try target.check(bytes) }
      }
    }
  }

  /// So few that they cost no more than the seeds themselves: finding is the fuzzer's work.
  private static let mutations = 4
  private static let mutatedBytes = 2048

  private static func mutation(of seed: [UInt8], _ choice: inout Choice) -> [UInt8] {
    var bytes = seed
    for _ in 0...choice.below(3) where !bytes.isEmpty {
      let place = choice.below(bytes.count)
      switch choice.below(4) {
      case 0: bytes[place] = UInt8(choice.below(256))
      case 1: bytes.removeSubrange(place...)
      case 2: bytes.insert(contentsOf: bytes.prefix(choice.below(40)), at: place)
      default: bytes.remove(at: place)
      }
    }
    return bytes
  }

  private static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      guard count > 0 else { return bytes }
      bytes += piece.prefix(count)
    }
  }
}
