internal import Testing

@testable internal import Fingerprints

@Suite("Which run a fingerprint is of")
struct OpenPlacesTests {
  @Test("whatever comes and goes, each is found where it was put last, and what was taken away is not")
  func dictionary() {
    var random = SplitMix(state: 11)
    var (places, known) = (OpenPlaces(), [UInt64: OpenPlaces.Place]())
    // Few keys, so that many begin at the same slot.
    let keys = (0..<160).map { _ in UInt64.random(in: 1...UInt64.max, using: &random) }
    for _ in 0..<20_000 {
      let key = keys.randomElement(using: &random) ?? 1
      if known.count < 120, Bool.random(using: &random) {
        let index = Int.random(in: 0..<FingerprintLimits.openRuns, using: &random)
        let place = Bool.random(using: &random) ? OpenPlaces.Place.run(index) : .alone(index)
        places.set(key, place)
        known[key] = place
      } else {
        places.remove(key)
        known[key] = nil
      }
      let asked = keys.randomElement(using: &random) ?? 1
      #expect(places.find(asked) == known[asked] && places.find(key) == known[key])
    }
  }

  @Test("with as many open as there may be, runs go on, and new ones begin where others ended")
  func full() {
    var open = OpenRuns()
    func hit(_ hash: UInt32, file: UInt32, at last: Int) -> OwnCodeHit {
      OwnCodeHit(.characters, hash, in: .init(index: 0, file: file), at: 0, endingAt: last, last..<last + 1)
    }
    for file in 0..<200 as Range<UInt32> { open.take(hit(file, file: file, at: 40)) }
    #expect(open.alone.count == FingerprintLimits.openRuns && open.runs.isEmpty)
    for round in 1...3 as ClosedRange<UInt32> {
      for file in 0..<200 as Range<UInt32> { open.take(hit(file + 1000 * round, file: file, at: 40 + 20 * Int(round))) }
    }
    #expect(open.runs.count == FingerprintLimits.openRuns)
    #expect(open.runs.contains { $0.file.file == 5 && $0.hits == 4 })
    // Far behind all of them.
    for last in [1000, 1020] { open.take(hit(UInt32(last), file: 300, at: last)) }
    #expect(open.runs.map(\.file.file) == [300] && open.takeEnded().count == FingerprintLimits.openRuns)
  }
}
