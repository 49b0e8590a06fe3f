/// What became of a run's changes of protected places.
struct ProtectedSettlement: Sendable {
  private(set) var changes: [Settled] = []
  private(set) var isIncomplete = false
  /// Where a diff of what was put back is, for each directory that had such.
  var patchPaths: [String] = []
  /// What there was so much of that it was not looked at.
  private(set) var leftOut: [LeftOut] = []
  private var leftOutByRun = 0
  private var leftOutBefore = 0

  struct Settled: Sendable {
    let change: ProtectedChange
    let outcome: ProtectedChange.Outcome
    /// The object of git's that has what was refused.
    let blob: String?
  }

  /// One directory that was not looked at.
  struct LeftOut: Sendable {
    let tree: ProtectedTree
    let path: TreePath
    /// Whether there was room for it before the run.
    let isByRun: Bool

    var name: String { path.named(in: tree.grant) }
  }

  init(isIncomplete: Bool = false) { self.isIncomplete = isIncomplete }

  mutating func take(leftOut after: ProtectedFiles, _ tree: ProtectedTree) {
    let isByRun = tree.before.leftOutCount == 0
    isIncomplete = isIncomplete || tree.before.isIncomplete || after.leftOutCount > 0
    leftOut += after.leftOut.map { LeftOut(tree: tree, path: $0, isByRun: isByRun) }
    if isByRun { leftOutByRun += after.leftOutCount } else { leftOutBefore += after.leftOutCount }
  }

  mutating func take(_ settled: [Settled]) { changes += settled }

  /// What is against the policy all the same, and so how the command ends.
  var problem: RunError? {
    let failed = changes.filter { $0.outcome == .failed }.map(\.change.name)
    if !failed.isEmpty {
      return RunError(
        .protectedChanged, at: "",
        "PROTECTED FILES ARE CHANGED and could not be put back: \(ProtectedPlaces.list(failed)).",
        remedy: "Look at them before anything acts on them.")
    }
    guard leftOutByRun > 0 else { return nil }
    return RunError(
      .protectedChanged, at: "",
      "the run made more names than are looked at for protected files; not looked at: "
        + "\(Self.list(names(isByRun: true), of: leftOutByRun)).",
      remedy: "Look there before anything acts on it; --overlay shows every change of a workspace.")
  }

  func tell() {
    let putBack = changes.filter { $0.outcome == .putBack }.map(\.change.name)
    if !putBack.isEmpty {
      let patch = patchPaths.isEmpty ? "" : "; what was there: \(patchPaths.joined(separator: " and "))"
      Notice.say("protected files were changed and put back: \(ProtectedPlaces.list(putBack))\(patch)")
    }
    let stored = changes.compactMap { settled in
      settled.blob.map { "\(settled.change.name) (blob \($0.prefix(12)))" }
    }
    if !stored.isEmpty {
      Notice.say(
        "what was refused is also in git, and what checks it out brings it back: \(ProtectedPlaces.list(stored))")
    }
    if leftOutBefore > 0 {
      Notice.say(
        "there are more names than are looked at for protected files, so that some may be changed unseen in "
          + "\(Self.list(names(isByRun: false), of: leftOutBefore)); --overlay shows every change of a workspace")
    }
  }

  private func names(isByRun: Bool) -> [String] { leftOut.filter { $0.isByRun == isByRun }.map(\.name) }

  static func list(_ names: [String], of count: Int) -> String {
    names.joined(separator: ", ") + (count > names.count ? " and \(count - names.count) more" : "")
  }
}
