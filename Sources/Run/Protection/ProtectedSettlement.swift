/// What became of a run's changes of protected places.
struct ProtectedSettlement: Sendable {
  var changes: [Settled] = []
  var isIncomplete = false
  /// Where a diff of what was put back is.
  var patchPath: String?
  /// What the run made so much of that it was not looked at.
  private(set) var leftOut: [TreePath] = []
  private var leftOutCount = 0
  private var isLeftOutByRun = false

  struct Settled: Sendable {
    let change: ProtectedChange
    let outcome: ProtectedChange.Outcome
    /// The object of git's that has what was refused.
    let blob: String?
  }

  init(isIncomplete: Bool = false) { self.isIncomplete = isIncomplete }

  mutating func take(leftOut after: ProtectedFiles, before: ProtectedFiles) {
    leftOut = after.leftOut
    leftOutCount = after.leftOutCount
    isLeftOutByRun = before.leftOutCount == 0
  }

  /// What is against the policy all the same, and so how the command ends.
  var problem: RunError? {
    let failed = changes.filter { $0.outcome == .failed }.map(\.change.path.shown)
    if !failed.isEmpty {
      return RunError(
        .protectedChanged, at: "",
        "PROTECTED FILES ARE CHANGED and could not be put back: \(ProtectedPlaces.list(failed)).",
        remedy: "Look at them before anything acts on them.")
    }
    guard leftOutCount > 0, isLeftOutByRun else { return nil }
    return RunError(
      .protectedChanged, at: "",
      "the run made more names than are looked at for protected files; not looked at: "
        + "\(Self.list(leftOut, of: leftOutCount)).",
      remedy: "Look there before anything acts on it; --overlay shows every change.")
  }

  func tell() {
    let putBack = changes.filter { $0.outcome == .putBack }.map(\.change.path.shown)
    if !putBack.isEmpty {
      let patch = patchPath.map { "; what was there: \($0)" } ?? ""
      Notice.say("protected files were changed and put back: \(ProtectedPlaces.list(putBack))\(patch)")
    }
    let stored = changes.compactMap { settled in
      settled.blob.map { "\(settled.change.path.shown) (blob \($0.prefix(12)))" }
    }
    if !stored.isEmpty {
      Notice.say(
        "what was refused is also in git, and what checks it out brings it back: \(ProtectedPlaces.list(stored))")
    }
    if leftOutCount > 0, !isLeftOutByRun {
      Notice.say(
        "the workspace has more names than are looked at for protected files, so that some may be changed unseen in "
          + "\(Self.list(leftOut, of: leftOutCount)); --overlay shows every change")
    }
  }

  static func list(_ paths: [TreePath], of count: Int) -> String {
    paths.map { $0 == .top ? "." : $0.shown }.joined(separator: ", ")
      + (count > paths.count ? " and \(count - paths.count) more" : "")
  }
}
