internal import Testing

@testable internal import Run

@Suite("The exchanges that a watcher has still to be told")
struct ChangeQueueTests {
  @Test("come in the order of their first change, each once")
  func order() {
    var queue = ChangeQueue()
    for number in [3, 1, 3, 2, 1] { queue.insert(number) }
    #expect(queue.count == 3)
    let told = [queue.next(), queue.next(), queue.next(), queue.next()]
    #expect(told == [3, 1, 2, nil])
    #expect(queue.isEmpty)
  }

  @Test("one that changes again after it was told comes again")
  func again() {
    var queue = ChangeQueue([1, 2])
    let first = queue.next()
    let (isNew, isWaiting) = (queue.insert(1), !queue.insert(2))
    let rest = [queue.next(), queue.next(), queue.next()]
    #expect(first == 1 && isNew && isWaiting)
    #expect(rest == [2, 1, nil])
  }

  @Test("are as a plain list would have them, whatever comes and goes")
  func property() {
    var random = SeededGenerator(seed: 5)
    var queue = ChangeQueue()
    var model: [Int] = []
    for _ in 0..<20_000 {
      if Bool.random(using: &random) {
        let number = Int.random(in: 1...300, using: &random)
        let isNew = queue.insert(number)
        #expect(isNew == !model.contains(number))
        if !model.contains(number) { model.append(number) }
      } else {
        let (told, wanted) = (queue.next(), model.isEmpty ? nil : model.removeFirst())
        #expect(told == wanted)
      }
      #expect(queue.count == model.count)
    }
  }
}
