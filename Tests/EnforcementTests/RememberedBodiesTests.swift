internal import Attribution
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

@testable internal import Enforcement

/// What is remembered of bodies, and how much.
@Suite struct RememberedBodiesTests {
  private static func bytes(_ text: [UInt8]) -> SharedBytes {
    var bytes = SharedBytes()
    text.withUnsafeBytes { bytes.append($0) }
    return bytes
  }

  @Test("bytes that begin like others are those, wherever they are cut and however they go on")
  func beginnings() {
    var source = Seeded(1)
    let text = (0..<6 * SharedBytes.pieceBytes).map { _ in UInt8.random(in: 0...255, using: &source) }
    let whole = Self.bytes(text)
    let places = [
      0, 1, SharedBytes.pieceBytes - 1, SharedBytes.pieceBytes, SharedBytes.pieceBytes + 1, 70_000, text.count,
    ]
    for cut in places {
      var other = SharedBytes(whole, first: cut)
      #expect(other.count == cut)
      let tail = (0..<50_000).map { _ in UInt8.random(in: 0...255, using: &source) }
      for start in stride(from: 0, to: tail.count, by: 777) {
        tail[start..<min(tail.count, start + 777)].withUnsafeBytes { other.append($0) }
      }
      let expected = Array(text[..<cut]) + tail
      var found: [UInt8] = []
      other.forEachPiece(of: 0..<other.count) { found += $0 }
      #expect(found == expected)
      #expect(other.isSame(as: whole, in: 0..<cut))
      for offset in places where offset <= cut {
        let same = expected[offset...].withUnsafeBytes { whole.common(with: $0, from: offset) }
        let wanted = zip(expected[offset...], text[offset...]).prefix { $0 == $1 }.count
        #expect(same == wanted, "\(cut) \(offset)")
      }
    }
    var untouched: [UInt8] = []
    whole.forEachPiece(of: 0..<whole.count) { untouched += $0 }
    #expect(untouched == text)
  }

  @Test("of several bodies that begin alike the one that goes on longest is found, whatever the chunks")
  func longest() {
    var source = Seeded(2)
    let text = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &source) }
    let bodies = [4000, 900, 4999, 3000, 10].map { cut in
      RememberedBody(Self.bytes(Array(text[..<cut]) + [UInt8](repeating: ~text[min(cut, 4999)], count: 3000)), [])
    }
    for _ in 0..<50 {
      guard var comparison = BodyComparison(bodies.shuffled(using: &source)) else { return }
      var offset = 0
      while offset < text.count {
        let step = min(text.count - offset, 1 + source.below(2000))
        let same = text[offset..<offset + step].withUnsafeBytes { comparison.goOn($0) }
        offset += same
        guard same == step else { break }
      }
      #expect(comparison.matched == offset)
      #expect(offset == 4999)
    }
  }

  @Test("who goes back in a conversation and on from there goes on where an earlier turn was, at each turn")
  func goingBack() throws {
    var source = Seeded(4)
    let inspectors = BodyInspectors(
      detectors: try Conversations.detectors.get(), limits: .standard, attribution: nil, memory: RememberedBodies())
    let key = RememberedBodies.Key(destination: "model.test:443", content: .none)
    let turns = (0..<30).map { _ in (0..<3000).map { _ in UInt8.random(in: 0x20...0x7e, using: &source) } }
    func resumedBytes(turns count: Int) -> Int {
      let body = turns[..<count].flatMap { $0 } + Array("]}".utf8)
      var inspection = BodyInspection(inspectors, key, expectedBytes: body.count, isRemembered: true)
      body.withUnsafeBytes { inspection.take($0) }
      inspection.end()
      return inspection.resumedBytes
    }
    for count in 7...30 { _ = resumedBytes(turns: count) }
    _ = resumedBytes(turns: 7)
    for count in 8...30 {
      let before = (count - 1) * 3000
      #expect(resumedBytes(turns: count) > before - 2 * DecodingLimits.standard.blockBytes, "\(count)")
    }
  }

  @Test("memory is bounded, and the bodies that were used last stay")
  func bounds() throws {
    var source = Seeded(3)
    let memory = RememberedBodies()
    let key = RememberedBodies.Key(destination: "model.test:443", content: .none)
    let inspectors = BodyInspectors(
      detectors: try Conversations.detectors.get(), limits: .standard, attribution: nil, memory: memory)
    var first: RememberedBody?
    for number in 0..<EnforcementLimits.rememberedBodies + 20 {
      let body = Array("\(number)".utf8) + (0..<20_000).map { _ in UInt8.random(in: 0x20...0x21, using: &source) }
      var inspection = BodyInspection(inspectors, key, expectedBytes: body.count, isRemembered: true)
      body.withUnsafeBytes { inspection.take($0) }
      inspection.end()
      if number == 0 { first = memory.bodies(for: key).first }
      if let first { memory.noteUse(of: first) }
    }
    let kept = memory.bodies(for: key)
    #expect(kept.count == EnforcementLimits.rememberedBodies)
    #expect(kept.reduce(0) { $0 + $1.heldBytes } <= EnforcementLimits.rememberedBytes)
    #expect(kept.contains { $0 === first })
    #expect(memory.bodies(for: RememberedBodies.Key(destination: "other.test:443", content: .none)).isEmpty)
  }

  @Test("a body that comes over several connections at the same time is remembered once")
  func together() throws {
    let memory = RememberedBodies()
    let key = RememberedBodies.Key(destination: "model.test:443", content: .none)
    let inspectors = BodyInspectors(
      detectors: try Conversations.detectors.get(), limits: .standard, attribution: nil, memory: memory)
    let body = [UInt8](repeating: 0x20, count: 40_000)
    func begun() -> BodyInspection {
      var inspection = BodyInspection(inspectors, key, expectedBytes: body.count, isRemembered: true)
      body.withUnsafeBytes { inspection.take($0) }
      return inspection
    }
    var one = begun()
    var two = begun()
    one.end()
    two.end()
    #expect(memory.bodies(for: key).count == 1)
  }

  @Test("a body that is too short is not remembered")
  func notRemembered() throws {
    let memory = RememberedBodies()
    let inspectors = BodyInspectors(
      detectors: try Conversations.detectors.get(), limits: .standard, attribution: nil, memory: memory)
    let key = RememberedBodies.Key(destination: "model.test:443", content: .none)
    let body = [UInt8](repeating: 0x20, count: EnforcementLimits.leastRememberedBody - 1)
    for expected in [nil, body.count] {
      var inspection = BodyInspection(inspectors, key, expectedBytes: expected, isRemembered: true)
      body.withUnsafeBytes { inspection.take($0) }
      inspection.end()
      #expect(memory.bodies(for: key).isEmpty)
    }
  }
}
