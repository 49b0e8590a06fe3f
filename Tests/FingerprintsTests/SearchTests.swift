internal import Evidence
internal import Testing

@testable internal import Fingerprints

@Suite("Which code is looked for")
struct SearchTests {
  private static let shop = RealSource.own[1].text
  private static let tools = RealSource.own[40].text

  /// Two indexed roots, of which one has a file of the other, too.
  private static func store(_ place: Place, copying: Bool = false) throws -> FingerprintStore {
    try place.write(shop, to: "code/shop/a.swift")
    try place.write(tools, to: "code/tools/b.swift")
    if copying { try place.write(shop, to: "code/tools/copy.swift") }
    let store = FingerprintStore(directory: "\(place.path)/indexes", key: Place.key())
    for root in ["shop", "tools"] { _ = try store.index("\(place.path)/code/\(root)") }
    return store
  }

  private static func isFound(_ text: [UInt8], by set: FingerprintSet?) -> Bool {
    set?.findings(in: text).contains { $0.grade == .redact } ?? false
  }

  @Test(
    "what is at home where somebody works is everyday work, and all else is looked for",
    arguments: [
      ("code/shop", false, true), ("code/shop/deep/down", false, true), ("code", false, false),
      ("code/shopping", true, true), ("elsewhere", true, true), ("code/tools", true, false),
    ])
  func atHome(_ workspace: String, _ findsShop: Bool, _ findsTools: Bool) throws {
    let place = try Place()
    let (set, problems) = try Self.store(place).search(from: ["\(place.path)/\(workspace)"])
    #expect(problems.isEmpty)
    #expect(Self.isFound(Self.shop, by: set) == findsShop)
    #expect(Self.isFound(Self.tools, by: set) == findsTools)
    #expect((set == nil) == (!findsShop && !findsTools))
  }

  @Test("without a place to work in everything is looked for")
  func everywhere() throws {
    let place = try Place()
    let set = try Self.store(place).search(from: []).set
    #expect(Self.isFound(Self.shop, by: set) && Self.isFound(Self.tools, by: set))
  }

  @Test("what another root has a copy of is everyday work all the same")
  func copies() throws {
    let place = try Place()
    let store = try Self.store(place, copying: true)
    #expect(!Self.isFound(Self.shop, by: store.search(from: ["\(place.path)/code/shop"]).set))
    #expect(Self.isFound(Self.tools, by: store.search(from: ["\(place.path)/code/shop"]).set))
    #expect(Self.isFound(Self.shop, by: store.search(from: ["\(place.path)/other"]).set))
  }

  @Test("where nothing was indexed there is nothing to look with")
  func nothing() throws {
    let place = try Place()
    let found = FingerprintStore(directory: "\(place.path)/indexes", key: Place.key()).search(from: [])
    #expect(found.set == nil && found.problems.isEmpty)
  }
}
