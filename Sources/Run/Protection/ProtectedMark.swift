internal import Glibc
internal import Policy

/// What a run keeps on disk of its beginning, of one directory: a mark that says where, and in the run's own directory
/// what was there.
///
/// Marks are called as their run is, and those of granted directories have a number behind it.
struct ProtectedMark {
  private let name: String
  private let run: String
  private let suffix: String
  private let state: StateDirectory
  /// The directory that it is about.
  let root: String

  /// A run that is under way.
  struct RunUnderWay {
    let run: String
    let files: ProtectedFiles
    let place: OverlappingPlace
  }

  /// - Returns: `nil` for what is no mark.
  private init?(_ name: String, _ state: StateDirectory) {
    let run = String(name.prefix { $0 != "." })
    guard run.hasPrefix("r_"), let root = FilePaths.read("\(state.unsettled)/\(name)", limit: 4096) else { return nil }
    self.name = name
    self.run = run
    self.state = state
    self.root = root
    suffix = String(name.dropFirst(run.count))
  }

  private static func all(in state: StateDirectory) -> [ProtectedMark] {
    FilePaths.names(in: state.unsettled, limit: RunLimits.liveRuns).sorted().compactMap { ProtectedMark($0, state) }
  }

  /// Where marks of this user's runs are: this run's own state directory, and others.
  static func states(_ settings: RunSettings, register: StateRegister?) -> [StateDirectory] {
    let own = FilePaths.canonical(settings.state.path)
    return [settings.state] + (register?.states() ?? []).filter { FilePaths.canonical($0.path) != own }
  }

  /// - Throws: ``RunError`` with `.state`.
  static func write(_ tree: ProtectedTree, run: String, _ settings: RunSettings) throws(RunError) {
    try StateDirectory.make(settings.state.unsettled)
    let directory = OutputDirectory(own: settings.state.run(run))
    _ = try directory.write(tree.before.bytes, as: Self.snapshotName + tree.suffix)
    _ = try OutputDirectory(own: settings.state.unsettled).write(Array(tree.root.utf8), as: run + tree.suffix)
  }

  /// Once the end was compared: what protected files held is nobody's business any more.
  static func remove(_ tree: ProtectedTree, run: String, _ settings: RunSettings) {
    unlink("\(settings.state.run(run))/\(snapshotName)\(tree.suffix)")
    unlink("\(settings.state.unsettled)/\(run)\(tree.suffix)")
  }

  private static let snapshotName = "protected.before"

  private var isUnderWay: Bool { LiveDirectory.isLocked("\(state.live)/\(run)") }

  private var snapshotPath: String { "\(state.run(run))/\(Self.snapshotName)\(suffix)" }

  private var snapshot: ProtectedFiles? {
    FilePaths.bytes(snapshotPath, limit: 2 * RunLimits.protectedBytes).flatMap { try? ProtectedFiles($0) }
  }

  /// Runs that may change something of a directory, too.
  static func runsUnderWay(in root: String, _ states: [StateDirectory]) -> [RunUnderWay] {
    states.flatMap(all).compactMap { mark in
      guard mark.isUnderWay, let place = OverlappingPlace(of: mark.root, seenFrom: root), let files = mark.snapshot
      else { return nil }
      return RunUnderWay(run: mark.run, files: files, place: place)
    }
  }

  /// Says what runs left changed in these directories that were killed before they could compare. Nothing is put back:
  /// what is there now may be the user's own.
  static func tellOfKilledRuns(in roots: [String], _ settings: RunSettings) {
    for mark in all(in: settings.state) where roots.contains(mark.root) && !mark.isUnderWay { mark.tell(settings) }
  }

  private func tell(_ settings: RunSettings) {
    unlink("\(state.unsettled)/\(name)")
    defer { unlink(snapshotPath) }
    guard let before = snapshot else { return }
    let after = ProtectedFiles(in: root, settings.policy.protection, after: before)
    let grant = root == settings.workspace ? nil : root
    let changes = before.changes(until: after).filter { $0.action != .allow }
    guard !changes.isEmpty else { return }
    let text = changes.map(\.patch).joined()
    let path = try? OutputDirectory(own: state.run(run)).write(
      Array(text.utf8), as: ProtectedPlaces.patchName + suffix)
    Notice.say(
      "the run \(run) was killed, and since it began these protected files have changed: "
        + ProtectedPlaces.list(changes.map { $0.path.named(in: grant) }) + (path.map { "; see \($0)" } ?? ""))
  }
}
