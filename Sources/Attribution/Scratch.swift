/// A list of plain values that nobody else holds, so that nothing is counted and nothing is copied when it changes.
struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  private var raw: UnsafeMutableRawBufferPointer
  private var memory: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    raw = RecycledMemory.take(max(16, capacity) * MemoryLayout<Element>.stride)
    let typed = raw.bindMemory(to: Element.self)
    // There is memory, since room for sixteen was asked for.
    memory = typed.baseAddress ?? .allocate(capacity: 16)
    self.capacity = typed.count
  }

  deinit { RecycledMemory.giveBack(raw) }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (memory + count).initialize(to: element)
    count += 1
  }

  private mutating func grow() {
    let more = RecycledMemory.take(capacity * 2 * MemoryLayout<Element>.stride)
    let typed = more.bindMemory(to: Element.self)
    let larger = typed.baseAddress ?? memory
    larger.update(from: memory, count: count)
    RecycledMemory.giveBack(raw)
    (raw, memory, capacity) = (more, larger, typed.count)
  }

  @inline(__always)
  subscript(_ index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return memory[index]
    }
    set {
      precondition(index >= 0 && index < count)
      memory[index] = newValue
    }
  }

  /// The element itself, to change or read a part of it. Not kept.
  @inline(__always)
  func at(_ index: Int) -> UnsafeMutablePointer<Element> {
    precondition(index >= 0 && index < count)
    return memory + index
  }
}
