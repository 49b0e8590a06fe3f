internal import Confinement
internal import Evidence
internal import Glibc
package import Presentation

/// Watches one run until it ends or the person leaves.
package struct WatchSession {
  private let options: Options
  private let clock = WallClock.system

  /// What was asked for.
  package struct Options: Sendable {
    /// The beginning of a run's identifier.
    package var run: String?
    /// Whether to print what the run says as it says it.
    package var printsJSON: Bool
    /// Whether to leave as soon as all is told that has happened.
    package var leavesWhenCurrent: Bool
    /// Whether to wait for a run where none is under way.
    package var waits: Bool
    package var colour: ColourChoice

    package init(
      run: String? = nil, printsJSON: Bool = false, leavesWhenCurrent: Bool = false, waits: Bool = false,
      colour: ColourChoice = .auto
    ) {
      self.run = run
      self.printsJSON = printsJSON
      self.leavesWhenCurrent = leavesWhenCurrent
      self.waits = waits
      self.colour = colour
    }
  }

  package init(_ options: Options) { self.options = options }

  /// Returns when the run has ended, or the person has left.
  ///
  /// - Throws: ``RunError`` with `.nothingUnderWay` where there is nothing to watch, `.usage` where it cannot be told
  ///   which run is meant, `.broken` where the run is gone without a word.
  package func run() throws(RunError) {
    let notes: (reading: CInt, writing: CInt)
    do { notes = try Descriptor.pipe() } catch { throw RunError(any: error) }
    // Only a signal's handler writes there, which must not wait.
    LiveSocket.setNonBlocking(notes.writing)
    SignalNotes.begin(Self.signals, to: notes.writing)
    defer {
      RawTerminal.reportSizeChanges(to: nil)
      SignalNotes.end(Self.signals)
      for number in [notes.reading, notes.writing] { close(number) }
    }
    guard let connection = try attached(notes.reading) else { return }
    let view = WatchView(options, clock)
    if view.isScreen { RawTerminal.reportSizeChanges(to: notes.writing) }
    defer { view.end() }
    try view.follow(connection, notes: notes.reading)
  }

  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// - Returns: `nil` where the person has left before there was a run.
  private func attached(_ notes: CInt) throws(RunError) -> WatchConnection? {
    let state = try StateDirectory.own()
    var isTold = false
    while true {
      let runs = try LiveRun.all(state)
      let directory = FilePaths.workingDirectory()
      switch WatchChoice(among: runs, named: options.run, in: FilePaths.canonical(directory) ?? directory) {
      case .run(let run):
        do throws(RunError) {
          return try WatchConnection(run)
        } catch {
          // It may have ended at this moment, or not be listening yet.
          if !options.waits { throw error }
        }
      case .several(let runs): throw WatchChoice.ambiguity(runs)
      case .none:
        if !options.waits { throw WatchChoice.absence(of: options.run, others: runs) }
      }
      if !isTold, isatty(2) == 1 { Notice.say("waiting for a run; Control-C ends that") }
      isTold = true
      if !Readiness.wait(for: [notes], milliseconds: RunLimits.liveRunsInterval).isEmpty { return nil }
    }
  }
}
