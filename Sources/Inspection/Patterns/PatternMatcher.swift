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
    let most = steps + InspectionLimits.maximumMatchSteps
    var frame = Frame(instruction: 0, position: start, floor: start, secretStart: -1, secretEnd: -1)
    while true {
      steps += 1
      if steps < most, advance(&frame, program, bytes, isLast) {
        guard case .matched = program.instructions[frame.instruction] else { continue }
        let hasSecret = frame.secretStart >= 0 && frame.secretEnd >= frame.secretStart
        return Match(
          range: start..<frame.position,
          secret: hasSecret ? frame.secretStart..<frame.secretEnd : start..<frame.position)
      }
      guard steps < most, backtrack(&frame, program, bytes, isLast) else { return nil }
    }
  }

  private mutating func backtrack(
    _ frame: inout Frame, _ program: PatternProgram, _ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool
  ) -> Bool {
    while let last = stack.popLast() {
      let place = lastPlace(in: last.floor...last.position, for: last.instruction, program, bytes, isLast)
      steps += (last.position - (place ?? last.floor)) / Self.placesOfOneStep
      guard let place else { continue }
      frame = last
      frame.position = place
      if place > last.floor {
        var shorter = last
        shorter.position = place - 1
        stack.append(shorter)
      }
      return true
    }
    return false
  }

  /// Places that are only looked at take as long together as one step.
  private static let placesOfOneStep = 8

  /// The last place at which the instruction may go on.
  private mutating func lastPlace(
    in places: ClosedRange<Int>, for instruction: Int, _ program: PatternProgram,
    _ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool
  ) -> Int? {
    let number = program.next[instruction]
    guard number != PatternProgram.anything else { return places.upperBound }
    let set = program.sets[Int(number)]
    var place = places.upperBound
    if place >= bytes.count {
      if !isLast { reachedEnd = true }
      place = bytes.count - 1
    }
    while place >= places.lowerBound {
      if set.contains(bytes[place]) { return place }
      place -= 1
    }
    return nil
  }

  private mutating func mayGoOn(
    _ instruction: Int, _ program: PatternProgram, _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, _ isLast: Bool
  ) -> Bool {
    let number = program.next[instruction]
    guard number != PatternProgram.anything else { return true }
    return byte(bytes, position, isLast).map { program.sets[Int(number)].contains($0) } ?? false
  }

  /// Executes one instruction; at `matched` it does nothing.
  private mutating func advance(
    _ frame: inout Frame, _ program: PatternProgram, _ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool
  ) -> Bool {
    let position = frame.position
    switch program.instructions[frame.instruction] {
    case .matched: return true
    case .one(let set):
      guard let byte = byte(bytes, position, isLast), program.sets[Int(set)].contains(byte) else { return false }
      frame.position += 1
    case .many(let set, let minimum, let maximum):
      return takeMany(set, Int(minimum)...Int(maximum), &frame, program, bytes, isLast)
    case .either(let other):
      let mayElse = mayGoOn(Int(other), program, bytes, position, isLast)
      guard mayGoOn(frame.instruction + 1, program, bytes, position, isLast) else {
        frame.instruction = Int(other)
        return mayElse
      }
      guard mayElse else { break }
      var second = frame
      second.instruction = Int(other)
      second.floor = position
      stack.append(second)
    case .go(let target):
      frame.instruction = Int(target)
      return true
    case .beginSecret: frame.secretStart = position
    case .endSecret: frame.secretEnd = position
    case .wordBoundary:
      let before = position > 0 && ByteSet.word.contains(bytes[position - 1])
      let after = byte(bytes, position, isLast).map { ByteSet.word.contains($0) } ?? false
      guard before != after else { return false }
    case .notPreceded(let set):
      guard position == 0 || !program.sets[Int(set)].contains(bytes[position - 1]) else { return false }
    case .notFollowed(let set):
      if let byte = byte(bytes, position, isLast), program.sets[Int(set)].contains(byte) { return false }
    }
    frame.instruction += 1
    return true
  }

  /// Takes as many bytes as there are, but for those before which nothing goes on; fewer are a way not yet taken.
  private mutating func takeMany(
    _ number: PatternProgram.SetIndex, _ count: ClosedRange<Int>, _ frame: inout Frame, _ program: PatternProgram,
    _ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool
  ) -> Bool {
    let position = frame.position
    let set = program.sets[Int(number)]
    var end = position
    let limit = min(bytes.count, position + count.upperBound)
    while end < limit, set.contains(bytes[end]) { end += 1 }
    if end == bytes.count, end < position + count.upperBound, !isLast { reachedEnd = true }
    let floor = position + count.lowerBound
    frame.instruction += 1
    steps += (end - position) / Self.placesOfOneStep
    guard end >= floor else { return false }
    let last = lastPlace(in: floor...end, for: frame.instruction, program, bytes, isLast)
    steps += (end - (last ?? floor)) / Self.placesOfOneStep
    guard let place = last else { return false }
    if place > floor {
      var shorter = frame
      shorter.position = place - 1
      shorter.floor = floor
      stack.append(shorter)
    }
    frame.position = place
    return true
  }

  private mutating func byte(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, _ isLast: Bool) -> UInt8? {
    if position < bytes.count { return bytes[position] }
    if !isLast { reachedEnd = true }
    return nil
  }
}
