internal import Enforcement
internal import Evidence
internal import Glibc
internal import Presentation

/// What a run says to those who watch it, as `docs/watch.md` describes it.
enum FeedMessage {
  /// One line, with its end.
  static func line(_ value: JSONValue) -> [UInt8] {
    // Every number in it is whole or a share of bytes, so there is a form.
    ((try? CanonicalJSON.encode(value)) ?? Array("{}".utf8)) + [UInt8(ascii: "\n")]
  }

  static func make(_ type: String, _ members: [String: JSONValue]) -> JSONValue {
    .object(members.merging(["v": 1, "type": .string(type)]) { _, own in own })
  }

  static func exchange(_ exchange: Exchange) -> JSONValue { make("exchange", ["exchange": exchange.json]) }

  static func question(_ question: PersonAsker.Waiting) -> JSONValue {
    make(
      "question",
      [
        "question": .integer(question.id), "exchange": question.exchange.json,
        "secondsLeft": .integer(Int(clamping: question.left.components.seconds)),
      ])
  }

  static func answered(_ question: Int, _ answer: Answer) -> JSONValue {
    var members: [String: JSONValue] = ["question": .integer(question), "answer": .string(answer.word.rawValue)]
    members["by"] = answer.place.map { .string($0.rawValue) }
    return make("answered", members)
  }

  static func current(_ exchanges: Int) -> JSONValue { make("current", ["exchanges": .integer(exchanges)]) }

  static func skipped(_ updates: Int) -> JSONValue { make("skipped", ["updates": .integer(updates)]) }

  /// What a watcher is told first.
  static func run(_ card: RunCard, askTimeout: Duration) -> JSONValue {
    let known = card.json.object ?? [:]
    return make(
      "run",
      known.filter { $0.key != "version" }.merging([
        "askSeconds": .integer(Int(clamping: askTimeout.components.seconds)), "process": .integer(Int(getpid())),
      ]) { own, _ in own })
  }

  /// - Parameters:
  ///   - report: the content of `report.json`.
  ///   - path: where that is kept, where it could be.
  static func ended(_ report: JSONValue, keptAt path: String?) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for name in ["run", "agent", "ended", "exitStatus", "totals"] { members[name] = report[name] }
    members["ledgerVerified"] = report["ledger"]?["verified"]
    members["report"] = path.map { .string($0) }
    return make("ended", members)
  }

  /// Of a run whose agent was not started, or not to its end.
  static func refused(_ run: RunID, _ error: RunError) -> JSONValue {
    make("ended", ["run": .string(run.text), "problem": .string(error.description)])
  }

  /// What the run did not do for this watcher, and why.
  static func refused(_ sentence: String) -> JSONValue { make("refused", ["sentence": .string(sentence)]) }
}

/// What a watcher says to its run.
enum WatcherMessage: Hashable {
  case answer(question: Int, isYes: Bool)

  /// - Throws: ``Problem`` for anything else.
  init(_ line: [UInt8]) throws(Problem) {
    guard let value = try? JSONParser.parse(line) else { throw Problem(sentence: "that line is not JSON") }
    guard value["v"] == 1, value["type"] == "answer" else {
      throw Problem(sentence: "a run understands messages of \"v\": 1 and of the type \"answer\" only")
    }
    guard let question = value["question"]?.integer, let word = value["answer"]?.string, ["yes", "no"].contains(word)
    else { throw Problem(sentence: "an answer has the number of its \"question\", and \"answer\": \"yes\" or \"no\"") }
    self = .answer(question: question, isYes: word == "yes")
  }

  struct Problem: Error, Hashable {
    let sentence: String
  }
}
