internal import Documents
internal import Evidence

extension PolicyReader {
  static let sourceKeys = ["paths", "owners", "lines", "max-lines", "share"]

  /// - Parameter action: of the rule; `nil` where it has none that can be read.
  mutating func source(_ fields: [String: DocumentNode], action: Action?) -> SourceCondition? {
    guard Self.sourceKeys.contains(where: { fields[$0] != nil }) else { return nil }
    let paths = fields["paths"].map { reading.values($0, as: SourcePattern.form, SourcePattern.init) } ?? []
    let owners = fields["owners"].map { self.owners($0) } ?? []
    let share = fields["share"].flatMap { node in
      reading.value(node, as: Comparison.shareForm) { Comparison(share: $0) }
    }
    return SourceCondition(paths: paths, owners: owners, lines: lines(fields, action: action), share: share)
  }

  private mutating func owners(_ node: DocumentNode) -> [NamePattern] {
    let form = "an owner as CODEOWNERS names it, such as \"@example/security-team\" or someone@example.com"
    return reading.values(node, as: form) { text in
      CodeOwnersReader.isOwner(text) ? NamePattern(text.lowercased()) : nil
    }
  }

  private mutating func lines(_ fields: [String: DocumentNode], action: Action?) -> Comparison? {
    guard let node = fields["max-lines"] else {
      return fields["lines"].flatMap { node in
        reading.value(node, as: Comparison.countForm) { Comparison(count: $0) }
      }
    }
    if fields["lines"] != nil {
      reading.report(node.place, found: "'max-lines' beside 'lines'", expected: "one of them")
    }
    guard let most = reading.integer(node, in: 0...Int(Int32.max), as: "a number of lines") else { return nil }
    if action?.isRestraint == true {
      reading.report(
        node.place, found: "'max-lines' in a rule that stops the few and lets the many through",
        expected: "'lines: \">\(most)\"', which stops what is more; max-lines is for rules that allow")
    }
    return Comparison(count: "<=\(most)")
  }
}
