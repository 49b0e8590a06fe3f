internal import Confinement
internal import Evidence
internal import Glibc
package import Ledger

/// The installation's ledger, or a copy of one somewhere else, for reading.
package struct LedgerPlace: Sendable {
  package let directory: String
  /// `nil` for a ledger somewhere else.
  package let home: LedgerHome?

  /// - Parameter directory: `nil` for the installation's own, which is checked against its anchor too, by whatever path
  ///   it is named.
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set.
  package init(directory: String?) throws(RunError) {
    let environment = ProcessEnvironment.current
    guard let home = environment["HOME"] else {
      throw RunError(.usage, at: "HOME", "is not set.", remedy: "Set HOME, or name the ledger's directory.")
    }
    let state = try StateDirectory(environment: environment, home: home)
    let isOwn = directory.map { Self.isSame($0, state.ledger) } ?? true
    self.directory = isOwn ? state.ledger : directory ?? state.ledger
    self.home = isOwn ? state.ledgerHome : nil
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    guard let first = FileStatus(path: one, follows: true)?.identity,
      let second = FileStatus(path: other, follows: true)?.identity
    else { return false }
    return first.device == second.device && first.file == second.file
  }

  /// Why runs are refused over the installation's own ledger, as far as that can be told without beginning one; `nil`
  /// where they are not.
  package static func refusalOfRuns() -> RunError? {
    do throws(RunError) {
      return try LedgerPlace(directory: nil).refusal()
    } catch {
      return error
    }
  }

  private func refusal() throws(RunError) -> RunError? {
    guard let home else { return nil }
    let audit: LedgerAudit
    do throws(LedgerError) {
      switch try home.condition() {
      case .unused: return nil
      case .incomplete(let problem): return RunError(problem.error)
      case .keyMissing: return RunError(home.keyGone)
      case .complete: break
      }
      audit = try LedgerAudit(
        directory: directory, key: try LedgerKey.load(at: home.keys).verifier, anchor: home.anchor)
      return try audit.verify().problem.map(refusal)
    } catch {
      return RunError(error)
    }
  }

  /// Whether runs can go on from the ledger; `nil` for one somewhere else.
  package var isAppendable: Bool? { home.map { (try? $0.condition()) == .complete } }

  /// - Parameter key: the vkey that the reader pinned; `nil` for the installation's own key, or in a copy the key in it.
  /// - Throws: ``RunError`` with `.usage` for a key that is none, `.programMissing` where there is no ledger, `.ledger`
  ///   where a part of the installation's own is gone.
  package func audit(key: String?) throws(RunError) -> LedgerAudit {
    let pinned = try key.map { text throws(RunError) in try Self.pinned(text) }
    try checkPresence()
    do throws(LedgerError) {
      let own = home.flatMap { try? LedgerKey.load(at: $0.keys).verifier }
      return try LedgerAudit(
        directory: directory, key: pinned ?? own, anchor: home?.anchor, keySource: pinned == nil ? .found : .pinned)
    } catch {
      throw RunError(error)
    }
  }

  /// What is said to somebody who has just had it verified.
  package func refusal(of problem: LedgerProblem) -> RunError {
    RunError(
      .ledger, at: directory, "does not verify: \(problem.kind.rawValue): \(problem.file): \(problem.sentence).",
      ledgerRemedy: problem.remedy(isOwn: home != nil))
  }

  private func checkPresence() throws(RunError) {
    guard let home else {
      let isLedger = LedgerHome.files.contains { FilePaths.exists("\(directory)/\($0)") }
      guard !isLedger else { return }
      throw Self.nothing(at: directory, remedy: "Name the directory of one.")
    }
    let condition: LedgerHome.Condition
    do throws(LedgerError) { condition = try home.condition() } catch { throw RunError(error) }
    switch condition {
    case .incomplete(let problem): throw RunError(problem.error)
    case .unused: throw Self.nothing(at: directory, remedy: "The first run begins one.")
    case .complete, .keyMissing: return
    }
  }

  private static func nothing(at directory: String, remedy: String) -> RunError {
    RunError(.programMissing, at: directory, "there is no ledger.", remedy: remedy)
  }

  /// The key that a reader typed.
  package static func pinned(_ text: String) throws(RunError) -> VerifierKey {
    do throws(LedgerError) {
      return try VerifierKey(text)
    } catch {
      throw RunError(.usage, at: "--key", "\(error.sentence).", remedy: "The ledger's key.pub holds such a key.")
    }
  }
}

extension RunError {
  /// What the ledger said, with the exit code that it deserves.
  package init(ledger error: LedgerError) { self.init(error) }
}
