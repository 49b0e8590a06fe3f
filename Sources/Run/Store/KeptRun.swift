internal import Evidence
internal import Glibc
internal import Presentation

/// The place of a run that goes on, in the store.
///
/// The card of the run's end is written over room that was taken when it began: a disk that is full by then keeps nobody
/// from telling how the run ended.
struct KeptRun: Sendable {
  private let directory: OutputDirectory
  private let card: RunCard

  /// Notes that the run has begun.
  ///
  /// - Parameter directory: its own in the state directory.
  /// - Throws: ``RunError`` with `.state`.
  init(_ card: RunCard, in directory: String) throws(RunError) {
    self.card = card
    self.directory = OutputDirectory(own: directory)
    let bytes = try Self.bytes(of: card)
    let room = [UInt8](repeating: UInt8(ascii: " "), count: bytes.count + RunLimits.cardRoom)
    _ = try self.directory.write(room, as: RunStore.nextCardName)
    note(card, at: try self.directory.write(bytes, as: RunStore.cardName))
  }

  /// Keeps its report, whole or not at all.
  ///
  /// - Throws: ``RunError`` with `.state`.
  /// - Returns: its path.
  func keep(_ report: [UInt8]) throws(RunError) -> String {
    try directory.write(report, as: RunStore.reportName)
  }

  /// Notes that the run has ended, and how.
  ///
  /// - Throws: ``RunError`` with `.state`.
  func end(_ report: JSONValue, agent: Agent) throws(RunError) {
    var ended = card
    ended.agent = agent
    ended.outcome = RunCard.Outcome(report: report)
    try write(ended)
  }

  /// Notes that the agent was not started, or not to its end, and why; where that cannot be written, the run looks
  /// like one that was killed.
  func refuse(_ error: RunError) {
    var refused = card
    refused.refusal = error.code.rawValue
    try? write(refused)
  }

  private func write(_ card: RunCard) throws(RunError) {
    let bytes = try Self.bytes(of: card)
    note(card, at: try directory.replace(RunStore.cardName, by: RunStore.nextCardName, with: bytes))
  }

  private static func bytes(of card: RunCard) throws(RunError) -> [UInt8] {
    do throws(CanonicalJSONError) {
      return try CanonicalJSON.encode(card.json) + [UInt8(ascii: "\n")]
    } catch {
      throw RunError(.ours, at: RunStore.cardName, "a run's card has no JSON form: \(error).")
    }
  }

  /// So that a list knows the newest without reading them all.
  private func note(_ card: RunCard, at path: String) {
    let began = card.started.millisecondsSinceEpoch
    let time = timespec(tv_sec: Int(began / 1000), tv_nsec: Int(began % 1000) * 1_000_000)
    _ = utimensat(AT_FDCWD, path, [time, time], AT_SYMLINK_NOFOLLOW)
  }
}
