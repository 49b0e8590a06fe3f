internal import Confinement
internal import Glibc
internal import Policy
internal import Presentation
internal import Sandbox

/// The protected places of one run, in the workspace and in what was granted to be written: as they were, and what
/// became of them.
struct ProtectedPlaces: Sendable {
  let workspace: ProtectedTree
  /// Directories that were granted.
  private let granted: [ProtectedTree]
  private let grants: GrantedPlaces
  private let settings: RunSettings
  private let run: String
  private let register: StateRegister?
  private let runDirectory: String
  /// Where the workspace's repository is when that is elsewhere.
  private let outside: [String]

  static let patchName = "protected.patch"
  static let asideName = "put-back"

  /// Looks at all of them and writes down what was found.
  ///
  /// - Throws: ``RunError`` with `.state`.
  init(
    _ settings: RunSettings, run: String, runDirectory: String, repository: GitRepository?
  ) throws(RunError) {
    self.settings = settings
    self.run = run
    self.runDirectory = runDirectory
    outside = repository?.writes ?? []
    let grants = GrantedPlaces(settings)
    self.grants = grants
    let roots = [settings.workspace] + grants.protected
    ProtectedMark.tellOfKilledRuns(in: roots, settings)
    register = StateRegister(environment: settings.environment, changeable: settings.grants.changeable)
    // Who begins later finds this run by it.
    register?.note(run, in: settings.state)
    let states = ProtectedMark.states(settings, register: register)
    let trees = roots.indices.map { number in
      // The workspace is looked at whole: what an agent keeps for itself does not lie in it.
      let excluded = number == 0 ? [] : grants.excluded(from: roots[number], among: roots)
      return ProtectedTree(number: number, of: roots, without: excluded, besideRunsIn: states, settings)
    }
    workspace = trees[0]
    granted = Array(trees.dropFirst())
    for tree in compared { try ProtectedMark.write(tree, run: run, settings) }
    tellAtStart()
  }

  /// What changes in an overlay does not reach the workspace: what is different there at the end is not the run's doing.
  /// What was granted changes at once.
  private var compared: [ProtectedTree] { settings.options.overlays ? granted : [workspace] + granted }

  /// What the sandbox is told to cover and to refuse.
  var guarded: [SandboxPlan.GuardedTree] {
    let trees = ([workspace] + granted).map { tree in
      SandboxPlan.GuardedTree(tree.root, pinned: tree.pinned, names: tree.guarded)
    }
    // Free, whatever is guarded around it.
    let free = (grants.free + grants.own).filter { path in granted.contains { FilePaths.isWithin(path, $0.root) } }
    return trees + free.map { SandboxPlan.GuardedTree($0) }
  }

  /// One directory at the run's end.
  private struct Ended {
    let tree: ProtectedTree
    let after: ProtectedFiles
    var changes: [ProtectedChange] = []
  }

  /// Compares, asks where somebody can be asked, and puts back.
  ///
  /// - Parameter interruption: a descriptor that can be read when nobody is there any more.
  func settle(interruption: CInt) -> ProtectedSettlement {
    var settlement = ProtectedSettlement(isIncomplete: settings.options.overlays && workspace.before.isIncomplete)
    let ended = ended()
    for end in ended { settlement.take(leftOut: end.after, end.tree) }
    // What a mount covered was most likely changed outside of the sandbox, by the person who is asked now. Not for
    // certain: the host's own rename takes such a mount away.
    let asked = ended.flatMap { end in
      end.changes.filter { $0.action == .review || $0.action == .deny && end.tree.isCovered($0.path) }
    }
    let kept = ProtectedReview(patience: settings.policy.askTimeout, interruption: interruption).kept(of: asked)
    for end in ended {
      let settled = settle(end, kept, &settlement)
      settlement.take(settled)
      ProtectedMark.remove(end.tree, run: run, settings)
    }
    register?.remove(run)
    settlement.tell()
    return settlement
  }

