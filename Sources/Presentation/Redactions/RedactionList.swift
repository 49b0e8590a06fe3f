package import Evidence

/// What was taken out of messages, by run: how much of what; never the values.
package struct RedactionList: Sendable {
  package let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package struct Entry: Sendable, Hashable {
    package let run: String
    package let started: Timestamp
    package let expires: Timestamp
    /// By detector.
    package let kinds: [String: Int]
    package let destinations: [String]
    /// What cannot be opened any more.
    package let unreadable: Int

    package init(
      run: String, started: Timestamp, expires: Timestamp, kinds: [String: Int], destinations: [String], unreadable: Int
    ) {
      self.run = run
      self.started = started
      self.expires = expires
      self.kinds = kinds
      self.destinations = destinations
      self.unreadable = unreadable
    }
  }

  package func lines(columns: Int) -> [Line] {
    var table = Table([
      .init("run"), .init("began"), .init("kept until"), .init("values", ellipsis: .atEnd),
      .init("kept from", ellipsis: .atEnd),
    ])
    table.rows = entries.map { entry in
      [
        Piece(entry.run), Piece(Self.time(entry.started), .muted), Piece(Self.time(entry.expires)),
        Piece(Sanitised(entry.kindsText).text, entry.unreadable > 0 ? .bad : nil),
        Piece(Sanitised(entry.destinations.joined(separator: ", ")).text),
      ]
    }
    return table.lines(columns: columns)
  }

  private static func time(_ time: Timestamp) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))Z"
  }
}

extension RedactionList.Entry {
  /// The most frequent first.
  fileprivate var kindsText: String {
    let ordered = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value.grouped) \($0.key)" }
    let rest = unreadable > 0 ? ["\(unreadable.grouped) that cannot be opened"] : []
    return (ordered + rest).joined(separator: ", ")
  }
}

extension RedactionList.Entry: JSONRepresentable {
  package var json: JSONValue {
    [
      "run": .string(run), "started": .string(started.description), "expires": .string(expires.description),
      "values": .object(kinds.mapValues { .integer($0) }),
      "destinations": .array(destinations.map { .string($0) }), "unreadable": .integer(unreadable),
    ]
  }
}
