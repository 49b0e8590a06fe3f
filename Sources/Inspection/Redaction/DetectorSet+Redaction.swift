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
    guard !wanted.isEmpty, findings.allSatisfy({ $0.fingerprint != nil && $0.place == .body }) else { return nil }
    let bare = ContentDescription(contentType: content.contentType)
    return recoding(body, content) { text in
      let redaction = BodyRedaction(self, bare, limits, pseudonyms: nil)
      let redacted = try? redaction.edit(text, wantsTables: false) {
        wanted.contains(Thing($0.detector, $0.fingerprint))
      }
      guard let redacted, redacted.replaced > 0 else { return nil }
      let left = redacted.text.withUnsafeBytes { inspect($0, content: bare, place: .body, limits: limits) }
      let isClean = left.findings.allSatisfy { finding in
        finding.dataClass != .opaque
          && !(finding.fingerprint.map { wanted.contains(Thing(finding.detector, $0)) } ?? false)
      }
      return isClean ? redacted : nil
    }
  }

  /// Replaces everything of these kinds by placeholders that can be turned back, and with it every value that was replaced
  /// before; what is under an encoding that is no text, such as base64, by `<redacted:detector>`.
  ///
  /// What is left has not been inspected again.
  ///
  /// - Parameters:
  ///   - kinds: of what a policy wants taken out.
  ///   - passages: finds what somebody else knows in the body without its content codings; `nil` where it cannot tell.
  ///   - pseudonyms: `nil` where nothing shall ever be turned back.
  /// - Returns: `nil` where it cannot be done with certainty.
  package func redact(
    _ body: [UInt8], content: ContentDescription, kinds: Set<RedactedKind>, pseudonyms: Pseudonyms?,
    passages: ([UInt8]) -> [FoundPassage]? = { _ in [] }, limits: DecodingLimits = .standard
  ) -> Redacted? {
    let bare = ContentDescription(contentType: content.contentType)
    return recoding(body, content) { text in
      guard let passages = passages(text) else { return nil }
      return try? BodyRedaction(self, bare, limits, pseudonyms: pseudonyms).edit(
        text, passages: passages, wantsTables: kinds.contains { $0.isTable }
      ) { kinds.contains(RedactedKind($0)) }
    }
  }

  /// Replaces these findings by placeholders that can be turned back, and every value that was replaced before, without
  /// inspecting the body once more.
  ///
  /// What is left has not been inspected again.
  ///
  /// - Returns: `nil` where that cannot be done so: the body has content codings, or a finding is under an encoding, or
  ///   stands for many.
  package func redact(
    _ body: [UInt8], content: ContentDescription, at findings: [Finding], pseudonyms: Pseudonyms?,
    passages: ([UInt8]) -> [FoundPassage]? = { _ in [] }, limits: DecodingLimits = .standard
  ) -> Redacted? {
    guard content.contentCodings.isEmpty, body.count <= InspectionLimits.maximumRedactedBytes,
      let passages = passages(body)
    else { return nil }
    return BodyRedaction(self, content, limits, pseudonyms: pseudonyms).edit(body, at: findings, passages: passages)
  }

  /// Replaces everything of the kinds that are wanted by `<redacted:detector>`, however much it is. For a text at rest, of
  /// which nobody waits for an answer.
  ///
  /// The result has been inspected again. Where a table would still be one of those wanted, all of its cells go.
  ///
  /// - Parameter content: without content codings.
  /// - Throws: ``RedactionFailure``.
  package func redact(
    _ text: [UInt8], content: ContentDescription, limits: DecodingLimits = .standard,
    _ isWanted: (RedactedKind) -> Bool
  ) throws(RedactionFailure) -> Redacted {
    guard text.count <= InspectionLimits.maximumRedactedBytes else { throw .tooLarge }
    let redaction = BodyRedaction(self, content, limits, pseudonyms: nil)
    for wantsTables in [false, true] {
      let redacted = try redaction.edit(text, wantsTables: wantsTables) { isWanted(RedactedKind($0)) }
      let left = redacted.text.withUnsafeBytes { inspect($0, content: content, place: .body, limits: limits) }
        .findings.filter { $0.dataClass == .opaque || isWanted(RedactedKind($0)) }
      if left.isEmpty { return redacted }
      guard left.contains(where: { $0.table != nil }) else { break }
    }
    throw .remains
  }

  /// Takes the content codings off, and puts them on again where something was changed.
  private func recoding(
    _ body: [UInt8], _ content: ContentDescription, _ edit: ([UInt8]) -> Redacted?
  ) -> Redacted? {
    guard body.count <= InspectionLimits.maximumRedactedBytes else { return nil }
    var codings: [ContentCoding] = []
    for token in content.contentCodings {
      guard let coding = ContentCoding(token: token) else { return nil }
      codings.append(coding)
    }
    do {
      var text = body
      for coding in codings.reversed() { text = try Recoding.decompress(text, coding) }
      guard let edited = edit(text) else { return nil }
      guard edited.replaced > 0 else { return Redacted(bytes: body, text: text, places: []) }
      var bytes = edited.text
      for coding in codings { bytes = try Recoding.compress(bytes, coding) }
      return Redacted(bytes: bytes, text: edited.text, places: edited.places)
    } catch {
      return nil
    }
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
