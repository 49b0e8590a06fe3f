/// The files that are not in the index.
struct LeftOutFiles {
  private var reasons: [String: IndexContents.Reason] = [:]
  /// Beyond the number whose names are kept.
  private var unnamed = 0
  private var textCount = 0

  /// Names kept so that a file may come in later: 4 MB.
  private static let mostNames = 50_000

  mutating func add(_ path: String, _ reason: IndexContents.Reason) {
    remove(path)
    if reason != .binary { textCount += 1 }
    if reasons.count < Self.mostNames { reasons[path] = reason } else { unnamed += 1 }
  }

  mutating func remove(_ path: String) {
    guard let reason = reasons.removeValue(forKey: path) else { return }
    if reason != .binary { textCount -= 1 }
  }

  /// A folder that is gone, and all that was in it.
  mutating func remove(under folder: String) {
    for path in reasons.keys where path == folder || path.hasPrefix(folder + "/") { remove(path) }
  }

  /// Whether all text is in.
  var isComplete: Bool { textCount == 0 }

  func tell(_ contents: inout IndexContents) {
    contents.leftOutCount = reasons.count + unnamed
    contents.isComplete = isComplete
    let all = reasons.map { IndexContents.LeftOut(path: $0.key, reason: $0.value) }
    contents.leftOut = Array(
      all.sorted { ($0.reason == .binary ? 1 : 0, $0.path) < ($1.reason == .binary ? 1 : 0, $1.path) }
        .prefix(AttributionLimits.toldLeftOut))
  }
}
