internal import Synchronization
internal import Testing

@testable internal import Confinement

@Suite("Threads that nobody joins")
struct DetachedThreadTests {
  private final class Witness: Sendable {
    let count: Mutex<Int>
    private let gone: AsyncStream<Void>.Continuation

    init(_ count: Int, gone: AsyncStream<Void>.Continuation) {
      self.count = Mutex(count)
      self.gone = gone
    }

    deinit { gone.finish() }
  }

  @Test("the body runs once, and what it held is let go of")
  func once() async {
    let (gone, end) = AsyncStream.makeStream(of: Void.self)
    let (ran, note) = AsyncStream.makeStream(of: Int.self)
    do {
      let witness = Witness(0, gone: end)
      let result = DetachedThread.start {
        note.yield(
          witness.count.withLock {
            $0 += 1
            return $0
          })
      }
      #expect(result == 0)
    }
    for await _ in gone {}
    note.finish()
    var counts: [Int] = []
    for await count in ran { counts.append(count) }
    #expect(counts == [1])
  }
}
