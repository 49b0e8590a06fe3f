package import Evidence

/// Canaries for people and programs: what each pretends to be, where it lies, where it was seen; never its token.
package struct CanaryList: Sendable {
  package let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package struct Entry: Sendable, Hashable {
    package let id: String
    package let kind: String
    package let label: String?
    package let path: String
    package let planted: Timestamp
    package let seen: Seen?

    package init(id: String, kind: String, label: String?, path: String, planted: Timestamp, seen: Seen?) {
      self.id = id
      self.kind = kind
      self.label = label
      self.path = path
      self.planted = planted
      self.seen = seen
    }
  }

  /// The last decision about a message that carried it.
  package struct Seen: Sendable, Hashable {
    package let time: String
    package let run: String
    package let host: String
    package let verdict: String
    /// Decisions in all.
    package let count: Int

    package init(time: String, run: String, host: String, verdict: String, count: Int) {
      self.time = time
      self.run = run
      self.host = host
      self.verdict = verdict
      self.count = count
    }
  }

  package func lines(columns: Int) -> [Line] {
    var table = Table([
      .init("canary"), .init("kind"), .init("label", ellipsis: .atEnd), .init("planted"),
      .init("in", ellipsis: .atStart),
      .init("last seen", ellipsis: .atEnd),
    ])
    table.rows = entries.map { entry in
      [
        Piece(entry.id), Piece(entry.kind), Piece(Sanitised(entry.label ?? "").text),
        Piece(String(entry.planted.description.prefix(10)), .muted), Piece(Sanitised(entry.path).text),
        entry.seen.map(Self.piece) ?? Piece("never", .good),
      ]
    }
    return table.lines(columns: columns)
  }

  private static func piece(_ seen: Seen) -> Piece {
    let often = seen.count > 1 ? ", \(seen.count.grouped) times" : ""
    return Piece(
      Sanitised("\(seen.verdict) to \(seen.host) at \(seen.time.prefix(19))Z in \(seen.run)\(often)").text, .bad)
  }
}

extension CanaryList.Entry: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id), "kind": .string(kind), "path": .string(path), "planted": .string(planted.description),
    ]
    members["label"] = label.map { .string($0) }
    members["lastSeen"] = seen.map { seen in
      [
        "time": .string(seen.time), "run": .string(seen.run), "host": .string(seen.host),
        "verdict": .string(seen.verdict), "count": .integer(seen.count),
      ]
    }
    return .object(members)
  }
}
