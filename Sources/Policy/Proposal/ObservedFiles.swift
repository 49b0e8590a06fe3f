internal import Evidence

/// The files of which lines went to one destination.
struct ObservedFiles {
  let destination: Destination
  private var files: [String: [SourceRange]] = [:]

  init(_ destination: Destination) { self.destination = destination }

  /// Those of every destination that any file went to, in the order of their first exchange.
  static func of(_ exchanges: [Exchange]) -> [ObservedFiles] {
    var all: [ObservedFiles] = []
    for exchange in exchanges where exchange.decision.action != .block && exchange.forwardedBytes > 0 {
      guard !exchange.attributed.sources.isEmpty else { continue }
      let known = all.firstIndex { $0.destination == exchange.destination }
      let index = known ?? all.count
      if known == nil { all.append(ObservedFiles(exchange.destination)) }
      for range in exchange.attributed.sources { all[index].files[range.path, default: []].append(range) }
    }
    return all
  }

  /// Rules among ``lines(indent:name:)``: none where there are too many files, or no pattern means the destination alone.
  var ruleCount: Int {
    files.count <= PolicyLimits.proposedFiles && ProposedRule.destination(destination) != nil ? 2 : 0
  }

  /// Commented lines: what left, and the rules that would let only that leave.
  ///
  /// - Parameter name: makes a rule's name unique.
  func lines(indent: String, name: (String) -> String) -> [String] {
    let paths = files.keys.sorted()
    var lines = ["Files of which lines went to \(destination):"]
    for path in paths.prefix(PolicyLimits.proposedFiles) {
      lines.append("  " + SourceExcerpt(path, files[path] ?? []).description)
    }
    if paths.count > PolicyLimits.proposedFiles {
      lines.append("  and \(paths.count - PolicyLimits.proposedFiles) more files")
      return lines.map { "\(indent)# \(ObservedWords.shown($0))" }
    }
    guard let host = ProposedRule.destination(destination) else {
      return lines.map { "\(indent)# \(ObservedWords.shown($0))" }
    }
    let quoted = paths.map { PolicyDocument.quoted(SourcePattern.only($0)) }.joined(separator: ", ")
    let there = PolicyDocument.quoted(host)
    lines.append("To let these go there and no others, take the marks away:")
    let rules = [
      "- name: \(PolicyDocument.quoted(name("files for \(destination.host)")))",
      "  when: {destination: \(there), paths: [\(quoted)]}", "  then: allow",
      "- name: \(PolicyDocument.quoted(name("no other files for \(destination.host)")))",
      "  when: {destination: \(there), paths: \"**\"}", "  then: block",
    ]
    return lines.map { "\(indent)# \(ObservedWords.shown($0))" } + rules.map { "\(indent)# \($0)" }
  }
}
