internal import Evidence
internal import Presentation

/// The detectors that there are, for people and for machines.
enum DetectorList {
  static func lines(_ rules: [DetectorRule], columns: Int) -> [Line] {
    var table = Table([
      .init("detector", ellipsis: .atEnd), .init("finds", ellipsis: .atEnd), .init("class"), .init("grade"),
      .init("severity"), .init("source", ellipsis: .atEnd),
    ])
    let order = DataClass.allCases
    let sorted = rules.sorted { left, right in
      let classes = (order.firstIndex(of: left.dataClass) ?? 0, order.firstIndex(of: right.dataClass) ?? 0)
      return classes.0 != classes.1 ? classes.0 < classes.1 : left.id < right.id
    }
    table.rows = sorted.map { rule in
      [
        Piece(rule.id), Piece(rule.name), Piece(rule.dataClass.rawValue), Piece(rule.grade.rawValue),
        Piece(rule.severity.rawValue), Piece(rule.sources.first ?? "", .muted),
      ]
    }
    return table.lines(columns: columns) + [Line(), Line(Piece("\(rules.count.grouped) detectors"))]
  }

  static func json(_ rule: DetectorRule) -> JSONValue {
    [
      "id": .string(rule.id), "name": .string(rule.name), "class": .string(rule.dataClass.rawValue),
      "grade": .string(rule.grade.rawValue), "severity": .string(rule.severity.rawValue),
      "sources": .array(rule.sources.map { .string($0) }),
    ]
  }
}
