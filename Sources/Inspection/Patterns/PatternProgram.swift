/// A pattern compiled for confirming one match at a known place.
// Plain memory that lives as long as it does: a step takes a nanosecond or two, which counting references and asking
// whether an index is one would double.
final class PatternProgram: @unchecked Sendable {
  // Small, since all detectors' programs are in memory and few steps of each are taken at a time.
  enum Instruction: Sendable {
    case one(SetIndex)
    /// Bytes of the set in a row, as many as there are.
    case many(SetIndex, minimum: Int32, maximum: Int32)
    /// Tries the first way, which is the next instruction, then the other.
    case either(otherwise: Int32)
    case go(Int32)
    case beginSecret
    case endSecret
    case wordBoundary
    case notPreceded(SetIndex)
    case notFollowed(SetIndex)
    case matched
  }

  /// Of ``sets``.
  typealias SetIndex = UInt32

  let instructions: UnsafePointer<Instruction>
  /// Of instructions.
  let count: Int
  let sets: UnsafePointer<ByteSet>
  private let setCount: Int
  /// For each instruction, which of ``sets`` a byte must be in for a match to go on there; ``anything`` where it may go on
  /// without one.
  let next: UnsafePointer<SetIndex>

  static let anything = SetIndex.max

  init(_ node: PatternNode) {
    let assembly = PatternAssembly(node)
    instructions = UnsafePointer(keeping: assembly.instructions)
    count = assembly.instructions.count
    setCount = assembly.sets.count
    sets = UnsafePointer(keeping: assembly.sets)
    next = UnsafePointer(keeping: assembly.next)
  }

  /// - Throws: ``DamagedArchive``.
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    let instructions = try archive.elements(of: Instruction.self)
    let sets = try archive.elements(of: ByteSet.self)
    let next = try archive.elements(of: SetIndex.self)
    count = instructions.count
    setCount = sets.count
    self.instructions = UnsafePointer(keeping: instructions)
    self.sets = UnsafePointer(keeping: sets)
    self.next = UnsafePointer(keeping: next)
  }

  deinit {
    instructions.deallocate()
    sets.deallocate()
    next.deallocate()
  }
}

extension PatternProgram: ArchivedValue {
  func write(to archive: inout ArchiveWriter) {
    archive.write(buffer: UnsafeBufferPointer(start: instructions, count: count))
    archive.write(buffer: UnsafeBufferPointer(start: sets, count: setCount))
    archive.write(buffer: UnsafeBufferPointer(start: next, count: count))
  }
}

/// A program that is being written.
private struct PatternAssembly {
  private(set) var instructions: [PatternProgram.Instruction] = []
  private(set) var sets: [ByteSet] = []
  private(set) var next: [PatternProgram.SetIndex] = []
  private var known: [ByteSet: PatternProgram.SetIndex] = [:]

  init(_ node: PatternNode) {
    emit(node)
    instructions.append(.matched)
    lookAhead()
  }

  /// All jumps lead onwards, so that what comes behind is known when it is asked for.
  private mutating func lookAhead() {
    var next = [PatternProgram.SetIndex](repeating: PatternProgram.anything, count: instructions.count)
    for index in instructions.indices.reversed() {
      switch instructions[index] {
      case .matched: break
      case .one(let set): next[index] = set
      case .many(let set, let minimum, _): next[index] = minimum > 0 ? set : either(set, next[index + 1])
      case .either(let other): next[index] = either(next[index + 1], next[Int(other)])
      case .go(let target): next[index] = next[Int(target)]
      case .beginSecret, .endSecret, .wordBoundary, .notPreceded, .notFollowed: next[index] = next[index + 1]
      }
    }
    self.next = next
  }

  private mutating func either(_ one: PatternProgram.SetIndex, _ other: PatternProgram.SetIndex)
    -> PatternProgram.SetIndex
  {
    guard one != PatternProgram.anything, other != PatternProgram.anything else { return PatternProgram.anything }
    return number(of: sets[Int(one)].union(sets[Int(other)]))
  }

  private mutating func number(of set: ByteSet) -> PatternProgram.SetIndex {
    if let number = known[set] { return number }
    let number = PatternProgram.SetIndex(clamping: sets.count)
    sets.append(set)
    known[set] = number
    return number
  }

  private mutating func emit(_ node: PatternNode) {
    switch node {
    case .set(let set): instructions.append(.one(number(of: set)))
    case .sequence(let nodes): for node in nodes { emit(node) }
    case .alternation(let nodes): emit(alternatives: nodes)
    case .repeated(.set(let set), let minimum, let maximum):
      instructions.append(
        .many(number(of: set), minimum: Int32(clamping: minimum), maximum: Int32(clamping: maximum)))
    case .repeated(let node, let minimum, let maximum): emit(node, minimum, maximum)
    case .capture(let node):
      instructions.append(.beginSecret)
      emit(node)
      instructions.append(.endSecret)
    case .wordBoundary: instructions.append(.wordBoundary)
    case .notPreceded(let set): instructions.append(.notPreceded(number(of: set)))
    case .notFollowed(let set): instructions.append(.notFollowed(number(of: set)))
    }
  }

  private mutating func emit(alternatives nodes: [PatternNode]) {
    var exits: [Int] = []
    for (index, node) in nodes.enumerated() {
      guard index < nodes.count - 1 else {
        emit(node)
        break
      }
      let fork = instructions.count
      instructions.append(.matched)
      emit(node)
      exits.append(instructions.count)
      instructions.append(.matched)
      instructions[fork] = .either(otherwise: Int32(clamping: instructions.count))
    }
    for exit in exits { instructions[exit] = .go(Int32(clamping: instructions.count)) }
  }

  /// Groups are written out: they repeat a few times only.
  private mutating func emit(_ node: PatternNode, _ minimum: Int, _ maximum: Int) {
    for _ in 0..<minimum { emit(node) }
    var forks: [Int] = []
    for _ in minimum..<maximum {
      forks.append(instructions.count)
      instructions.append(.matched)
      emit(node)
    }
    for fork in forks { instructions[fork] = .either(otherwise: Int32(clamping: instructions.count)) }
  }
}
