internal import Evidence

extension RunDifference {
  /// For a terminal: a line for each change, those of a topic together.
  ///
  /// - Parameter limit: changes of one topic that are shown.
  package func lines(columns: Int, limit: Int = PresentationLimits.shownChanges) -> [Line] {
    let title = Line(
      Piece(old.run.text, .strong), Piece("  \(old.started.minutes)", .muted), Piece("  →  ", .muted),
      Piece(new.run.text, .strong), Piece("  \(new.started.minutes)", .muted))
    guard !isSame else { return [title.cut(to: columns), Line(Piece("  No difference.", .good))] }
    let topics = Topic.allCases.flatMap { topic in
      lines(topic, changes.filter { $0.topic == topic }, columns, limit)
    }
    return ([title, Line()] + topics).map { $0.cut(to: columns) }
  }

  private func lines(_ topic: Topic, _ changes: [Change], _ columns: Int, _ limit: Int) -> [Line] {
    var lines = changes.prefix(limit).map { $0.line(columns - SummarySection.labelColumns) }
    if changes.count > limit {
      lines.append(Line(Piece("and \((changes.count - limit).grouped) more, which --json tells", .muted)))
    }
    return lines.enumerated().map { position, line in
      Line([SummarySection.label(position == 0 ? topic.rawValue : "")] + line.pieces)
    }
  }
}

extension RunDifference.Change {
  fileprivate func line(_ room: Int) -> Line {
    let change: String
    switch kind {
    case .new: change = after.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    case .gone: change = before.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    case .different: change = ": \(before ?? "") → \(after ?? "")"
    }
    let detail = Piece(change, .muted).cut(to: room * 2 / 3, .atEnd)
    let ellipsis: Ellipsis = topic == .programs || topic == .files || topic == .names ? .atStart : .atEnd
    return Line(kind.mark, Piece(what).cut(to: max(1, room - detail.width - 2), ellipsis), detail)
  }
}

extension RunDifference.Kind {
  fileprivate var mark: Piece {
    switch self {
    case .new: Piece("+ ", .notice)
    case .gone: Piece("- ", .muted)
    case .different: Piece("~ ", .notice)
    }
  }
}
