/// Asks the person at the terminal about changes of protected places.
struct ProtectedReview {
  let patience: Duration
  /// A descriptor that can be read when nobody is there any more.
  let interruption: CInt

  private static let question = ReviewQuestion(
    "Keep it? [y]es, [N]o, [d]iff whole, [a]ll, [q]uit",
    [
      .init("y", "yes", means: "keep it"), .init("n", "no", means: "put it back as it was"),
      .init("d", "diff", "diff whole", means: "show the whole difference"),
      .init("a", "all", means: "keep this one and all that follow"),
      .init("q", "quit", means: "put back this one and all that follow"),
    ], standard: "n")

  /// - Returns: those that a person keeps.
  func kept(of changes: [ProtectedChange]) -> Set<ProtectedChange> {
    guard !changes.isEmpty, let terminal = ReviewTerminal(patience: patience, interruption: interruption)
    else { return [] }
    var kept: Set<ProtectedChange> = []
    terminal.show("\nFiles that act outside of the sandbox later were changed.")
    for (index, change) in changes.enumerated() {
      terminal.show(
        "\n\(index + 1) of \(changes.count): \(change.name) (\(change.group)), \(change.kind.rawValue)")
      terminal.show(change.patch, limit: RunLimits.reviewedLines)
      while true {
        guard let letter = terminal.ask(Self.question) else { return kept }
        if letter == "d" {
          terminal.show(change.patch)
          continue
        }
        if letter == "q" { return kept }
        if letter == "a" { return kept.union(changes[index...]) }
        if letter == "y" { kept.insert(change) }
        break
      }
    }
    return kept
  }
}
