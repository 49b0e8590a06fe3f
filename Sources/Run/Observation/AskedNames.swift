/// The names that were asked inside, as few lines as they fit in: those of a domain with many become one.
struct AskedNames: Sendable, Hashable {
  /// The most frequent first; at most ``RunLimits/reportedNames``.
  let lines: [Line]
  /// Different names, all of them.
  let count: Int

  /// One name, or `*.` and a domain for several beneath it.
  struct Line: Sendable, Hashable {
    let name: String
    let names: Int
    let questions: Int
  }

  init(_ asked: [(name: String, count: Int)]) {
    count = asked.count
    // The last two labels: what is bought of a registry, give or take the registries that sell a level deeper.
    let domains = Dictionary(grouping: asked) { $0.name.split(separator: ".").suffix(2).joined(separator: ".") }
    let all = domains.flatMap { domain, names in
      names.count > RunLimits.namesOfOneDomain
        ? [Line(name: "*.\(domain)", names: names.count, questions: names.reduce(0) { $0 + $1.count })]
        : names.map { Line(name: $0.name, names: 1, questions: $0.count) }
    }
    let sorted = all.sorted { ($1.questions, $0.name) < ($0.questions, $1.name) }
    lines = Array(sorted.prefix(RunLimits.reportedNames))
  }
}
