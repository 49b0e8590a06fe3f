package import Evidence

/// One line that a run under way says to those who watch it.
///
/// - Source: docs/watch.md, docs/schemas/watch.schema.json.
package enum WatchMessage: Sendable, Hashable {
  /// Always the first.
  case run(RunCard, askSeconds: Int)
  /// An exchange as it stands now.
  case exchange(Exchange)
  case question(Question)
  case answered(question: Int, word: String, place: String?)
  /// All that had happened before the watcher came has been told: so many exchanges.
  case current(Int)
  /// So many states of exchanges were replaced by newer ones while the watcher did not read.
  case skipped(Int)
  case ended(End)
  /// Something that the watcher asked for, or its coming, was refused.
  case refused(String)
  /// Of a newer release.
  case other(String)

  /// Somebody is to say whether something may leave.
  package struct Question: Sendable, Hashable {
    package let id: Int
    /// As it would leave; it has no number yet.
    package let exchange: Exchange
    package let secondsLeft: Int

    package init(id: Int, exchange: Exchange, secondsLeft: Int) {
      self.id = id
      self.exchange = exchange
      self.secondsLeft = secondsLeft
    }
  }

  /// How the run ended.
  package struct End: Sendable, Hashable {
    /// `nil` where the agent was not started, or not to its end.
    package let exitStatus: Int?
    package let isVerified: Bool
    /// Where its report is kept.
    package let reportPath: String?
    /// Why it was not run to its end.
    package let problem: String?

    package init(exitStatus: Int?, isVerified: Bool = false, reportPath: String? = nil, problem: String? = nil) {
      self.exitStatus = exitStatus
      self.isVerified = isVerified
      self.reportPath = reportPath
      self.problem = problem
    }
  }
}

extension WatchMessage {
  /// - Throws: ``ReportError`` that names what is not as the schema has it.
  package init(json: JSONValue) throws(ReportError) {
    let message = try ReportObject(json)
    guard try message.integer("v") == 1 else {
      throw ReportError("v", "is not 1: the run is of a newer release of Sallyport; watch it with that")
    }
    switch try message.string("type") {
    case "run":
      self = .run(try RunCard(message), askSeconds: try message.optionalCount("askSeconds") ?? 0)
    case "exchange":
      self = .exchange(
        try message.part("exchange") { part throws(ReportError) in try Exchange(part) })
    case "question":
      self = .question(
        Question(
          id: try message.count("question"),
          exchange: try message.part("exchange") { part throws(ReportError) in try Exchange(part) },
          secondsLeft: try message.count("secondsLeft")))
    case "answered":
      self = .answered(
        question: try message.count("question"), word: try message.string("answer"),
        place: try message.optionalString("by"))
    case "current": self = .current(try message.count("exchanges"))
    case "skipped": self = .skipped(try message.count("updates"))
    case "refused": self = .refused(try message.string("sentence"))
    case "ended":
      self = .ended(
        End(
          exitStatus: try message.optionalInteger("exitStatus"),
          isVerified: try message.optionalBool("ledgerVerified") ?? false,
          reportPath: try message.optionalString("report"), problem: try message.optionalString("problem")))
    case let type: self = .other(type)
    }
  }
}
