internal import Catalog
internal import Evidence
internal import Presentation

/// The runs of one installation, each in a directory of its own: `run.json`, the card that lists are made of, and
/// `report.json`. Nothing is deleted by itself.
///
/// A list reads only the cards that it shows: the modification time of a card is when its run began.
package struct RunStore: Sendable {
  static let cardName = "run.json"
  /// Room on the disk for the card of the run's end; there as long as the run goes on, or where it was killed.
  static let nextCardName = "run.json.next"
  static let reportName = "report.json"

  private let state: StateDirectory

  package init(_ state: StateDirectory) { self.state = state }

  /// That of who runs this process.
  ///
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set.
  package static func own() throws(RunError) -> RunStore {
    RunStore(try StateDirectory.own())
  }

  func place(_ id: RunID) -> OverlayPlace { OverlayPlace(runDirectory: state.run(id.text)) }

  func isLive(_ id: RunID) -> Bool { LiveDirectory.isLocked("\(state.live)/\(id.text)") }

  /// What is asked of a list.
  package struct Query: Sendable {
    package var limit: Int
    package var agent: String?
    /// Canonical; runs in it and beneath it.
    package var workspace: String?

    /// - Parameter workspace: as it was typed.
    package init(limit: Int, agent: String? = nil, workspace: String? = nil) {
      self.limit = limit
      self.agent = agent
      self.workspace = workspace.map { FilePaths.resolved(FilePaths.absolute($0)) }
    }

    func admits(_ card: RunCard?) -> Bool {
      if agent == nil, workspace == nil { return true }
      guard let card else { return false }
      return (agent == nil || card.agent.id == agent)
        && workspace.map { FilePaths.isWithin(card.workspace, $0) } ?? true
    }
  }

  /// What a list has found.
  package struct Page: Sendable {
    /// Newest first.
    package let runs: [StoredRun]
    /// Of those that were not looked at, since there were enough; `0` where all were.
    package let unread: Int
  }

  /// The newest runs that a query admits.
  ///
  /// - Throws: ``RunError`` with `.state` where the state cannot be read.
  package func list(_ query: Query) throws(RunError) -> Page {
    let names = try newestFirst()
    var runs: [StoredRun] = []
    var read = 0
    for name in names {
      guard runs.count < query.limit else { break }
      let run = stored(name.id, touched: name.time)
      read += 1
      if query.admits(run.card) { runs.append(run) }
    }
    return Page(runs: runs.sorted { $0.began > $1.began }, unread: names.count - read)
  }

  /// Looks whether what a list asked for can be there at all, since a mistyped name would look like no runs.
  ///
  /// - Throws: ``RunError`` with `.usage` for an agent that is not in the catalogue, `.programMissing` for a directory
  ///   that is not there.
  package static func checkNames(agent: String?, workspace: String?) throws(RunError) {
    if let agent {
      let known = try CatalogSource.load(extra: []).agents.map(\.id) + [Agent.unknown.id]
      try CatalogSource.check(agent: agent, among: known)
    }
    guard let workspace, !FilePaths.isDirectory(workspace) else { return }
    throw RunError(
      .programMissing, at: "--workspace \(workspace)", "there is no such directory, and no run was in one.",
      remedy: "Name the directory that runs were started in; sallyport runs lists them all.")
  }

  /// All of them by name, with when they began as far as their directory tells.
  ///
  /// - Throws: ``RunError`` with `.state` where the state cannot be read.
  func newestFirst() throws(RunError) -> [(id: RunID, time: Timestamp)] {
    var runs: [(id: RunID, time: Timestamp)] = []
    for name in try FilePaths.stateNames(in: state.runs, limit: RunLimits.storedRuns) {
      guard let id = RunID(name) else { continue }
      // One that an earlier release kept, or that was made a moment ago, has no card.
      let directory = "\(state.runs)/\(name)"
      guard let time = FilePaths.modified("\(directory)/\(Self.cardName)") ?? FilePaths.modified(directory) else {
        continue
      }
      runs.append((id, Timestamp(millisecondsSinceEpoch: time)))
    }
    return runs.sorted { ($0.time, $0.id.text) > ($1.time, $1.id.text) }
  }

  func stored(_ id: RunID, touched: Timestamp) -> StoredRun {
    let directory = state.run(id.text)
    var run = StoredRun(id: id, directory: directory, touched: touched)
    do throws(RunError) {
      run.card = try card(in: directory)
    } catch {
      run.problem = error
    }
    run.hasReport = FilePaths.isRegularFile("\(directory)/\(Self.reportName)")
    if run.card?.outcome == nil, run.card?.refusal == nil {
      run.isUnderWay = LiveDirectory.isLocked("\(state.live)/\(id.text)")
    }
    return run
  }

  private func card(in directory: String) throws(RunError) -> RunCard? {
    let file = "\(directory)/\(Self.cardName)"
    guard FilePaths.exists(file) else {
      // Of a release that kept reports alone.
      let report = "\(directory)/\(Self.reportName)"
      return FilePaths.exists(report) ? RunCard(try StoredReport(at: report).report) : nil
    }
    let value = try StoredReport.json(file, limit: RunLimits.cardBytes)
    do throws(ReportError) {
      return try RunCard(json: value)
    } catch {
      throw RunError(.broken, at: file, error.description)
    }
  }
}
