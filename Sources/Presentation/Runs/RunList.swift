package import Evidence

/// Runs as a list for a terminal, newest first: which it was, what was typed, and what came of it.
package struct RunList: Sendable {
  package let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// One run, or what is left of it.
  package struct Entry: Sendable, Hashable {
    package let run: RunID
    package let began: Timestamp
    package let card: RunCard?
    package let isUnderWay: Bool

    /// - Parameter card: `nil` where it cannot be read.
    package init(run: RunID, began: Timestamp, card: RunCard?, isUnderWay: Bool) {
      self.run = run
      self.began = began
      self.card = card
      self.isUnderWay = isUnderWay
    }

    package var state: State {
      if isUnderWay { return .underWay }
      guard let card else { return .unreadable }
      if card.outcome != nil { return .ended }
      return card.refusal == nil ? .neverFinished : .refused
    }
  }

  /// How a run stands.
  package enum State: String, Sendable, Hashable, CaseIterable {
    case ended
    case underWay = "under-way"
    /// Killed, or its machine was.
    case neverFinished = "never-finished"
    /// Its agent was not started, or not to its end.
    case refused
    /// Nothing that could be read is left of it.
    case unreadable
  }

  private static let indentation = "  "

  package func lines(columns: Int) -> [Line] {
    entries.flatMap { entry in
      [Self.head(entry, columns)] + Self.command(entry, columns) + Self.facts(entry, columns)
    }
  }

  private static func head(_ entry: Entry, _ columns: Int) -> Line {
    var line = Line(Piece(entry.run.text, .strong), Piece("  \(entry.began.minutes)  ", .muted))
    if let card = entry.card {
      let agent = Piece([card.agent.id, card.agent.version].compactMap(\.self).joined(separator: " "))
      line.append(agent.cut(to: max(8, columns - line.width - 16), .atEnd))
      line.append(Piece(" in ", .muted))
      line.append(Piece(card.workspace).cut(to: max(8, columns - line.width), .atStart))
    }
    return line.cut(to: columns)
  }

  /// As a shell takes it, as far as there is room.
  private static func command(_ entry: Entry, _ columns: Int) -> [Line] {
    guard let words = entry.card?.command, !words.isEmpty else { return [] }
    let command = Piece(words.map(ShellWord.quoted).joined(separator: " "))
    return [Line(Piece(indentation), command.cut(to: columns - indentation.count, .atEnd))]
  }

  private static func facts(_ entry: Entry, _ columns: Int) -> [Line] {
    let room = columns - indentation.count
    if let outcome = entry.card?.outcome, !entry.isUnderWay {
      return wrapped(facts(of: outcome, entry.card?.duration), room)
    }
    let fact: Piece =
      switch entry.state {
      case .underWay: Piece("under way: sallyport watch \(entry.run.text)", .good)
      case .refused: Piece("not run to its end: \(entry.card?.refusal ?? "")", .notice)
      case .neverFinished: Piece("never finished: it was killed, or its end could not be written", .notice)
      case .unreadable, .ended: Piece("nothing that can be read was kept of it", .notice)
      }
    return [Line(Piece(indentation), fact).cut(to: columns)]
  }

  private static func facts(of outcome: RunCard.Outcome, _ duration: Duration?) -> [Piece] {
    var facts = [
      Piece(duration?.reading ?? ""), Piece("exit \(outcome.exitStatus)", outcome.exitStatus == 0 ? nil : .notice),
      Piece(outcome.requests.counted("request")),
      Piece("\(outcome.blocked.grouped) blocked", outcome.blocked == 0 ? .muted : .bad),
      Piece("\(outcome.findings.grouped) found", outcome.findings == 0 ? .muted : .notice),
      Piece("\(outcome.files.counted("file")), \(outcome.lines.counted("line")) left"),
    ]
    facts.append(
      outcome.isVerified ? Piece("ledger verified at its end", .muted) : Piece("ledger not verified at its end", .bad))
    return facts
  }

  /// Facts between dots, over as many lines as they take.
  private static func wrapped(_ facts: [Piece], _ room: Int) -> [Line] {
    var lines: [Line] = []
    for fact in facts where !fact.text.isEmpty {
      if let last = lines.last, last.width + 3 + fact.width <= room + indentation.count {
        lines[lines.count - 1].append(Piece(" · ", .muted))
        lines[lines.count - 1].append(fact)
      } else {
        lines.append(Line(Piece(indentation), fact.cut(to: room, .atEnd)))
      }
    }
    return lines
  }
}

extension RunList.Entry: JSONRepresentable {
  /// One line of `sallyport runs --json`.
  package var json: JSONValue {
    var members = card?.json.object ?? [:]
    members["version"] = nil
    members["run"] = .string(run.text)
    members["started"] = .string(began.description)
    members["state"] = .string(state.rawValue)
    members["durationMilliseconds"] = card?.duration.map {
      .integer(Int($0.components.seconds) * 1000 + Int($0.components.attoseconds / 1_000_000_000_000_000))
    }
    return .object(members)
  }
}

extension Timestamp {
  /// `2026-11-20 12:00`, in UTC.
  var minutes: String {
    let text = description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }
}
