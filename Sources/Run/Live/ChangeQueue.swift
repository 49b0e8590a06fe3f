/// Numbers of exchanges that have changed, each once, in the order of their first change.
///
/// Holds no more than there are exchanges, however often they change and however slowly it is emptied.
struct ChangeQueue {
  private var order: [Int] = []
  private var taken = 0
  private var waiting: Set<Int> = []

  init(_ numbers: some Sequence<Int> = []) {
    for number in numbers { insert(number) }
  }

  var isEmpty: Bool { waiting.isEmpty }
  var count: Int { waiting.count }

  /// - Returns: `false` where it waits already, so that its newer state replaces the one that nobody saw.
  @discardableResult
  mutating func insert(_ number: Int) -> Bool {
    guard waiting.insert(number).inserted else { return false }
    order.append(number)
    return true
  }

  mutating func next() -> Int? {
    guard taken < order.count else { return nil }
    let number = order[taken]
    waiting.remove(number)
    taken += 1
    // Now and then, so that taking stays cheap and what is taken does not stay.
    if taken == order.count || taken > 1024 {
      order.removeFirst(taken)
      taken = 0
    }
    return number
  }
}
