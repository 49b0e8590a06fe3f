/// Runs a program at one place: backtracking, bounded in steps.
struct PatternMatcher {
  struct Match: Equatable {
    let range: Range<Int>
    /// The secret, which is the whole match where the pattern names none.
    let secret: Range<Int>
  }

  /// The end of the bytes was looked at: with more of them the answer may be another.
  private(set) var reachedEnd = false
  /// Steps taken since the matcher was made.
  private(set) var steps = 0
  private var stack: [Frame] = []

  /// A way not yet taken. For bytes in a row, `position` may go back to `floor`.
  private struct Frame {
    var instruction: Int
    var position: Int
    var floor: Int
    var secretStart: Int
    var secretEnd: Int
  }

  /// Matches from `start` exactly, in `bytes`, which may go on after their end unless `isLast`.
  mutating func match(
    _ program: PatternProgram, _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isLast: Bool
  ) -> Match? {
    reachedEnd = false
    stack.removeAll(keepingCapacity: true)
    var budget = InspectionLimits.maximumMatchSteps
    var frame = Frame(instruction: 0, position: start, floor: start, secretStart: -1, secretEnd: -1)
    while true {
      budget -= 1
      steps += 1
      if budget > 0, advance(&frame, program, bytes, isLast) {
        guard case .matched = program.instructions[frame.instruction] else { continue }
        let hasSecret = frame.secretStart >= 0 && frame.secretEnd >= frame.secretStart
        return Match(
          range: start..<frame.position,
          secret: hasSecret ? frame.secretStart..<frame.secretEnd : start..<frame.position)
      }
      guard budget > 0, backtrack(&frame) else { return nil }
    }
  }

  private mutating func backtrack(_ frame: inout Frame) -> Bool {
    guard let last = stack.popLast() else { return false }
    frame = last
    if last.position > last.floor {
      var shorter = last
      shorter.position -= 1
      stack.append(shorter)
    }
    return true
  }

  /// Executes one instruction; at `matched` it does nothing.
  private mutating func advance(
    _ frame: inout Frame, _ program: PatternProgram, _ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool
  ) -> Bool {
    let position = frame.position
    switch program.instructions[frame.instruction] {
    case .matched: return true
    case .one(let set):
      guard let byte = byte(bytes, position, isLast), set.contains(byte) else { return false }
      frame.position += 1
    case .many(let set, let minimum, let maximum):
      var end = position
      let limit = min(bytes.count, position + maximum)
      while end < limit, set.contains(bytes[end]) { end += 1 }
      if end == bytes.count, end < position + maximum, !isLast { reachedEnd = true }
      guard end - position >= minimum else { return false }
      if end - position > minimum {
        var shorter = frame
        shorter.instruction += 1
        shorter.position = end - 1
        shorter.floor = position + minimum
        stack.append(shorter)
      }
      frame.position = end
    case .either(let first, let second):
      var other = frame
      other.instruction = second
      other.floor = position
      stack.append(other)
      frame.instruction = first
      return true
    case .go(let target):
      frame.instruction = target
      return true
    case .beginSecret: frame.secretStart = position
    case .endSecret: frame.secretEnd = position
    case .wordBoundary:
      let before = position > 0 && ByteSet.word.contains(bytes[position - 1])
      let after = byte(bytes, position, isLast).map { ByteSet.word.contains($0) } ?? false
      guard before != after else { return false }
    case .notPreceded(let set): guard position == 0 || !set.contains(bytes[position - 1]) else { return false }
    case .notFollowed(let set):
      if let byte = byte(bytes, position, isLast), set.contains(byte) { return false }
    }
    frame.instruction += 1
    return true
  }

  private mutating func byte(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, _ isLast: Bool) -> UInt8? {
    if position < bytes.count { return bytes[position] }
    if !isLast { reachedEnd = true }
    return nil
  }
}
