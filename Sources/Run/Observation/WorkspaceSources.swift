internal import Attribution
internal import Confinement
internal import Enforcement
internal import Evidence
internal import Policy

/// The files that the messages of one run are compared with: those of its workspace, and what else the agent reads.
struct WorkspaceSources: Sendable {
  /// Lent to the chamber.
  let attribution: FileAttribution
  private let readable: ReadableSources

  /// - Parameter layer: where the workspace's changes go instead.
  init(_ settings: RunSettings, started: Timestamp, layer: String? = nil) {
    let (policy, place) = (settings.policy, Question.Place(workspace: settings.workspace, home: settings.home))
    let index = SourceIndex(
      memoryBytes: AttributionLimits.memoryBytes(by: policy.limits), isGuarded: { policy.guards($0, at: place) })
    let indexer = WorkspaceIndexer(
      workspace: settings.workspace, layer: layer, into: index, ignoring: settings.program.reads + [settings.state.path]
    )
    attribution = FileAttribution(index: index, indexer: indexer, sent: SentLines())
    readable = ReadableSources(settings, started: started)
  }

  /// Begins to read the workspace in the background.
  func start() { attribution.indexer.start() }

  /// Takes in what the agent has opened for reading, before a message can hold any of it.
  func take(_ observations: [Observation]) {
    attribution.indexer.opened(
      observations.compactMap { observation in
        guard case .opened(_, _, let path, forWriting: false, isThere: true) = observation, readable.covers(path) else {
          return nil
        }
        return path
      })
  }

  /// Ends the reading.
  ///
  /// - Returns: what there was to compare with.
  func stop() -> IndexedFiles {
    attribution.indexer.stop()
    let contents = attribution.index.contents
    return IndexedFiles(
      files: contents.files, lines: contents.lines, bytes: contents.bytes,
      leftOut: contents.leftOut.map { .init(path: $0.path, reason: $0.reason.rawValue) },
      leftOutCount: contents.leftOutCount)
  }

  /// How long the files are of which lines left.
  ///
  /// - Returns: by path; of several contents of one the longest, and nothing where one of them is not known any more.
  func lineCounts(of exchanges: [Exchange]) -> [String: Int] {
    var versions: [String: Set<Int>] = [:]
    for exchange in exchanges where exchange.decision.action != .block && exchange.forwardedBytes > 0 {
      for source in exchange.attributed.sources { versions[source.path, default: []].insert(source.version) }
    }
    return versions.reduce(into: [:]) { counts, file in
      let known = file.value.compactMap { attribution.index.lineCount(of: file.key, version: $0) }
      counts[file.key] = known.count == file.value.count ? known.max() : nil
    }
  }
}
