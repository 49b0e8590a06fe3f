package import Evidence

/// A run as it looks to one who watches it: what it said, folded into one value.
///
/// Messages may come again, and exchanges in any order: the last state of each counts, once.
package struct WatchState: Sendable, Hashable {
  /// `nil` before the first message.
  package private(set) var card: RunCard?
  /// The newest exchanges by their number.
  package private(set) var recent: [Exchange] = []
  package private(set) var totals = Totals()
  /// Of every exchange, what it has in the totals.
  private var shares: [Int: Totals] = [:]
  /// Lines that left of each file, by path and by the version of its content.
  private var sent: [String: [Int: SentLines]] = [:]
  /// Those that wait for an answer, oldest first.
  package private(set) var questions: [OpenQuestion] = []
  /// The question that a key would answer.
  package private(set) var selected: Int?
  package private(set) var end: WatchMessage.End?
  /// What the run last refused to this watcher.
  package private(set) var refusal: String?
  package private(set) var skipped = 0

  package init() {}

  /// A question with the time at which it is over.
  package struct OpenQuestion: Sendable, Hashable {
    package let question: WatchMessage.Question
    package let deadline: Timestamp
    package let arrived: Timestamp
  }

  /// Sums over exchanges.
  package struct Totals: Sendable, Hashable {
    package var requests = 0
    package var blocked = 0
    package var findings = 0
    package var bytesOut = 0
    package var bytesIn = 0
    /// Lines of files that went to a destination for the first time.
    package var lines = 0
    /// Exchanges that were let go without being compared with all files.
    package var uncompared = 0
  }

  /// A file of which lines left.
  package struct LeftFile: Sendable, Hashable {
    package let path: String
    /// Different lines, to anybody.
    package let lines: Int
  }

  /// The files that left, the one with the most lines first.
  package var files: [LeftFile] {
    sent.map { LeftFile(path: $0.key, lines: $0.value.values.saturatingSum(\.count)) }
      .sorted { ($1.lines, $0.path) < ($0.lines, $1.path) }
  }

  package var fileCount: Int { sent.count }
}

extension WatchState {
  /// Takes one message in.
  package mutating func fold(_ message: WatchMessage, at now: Timestamp) {
    switch message {
    case .run(let card, _): self.card = card
    case .exchange(let exchange): take(exchange)
    case .question(let question): ask(question, at: now)
    case .answered(let id, _, _): settle(id)
    case .skipped(let count): skipped = skipped.saturatingSum(count)
    case .ended(let end):
      self.end = end
      questions = []
      selected = nil
    case .refused(let sentence): refusal = sentence
    case .current, .other: break
    }
  }

  private mutating func take(_ exchange: Exchange) {
    let share = Totals(exchange)
    totals.subtract(shares[exchange.sequence])
    totals.add(share)
    shares[exchange.sequence] = share
    if exchange.wasLetGo {
      for source in exchange.attributed.sources where source.isFirstSent {
        sent[source.path, default: [:]][source.version, default: SentLines()]
          .insert(source.startLine...source.endLine)
      }
    }
    show(exchange)
  }

  private mutating func show(_ exchange: Exchange) {
    // Nearly always the newest, or one of the last few.
    let place = recent.lastIndex { $0.sequence <= exchange.sequence }
    if let place, recent[place].sequence == exchange.sequence {
      recent[place] = exchange
    } else {
      recent.insert(exchange, at: place.map { $0 + 1 } ?? 0)
      if recent.count > PresentationLimits.watchedExchanges { recent.removeFirst() }
    }
  }

  private mutating func ask(_ question: WatchMessage.Question, at now: Timestamp) {
    questions.removeAll { $0.question.id == question.id }
    guard questions.count < PresentationLimits.watchedQuestions else { return }
    let left = Int64(min(question.secondsLeft, 86_400)) * 1000
    let deadline = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + left)
    questions.append(OpenQuestion(question: question, deadline: deadline, arrived: now))
    questions.sort { $0.question.id < $1.question.id }
    if selected == nil { selected = question.id }
  }

  private mutating func settle(_ id: Int) {
    questions.removeAll { $0.question.id == id }
    if selected == id { selected = questions.first?.question.id }
  }
}

// MARK: Keys

extension WatchState {
  /// What a key means.
  package enum Deed: Sendable, Hashable {
    case answer(question: Int, isYes: Bool)
    case leave
    /// Stop, as Control-Z does.
    case suspend
  }

  /// What to do about a key that was typed.
  ///
  /// A question can be answered only after it has been on the screen for a moment: a key that was meant for the one
  /// before must not answer it.
  package mutating func press(_ key: UInt8, at now: Timestamp, shownSince: [Int: Timestamp]) -> Deed? {
    switch key {
    case 0x03, UInt8(ascii: "q"): return .leave
    case 0x1a: return .suspend
    case 0x09: selectNext()
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      let position = Int(key - UInt8(ascii: "1"))
      if questions.indices.contains(position) { selected = questions[position].question.id }
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"):
      guard let selected, let shown = shownSince[selected],
        now.millisecondsSinceEpoch - shown.millisecondsSinceEpoch >= PresentationLimits.answerDelayMilliseconds
      else { return nil }
      return .answer(question: selected, isYes: key | 0x20 == UInt8(ascii: "y"))
    default: break
    }
    return nil
  }

  private mutating func selectNext() {
    guard let place = questions.firstIndex(where: { $0.question.id == selected }) else { return }
    selected = questions[(place + 1) % questions.count].question.id
  }
}

extension WatchState.Totals {
  /// What one exchange has in them.
  fileprivate init(_ exchange: Exchange) {
    requests = 1
    blocked = exchange.decision.action == .block ? 1 : 0
    findings = exchange.findings.count
    bytesOut = exchange.forwardedBytes
    bytesIn = exchange.responseBytes
    guard exchange.wasLetGo else { return }
    lines = exchange.attributed.sources.saturatingSum { $0.isFirstSent ? $0.lineCount : 0 }
    uncompared = exchange.attributed.gap != nil && exchange.requestBodyBytes > 0 ? 1 : 0
  }

  // Sums wrap around where a hostile run tells of more bytes than there are: what was added can then still be taken
  // away.

  fileprivate mutating func add(_ other: Self) {
    requests &+= other.requests
    blocked &+= other.blocked
    findings &+= other.findings
    bytesOut &+= other.bytesOut
    bytesIn &+= other.bytesIn
    lines &+= other.lines
    uncompared &+= other.uncompared
  }

  fileprivate mutating func subtract(_ other: Self?) {
    guard let other else { return }
    requests &-= other.requests
    blocked &-= other.blocked
    findings &-= other.findings
    bytesOut &-= other.bytesOut
    bytesIn &-= other.bytesIn
    lines &-= other.lines
    uncompared &-= other.uncompared
  }
}

extension Exchange {
  /// Whether something of it went out.
  var wasLetGo: Bool { decision.action != .block && forwardedBytes > 0 }
}
