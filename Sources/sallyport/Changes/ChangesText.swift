internal import Evidence
internal import Run

/// What the commands about changes print.
enum ChangesText {
  /// What a command's words mean: the first is a run if it is written as one is, and else a path like the others.
  static func target(_ first: String?, _ rest: [String]) throws(RunError) -> (run: RunName?, paths: [String]) {
    guard let first else { return (nil, []) }
    guard isRun(first) else { return (nil, [first] + rest) }
    return (try RunName(first), rest)
  }

  /// Whether a word is written as a run is.
  static func isRun(_ word: String) -> Bool {
    word.hasPrefix("r_") || word == "latest" || word.hasPrefix("latest~")
  }

  /// What was done with some of a run's changes, and what still waits.
  static func outcome(
    _ verb: String, _ changes: WaitingChanges, _ done: [WorkspaceChange], left: [WorkspaceChange]
  ) -> String {
    let done = "\(verb) of \(changes.run): \(done.isEmpty ? "nothing" : WaitingChanges.summary(done))."
    if !left.isEmpty { return "\(done) Still waiting: \(WaitingChanges.summary(left)).\n" }
    return changes.isIncomplete
      ? "\(done) There is more that waits: sallyport changes \(changes.run)\n" : "\(done) Nothing waits any more.\n"
  }

  static func json(_ value: JSONValue) throws(RunError) -> String {
    do {
      return try JSONText.of(value)
    } catch {
      throw RunError(.ours, at: "--json", "the changes have no JSON form: \(error).")
    }
  }
}
