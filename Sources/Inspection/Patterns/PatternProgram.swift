/// A pattern compiled for confirming one match at a known place.
struct PatternProgram: Sendable {
  enum Instruction: Sendable {
    case one(ByteSet)
    /// Bytes of the set in a row, as many as there are.
    case many(ByteSet, minimum: Int, maximum: Int)
    /// Tries the first way, then the second.
    case either(Int, Int)
    case go(Int)
    case beginSecret
    case endSecret
    case wordBoundary
    case notPreceded(ByteSet)
    case notFollowed(ByteSet)
    case matched
  }

  private(set) var instructions: [Instruction] = []

  init(_ node: PatternNode) {
    emit(node)
    instructions.append(.matched)
  }

  private mutating func emit(_ node: PatternNode) {
    switch node {
    case .set(let set): instructions.append(.one(set))
    case .sequence(let nodes): for node in nodes { emit(node) }
    case .alternation(let nodes): emit(alternatives: nodes)
    case .repeated(.set(let set), let minimum, let maximum):
      instructions.append(.many(set, minimum: minimum, maximum: maximum))
    case .repeated(let node, let minimum, let maximum): emit(node, minimum, maximum)
    case .capture(let node):
      instructions.append(.beginSecret)
      emit(node)
      instructions.append(.endSecret)
    case .wordBoundary: instructions.append(.wordBoundary)
    case .notPreceded(let set): instructions.append(.notPreceded(set))
    case .notFollowed(let set): instructions.append(.notFollowed(set))
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
      instructions[fork] = .either(fork + 1, instructions.count)
    }
    for exit in exits { instructions[exit] = .go(instructions.count) }
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
    for fork in forks { instructions[fork] = .either(fork + 1, instructions.count) }
  }
}