  private func ended() -> [Ended] {
    var ended = compared.map { tree in
      Ended(tree: tree, after: ProtectedFiles(in: tree.root, tree.protection, after: tree.before))
    }
    let overlaid = settings.options.overlays ? [workspace.before] : []
    for index in ended.indices {
      let others = ended.indices.filter { $0 != index }.map { ended[$0] }
      let surroundings = ProtectedSurroundings(
        before: overlaid + others.map(\.tree.before), after: overlaid + others.map(\.after))
      let tree = ended[index].tree
      ended[index].changes = tree.before.changes(until: ended[index].after, beside: surroundings).map {
        var change = $0
        change.grant = tree.grant
        return change
      }
    }
    return ended
  }

  /// Puts back what nobody keeps.
  private func settle(
    _ ended: Ended, _ kept: Set<ProtectedChange>, _ settlement: inout ProtectedSettlement
  ) -> [ProtectedSettlement.Settled] {
    let (tree, changes) = (ended.tree, ended.changes)
    let undone = PutBack.order(changes.filter { $0.action != .allow && !kept.contains($0) })
    var outcomes: [ProtectedChange: ProtectedChange.Outcome] = [:]
    if !undone.isEmpty {
      if let path = writePatch(undone, tree) { settlement.patchPaths.append(path) }
      let aside = "\(runDirectory)/\(Self.asideName)\(tree.suffix)"
      if let putBack = PutBack(workspace: tree.root, aside: aside, before: tree.before) {
        for change in undone { outcomes[change] = putBack.undo(change) }
      }
    }
    let objects = GitObjects(workspace: tree.root, tree.before, ended.after, outside: outside)
    return changes.map { change in
      let isKept = change.action == .allow || kept.contains(change)
      let outcome = isKept ? .kept : outcomes[change] ?? .failed
      return .init(
        change: change, outcome: outcome, blob: isKept ? nil : change.after.flatMap { objects?.blob(of: $0) })
    }
  }

  private func writePatch(_ changes: [ProtectedChange], _ tree: ProtectedTree) -> String? {
    let text = changes.sorted { $0.path < $1.path }.map(\.patch).joined()
    return try? OutputDirectory(own: runDirectory).write(Array(text.utf8), as: Self.patchName + tree.suffix)
  }

  /// Says what a person can still mend, or should know, before the agent starts.
  private func tellAtStart() {
    if !grants.free.isEmpty {
      Notice.say(
        "granted to be written and not protected, since your home directory or an agent's own files are there: "
          + Self.list(grants.free))
    }
    if !grants.named.isEmpty {
      Notice.say(
        "granted to be written by its own name, so that what is changed there stays, though it acts outside of the "
          + "sandbox later: \(Self.list(grants.named))")
    }
    for tree in compared { tree.tellAtStart() }
  }

  static func list(_ names: [String]) -> String {
    names.prefix(RunLimits.protectedLeftOut).joined(separator: ", ")
      + (names.count > RunLimits.protectedLeftOut ? " and \(names.count - RunLimits.protectedLeftOut) more" : "")
  }

  /// Where nobody looked, absolute: what was too much, and directories that are not protected.
  func notLookedAt(after settlement: ProtectedSettlement) -> [String] {
    let leftOut = settlement.leftOut.map { (tree: $0.tree.root, path: $0.path) }
    let tooFull = ([workspace] + granted).flatMap { tree in
      tree.before.tooFull.map { (tree: tree.root, path: $0) }
    }
    return (leftOut + tooFull).map { $0.path == .top ? $0.tree : "\($0.tree)/\($0.path.text)" } + grants.free
  }

  /// What protects the place that somebody was kept from changing.
  func group(ofRefused path: String) -> String {
    let trees = ([workspace] + granted).filter { path.hasPrefix($0.root + "/") }
    guard let tree = trees.max(by: { $0.root.utf8.count < $1.root.utf8.count }) else {
      return ProtectedGroup.git.rawValue
    }
    return tree.group(ofRefused: TreePath(bytes: Array(path.utf8.dropFirst(tree.root.utf8.count + 1))))
  }
}
