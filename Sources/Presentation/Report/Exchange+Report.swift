package import Evidence

extension Exchange {
  /// Reads what ``Exchange/json`` gave.
  package init(json: JSONValue) throws(ReportError) { try self.init(ReportObject(json)) }

  init(_ record: ReportObject) throws(ReportError) {
    self.init(
      sequence: try record.count("sequence"), started: try record.time("time"), agent: try record.agent("agent"),
      program: try record.optionalString("program"), destination: try record.destination(),
      protocolName: try record.word("protocol"), method: try record.string("method"), path: try record.string("path"),
      endpoint: try record.optionalString("endpoint"), purpose: try record.word("purpose"),
      findings: try record.objects("findings") { finding throws(ReportError) in try Finding(finding) },
      decision: try Decision(record), requestBytes: try record.count("requestBytes"),
      inspectedBytes: try record.count("inspectedBytes"),
      requestBodyBytes: try record.optionalCount("requestBodyBytes") ?? 0,
      forwardedBytes: try record.count("forwardedBytes"), responseBytes: try record.count("responseBytes"),
      status: try record.optionalInteger("status"), ledgerIndex: try record.optionalCount("ledgerIndex"))
    address = try record.optionalString("address")
    restored = try record.optionalCount("restored") ?? 0
    answerDecision =
      record.has("answerDecision")
      ? try record.part("answerDecision") { part throws(ReportError) in try Decision(part, action: "action") } : nil
    attributed = try Attributed(record)
  }
}

extension Attributed {
  /// An exchange of a release that did not attribute reads as one with attribution off.
  fileprivate init(_ exchange: ReportObject) throws(ReportError) {
    self.init(
      sources: try exchange.objects("sources") { source throws(ReportError) in try SourceRange(source) },
      share: try exchange.optionalShare("sourceShare") ?? 0,
      commonLines: try exchange.optionalCount("commonLines") ?? 0,
      gap: try exchange.optionalWord("attributionGap") ?? (exchange.has("sources") ? nil : .off))
  }
}

extension SourceRange {
  fileprivate init(_ source: ReportObject) throws(ReportError) {
    let (first, last) = (try source.count("startLine"), try source.count("endLine"))
    guard first >= 1 else { throw ReportError("startLine", "is no line") }
    guard last >= first else { throw ReportError("endLine", "is before startLine") }
    self.init(
      path: try source.string("path"), version: try source.optionalCount("version") ?? 1, startLine: first,
      endLine: last, startColumn: try source.optionalCount("startColumn"),
      endColumn: try source.optionalCount("endColumn"), bytes: try source.count("bytes"),
      isFirstSent: try source.bool("firstSent"), copies: try source.optionalCount("copies") ?? 0)
  }
}

extension Decision {
  /// - Parameter action: the name of the member that has it.
  fileprivate init(_ exchange: ReportObject, action: String = "decision") throws(ReportError) {
    self.init(
      action: try exchange.word(action),
      rule: try exchange.part("rule") { rule throws(ReportError) in try RuleReference(rule) },
      reasons: try exchange.objects("reasons") { reason throws(ReportError) in
        Reason(subject: try reason.string("subject"), statement: try reason.string("statement"))
      },
      remedy: try exchange.optionalString("remedy") ?? "")
  }
}

extension RuleReference {
  fileprivate init(_ rule: ReportObject) throws(ReportError) {
    self.init(name: try rule.string("name"), file: try rule.string("file"), line: try rule.count("line"))
  }
}

extension Finding {
  fileprivate init(_ finding: ReportObject) throws(ReportError) {
    guard let place = Place(try finding.string("place")) else { throw ReportError("place", "is no place in a message") }
    let bounds = try finding.counts("span")
    guard bounds.count == 2, bounds[0] <= bounds[1] else { throw ReportError("span", "is no span") }
    self.init(
      detector: try finding.string("detector"), dataClass: try finding.word("class"),
      grade: try finding.word("grade"), severity: try finding.optionalWord("severity"), place: place,
      span: Span(bounds[0], bounds[1]),
      layers: try finding.strings("layers"), fingerprint: try finding.optionalString("fingerprint"),
      ownRow: try finding.optionalString("table").map { OwnRow(table: $0) })
    if finding.has("allowedBy") {
      allowedBy = try finding.part("allowedBy") { rule throws(ReportError) in try RuleReference(rule) }
    }
  }
}

extension Finding.Place {
  /// Reads what its description writes.
  fileprivate init?(_ text: String) {
    switch text {
    case "request-target": self = .requestTarget
    case "body": self = .body
    case "domain-name": self = .domainName
    case "answer": self = .answer
    case _ where text.hasPrefix("header:"): self = .header(String(text.dropFirst("header:".count)))
    case _ where text.hasPrefix("trailer:"): self = .trailer(String(text.dropFirst("trailer:".count)))
    default: return nil
    }
  }
}
