internal import Confinement
internal import Evidence
internal import Sandbox
internal import Synchronization

/// What the agent started and opened, gathered while it runs; bounded, whatever the agent does.
final class ObservationRecord: Sendable {
  private let state = Mutex(State())
  private let interest: FileInterest
  private let name: @Sendable ([UInt8]) -> String?

  private struct State {
    var programs: [String: Int] = [:]
    var files: [OpenedFile: Int] = [:]
    var attempts = ConnectionAttempts()
    var refusals: [RefusedWrite: Int] = [:]
    var datagramsRefused = 0
    var isIncomplete = false
  }

  /// Different programs and files remembered; a build opens tens of thousands of its own, of which none counts here.
  private static let limit = 10_000

  /// - Parameter name: the name that an address was given inside.
  init(interest: FileInterest, name: @escaping @Sendable ([UInt8]) -> String? = { _ in nil }) {
    self.interest = interest
    self.name = name
  }

  func take(_ observations: [Observation]) {
    for observation in observations {
      switch observation {
      case .executed(_, let program): note(program: program)
      case .opened(_, let program, let path, let forWriting, let isThere):
        guard let reason = interest.reason(for: path, forWriting: forWriting) else { continue }
        note(OpenedFile(path: path, program: program, forWriting: forWriting, isThere: isThere, reason: reason))
      case .connected(_, let program, let address, let transport):
        // The name now: later the address may be another's.
        guard let attempt = ConnectionAttempt(address, over: transport, by: program, name: name) else { continue }
        note(attempt)
      case .connectedLocally: continue
      case .refused(_, let program, let path): note(refusedBy: program, path)
      }
    }
  }

  private func note(refusedBy program: String, _ path: String) {
    let refusal = RefusedWrite(path: path, program: program)
    state.withLock { state in
      guard state.refusals[refusal] != nil || state.refusals.count < RunLimits.refusedWrites else {
        state.isIncomplete = true
        return
      }
      state.refusals[refusal, default: 0] += 1
    }
  }

  private func note(program: String) {
    state.withLock { state in
      guard state.programs[program] != nil || state.programs.count < Self.limit else {
        state.isIncomplete = true
        return
      }
      state.programs[program, default: 0] += 1
    }
  }

  private func note(_ attempt: ConnectionAttempt) {
    state.withLock { state in
      if !state.attempts.insert(attempt, limit: Self.limit) { state.isIncomplete = true }
    }
  }

  func noteRefusedDatagrams(_ count: Int) { state.withLock { $0.datagramsRefused = count } }

  private func note(_ file: OpenedFile) {
    state.withLock { state in
      guard state.files[file] != nil || state.files.count < Self.limit else {
        state.isIncomplete = true
        return
      }
      state.files[file, default: 0] += 1
    }
  }

  /// Programs with how often each was started, most first.
  var programs: [(path: String, count: Int)] {
    state.withLock { $0.programs }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// Files that an agent has no business with, by path; those that were not there behind the others.
  var files: [OpenedFile] {
    state.withLock { Array($0.files.keys) }.sorted {
      ($0.isThere ? 0 : 1, $0.path, $0.program) < ($1.isThere ? 0 : 1, $1.path, $1.program)
    }
  }

  /// Protected places that somebody tried to change, by path.
  var refusals: [RefusedWrite] {
    state.withLock { Array($0.refusals.keys) }.sorted { ($0.path, $0.program) < ($1.path, $1.program) }
  }

  var attempts: ConnectionAttempts { state.withLock { $0.attempts } }

  /// UDP datagrams that went nowhere.
  var datagramsRefused: Int { state.withLock { $0.datagramsRefused } }

  /// Whether more happened than is remembered.
  var isIncomplete: Bool { state.withLock { $0.isIncomplete } }
}

/// A file that was opened, or that somebody tried to open.
struct OpenedFile: Hashable {
  let path: String
  let program: String
  let forWriting: Bool
  /// Whether there was something to open.
  let isThere: Bool
  let reason: FileInterest.Reason
}

/// A protected place that somebody tried to change.
struct RefusedWrite: Hashable {
  let path: String
  let program: String
}
