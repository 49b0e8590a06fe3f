extension Agent: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("id", id)
      writer.member("version", ifAny: version)
      writer.member("versionSource", ifAny: versionSource?.rawValue)
    }
  }
}

extension Timestamp: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.write(quoting: append)
  }
}

extension RuleReference: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("file", file)
      writer.member("line", line)
      writer.member("name", name)
    }
  }
}

extension Decision.Reason: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("statement", statement)
      writer.member("subject", subject)
    }
  }
}

extension Decision: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("action", action.rawValue)
      writer.member("reasons", reasons)
      writer.member("remedy", remedy)
      writer.member("rule", rule)
    }
  }
}

extension Span: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.array { writer in
      writer.write(start)
      writer.write(end)
    }
  }
}

extension Finding: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      if let allowedBy { writer.member("allowedBy", allowedBy) }
      writer.member("class", dataClass.rawValue)
      writer.member("detector", detector)
      writer.member("fingerprint", ifAny: fingerprint)
      writer.member("grade", grade.rawValue)
      writer.member("layers") { writer in
        writer.array { writer in
          for layer in layers { writer.write(layer) }
        }
      }
      writer.member("place", place.description)
      if severity != dataClass.severity { writer.member("severity", severity.rawValue) }
      writer.member("span", span)
      writer.member("table", ifAny: ownRow?.table)
    }
  }
}

extension SourceRange: CanonicallyWritten {
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("bytes", bytes)
      if copies > 0 { writer.member("copies", copies) }
      writer.member("endColumn", ifAny: endColumn)
      writer.member("endLine", endLine)
      writer.member("firstSent", isFirstSent)
      writer.member("path", path)
      writer.member("startColumn", ifAny: startColumn)
      writer.member("startLine", startLine)
      writer.member("version", version)
    }
  }
}

extension Exchange: CanonicallyWritten {
  /// As ``json``.
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("address", ifAny: address)
      writer.member("agent", agent)
      if let answerDecision { writer.member("answerDecision", answerDecision) }
      writer.member("attributionGap", ifAny: attributed.gap?.rawValue)
      writer.member("commonLines", attributed.commonLines)
      writer.member("decision", decision.action.rawValue)
      writer.member("endpoint", ifAny: endpoint)
      writer.member("findings", findings)
      writer.member("forwardedBytes", forwardedBytes)
      writer.member("host", destination.host)
      writer.member("inspectedBytes", inspectedBytes)
      writer.member("ledgerIndex", ifAny: ledgerIndex)
      writer.member("method", method)
      writer.member("path", path)
      writer.member("port", Int(destination.port))
      writer.member("program", ifAny: program)
      writer.member("protocol", protocolName.rawValue)
      writer.member("purpose", purpose.rawValue)
      writer.member("reasons", decision.reasons)
      writer.member("remedy", decision.remedy)
      writer.member("requestBodyBytes", requestBodyBytes)
      writer.member("requestBytes", requestBytes)
      writer.member("responseBytes", responseBytes)
      writer.member("restored", ifAny: restored > 0 ? restored : nil)
      writer.member("rule", decision.rule)
      writer.member("sequence", sequence)
      writer.member("sourceShare") { $0.write(plain: attributed.shareText) }
      writer.member("sources", attributed.sources)
      writer.member("status", ifAny: status)
      writer.member("time", started)
    }
  }
}
