internal import Evidence
internal import Policy
internal import Presentation

/// One protected place, for report and summary.
struct ProtectedLine: Sendable, Hashable {
  private let path: String
  private let group: String
  private let policy: String
  private let change: String
  private let outcome: ProtectedChange.Outcome
  /// The object of git's that has what was refused.
  private let blob: String?
  /// Who tried it, where that is known.
  private let program: String?

  static func lines(
    _ settlement: ProtectedSettlement, refused: [RefusedWrite], _ places: ProtectedPlaces, workspace: String
  ) -> [ProtectedLine] {
    settlement.changes.map { settled in
      let change = settled.change
      return ProtectedLine(
        path: "\(change.grant ?? workspace)/\(change.path.text)", group: change.group, policy: change.action.rawValue,
        change: change.kind.rawValue, outcome: settled.outcome, blob: settled.blob, program: nil)
    }
      + refused.map {
        ProtectedLine(
          path: $0.path, group: places.group(ofRefused: $0.path), policy: "deny", change: "none",
          outcome: .refused, blob: nil, program: $0.program)
      }
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path), "group": .string(group), "policy": .string(policy), "change": .string(change),
      "outcome": .string(outcome.rawValue),
    ]
    members["blob"] = blob.map { .string($0) }
    members["program"] = program.map { .string($0) }
    return .object(members)
  }

  var noteworthy: RunBill.NoteworthyFile {
    let file = RunReport.ProtectedFile(
      path: path, group: group, change: .init(rawValue: change), outcome: .init(rawValue: outcome.rawValue) ?? .failed,
      blob: blob)
    return .init(path: path, what: file.sentence)
  }
}
