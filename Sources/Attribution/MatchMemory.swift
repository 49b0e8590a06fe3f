internal import Synchronization

/// The lists that comparing a text fills, kept for the next one.
struct MatchMemory {
  var candidate = SourceRun()
  var best = SourceRun()
  /// Places of one line.
  var places: [Int] = []
  /// Files with as much in common as the best.
  var tied: [ObjectIdentifier] = []
  /// Lines that even with the next two stand in many places.
  var unsure: [Int] = []
  var runs: [SourceRun] = []
  /// Runs that may say something together with others.
  var doubtful: [Int] = []
  /// Lines of a run that were weighed.
  var weighed: [UInt32] = []

  private static let kept = Mutex<[MatchMemory]>([])
  /// What a few threads use at the same time.
  private static let mostKept = 8
  /// Pairs of lines beyond which it is not worth keeping.
  private static let mostPairs = 4096

  static func take() -> MatchMemory { kept.withLock { $0.popLast() } ?? MatchMemory() }

  /// - Parameter memory: which nobody uses any more.
  static func giveBack(_ memory: consuming MatchMemory) {
    guard max(memory.candidate.pairs.capacity, memory.best.pairs.capacity) <= mostPairs else { return }
    memory.unsure.removeAll(keepingCapacity: true)
    memory.runs.removeAll(keepingCapacity: true)
    let cleared = consume memory
    kept.withLock { kept in
      if kept.count < mostKept { kept.append(cleared) }
    }
  }
}
