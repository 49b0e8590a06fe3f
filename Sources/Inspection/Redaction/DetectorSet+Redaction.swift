internal import Compression
package import Decoding
package import Evidence

extension DetectorSet {
  /// Replaces what the findings name, wherever it stands in the body, by `<redacted:detector>` in the encoding of its
  /// place, so that the body stays what it says it is.
  ///
  /// The result has been inspected again: nothing that was to go is left. Everything is kept in memory, and the body
  /// and its decompressed text are bounded by ``InspectionLimits``.
  ///
  /// - Parameter findings: those of this body; each needs a fingerprint.
  /// - Returns: `nil` where it cannot be done with certainty: a body of unknown form, something under compression that
  ///   is itself encoded, a finding without a fingerprint. The caller then blocks.
  package func redact(
    _ body: [UInt8], content: ContentDescription, findings: [Finding], limits: DecodingLimits = .standard
  ) -> Redacted? {
    let wanted = Set(findings.compactMap { finding in finding.fingerprint.map { Thing(finding.detector, $0) } })
    guard body.count <= InspectionLimits.maximumRedactedBytes, !wanted.isEmpty,
      findings.allSatisfy({ $0.fingerprint != nil && $0.place == .body })
    else { return nil }
    var codings: [ContentCoding] = []
    for token in content.contentCodings {
      guard let coding = ContentCoding(token: token) else { return nil }
      codings.append(coding)
    }
    do {
      var text = body
      for coding in codings.reversed() { text = try Recoding.decompress(text, coding) }
      let bare = ContentDescription(contentType: content.contentType)
      guard let edited = edit(text, bare, wanted, limits), edited.replaced > 0 else { return nil }
      var bytes = edited.bytes
      for coding in codings { bytes = try Recoding.compress(bytes, coding) }
      return Redacted(bytes: bytes, replaced: edited.replaced)
    } catch {
      return nil
    }
  }

  private func edit(
    _ text: [UInt8], _ content: ContentDescription, _ wanted: Set<Thing>, _ limits: DecodingLimits
  ) -> Redacted? {
    guard let form = BodyForm(content, text) else { return nil }
    let scanner = MessageScanner(self, keepsViews: true)
    let tree = DecodingTree(
      content, limits: limits, keepsEverything: true, expected: text.count, observer: scanner)
    text.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    let seen = scanner.seen
    guard !seen.hasFailed, tree.issues.isEmpty else { return nil }
    let targets = seen.sightings.filter { wanted.contains(Thing($0.detector, $0.fingerprint)) }
    var edits: [Edit] = []
    // Where something is seen in several views, the one with the fewest encodings is edited.
    for target in targets.sorted(by: { ($0.layers.count, $0.span.lowerBound) < ($1.layers.count, $1.span.lowerBound) })
    {
      if edits.contains(where: { $0.range.overlaps(target.span) }) { continue }
      guard let view = scanner.views[target.view],
        let edit = Edit(of: target, in: view, replacement: form.placeholder(for: target.detector), form),
        !edits.contains(where: { $0.range.overlaps(edit.range) })
      else { return nil }
      edits.append(edit)
    }
    let bytes = Edit.apply(edits, to: text)
    guard !bytes.isEmpty, form.stillHolds(bytes) else { return nil }
    let left = bytes.withUnsafeBytes { inspect($0, content: content, place: .body, limits: limits) }
    let isClean = left.findings.allSatisfy { finding in
      finding.dataClass != .opaque
        && !(finding.fingerprint.map { wanted.contains(Thing(finding.detector, $0)) } ?? false)
    }
    return isClean ? Redacted(bytes: bytes, replaced: edits.count) : nil
  }

  /// What is to go: one secret, as one detector sees it.
  private struct Thing: Hashable {
    let detector: String
    let fingerprint: String

    init(_ detector: String, _ fingerprint: String) {
      self.detector = detector
      self.fingerprint = fingerprint
    }
  }
}
