internal import Compression
package import Decoding
internal import Evidence

/// A body with what was found in it taken out.
package struct Redacted: Sendable, Hashable {
  package let bytes: [UInt8]
  /// How many places were replaced; findings that overlap are one place.
  package let replaced: Int
}

/// Takes findings out of a body and leaves it well-formed: a JSON string stays one, a form stays a form, a compressed
/// body is compressed again in the same codings.
///
/// What cannot be taken out so is said by `nil`, and then the message must not go on. Whoever uses the result looks at
/// it again: this room promises a well-formed body, not an empty one.
package struct Redaction {
  private let detectors: DetectorSet
  private let content: ContentDescription
  private let limits: DecodingLimits

  package init(_ detectors: DetectorSet, content: ContentDescription, limits: DecodingLimits = .standard) {
    self.detectors = detectors
    self.content = content
    self.limits = limits
  }

  /// Replaces every finding of the body that is more than a note.
  ///
  /// - Returns: `nil` where one lies under an encoding that a replacement would break, such as base64 or an archive,
  ///   or where the body does not decode.
  package func redact(_ body: [UInt8]) -> Redacted? {
    let codings = content.contentCodings.filter { $0 != ContentCoding.identity.rawValue }
    guard !codings.isEmpty else { return redactPlain(body) }
    var plain = body
    for token in codings.reversed() {
      guard let coding = ContentCoding(token: token), let decoded = decompress(plain, coding) else { return nil }
      plain = decoded
    }
    guard let redacted = redactPlain(plain) else { return nil }
    var packed = redacted.bytes
    for token in codings {
      guard let coding = ContentCoding(token: token), let encoded = compress(packed, coding) else { return nil }
      packed = encoded
    }
    return Redacted(bytes: packed, replaced: redacted.replaced)
  }

  private func redactPlain(_ body: [UInt8]) -> Redacted? {
    let plain = ContentDescription(contentType: content.contentType)
    let inspected = body.withUnsafeBytes { detectors.inspect($0, content: plain, place: .body, limits: limits) }
    let findings = inspected.findings.filter { $0.grade != .note }
    guard findings.allSatisfy({ $0.dataClass != .opaque && $0.isReplaceable }) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.count)
    var offset = 0
    let places = Self.merged(findings)
    for place in places {
      guard place.span.end <= body.count else { return nil }
      bytes += body[offset..<place.span.start]
      bytes += Array("redacted-\(place.detector)".utf8)
      offset = place.span.end
    }
    bytes += body[offset...]
    return Redacted(bytes: bytes, replaced: places.count)
  }

  /// Places in order, those that overlap put together under the first one's name.
  private static func merged(_ findings: [Finding]) -> [(span: Span, detector: String)] {
    var places: [(span: Span, detector: String)] = []
    for finding in findings.sorted(by: { $0.span.start < $1.span.start }) {
      if let last = places.last, finding.span.start < last.span.end {
        places[places.count - 1].span = Span(last.span.start, max(last.span.end, finding.span.end))
      } else {
        places.append((finding.span, finding.detector))
      }
    }
    return places
  }
}

// MARK: Content codings

extension Redaction {
  private func decompress(_ bytes: [UInt8], _ coding: ContentCoding) -> [UInt8]? {
    bytes.withUnsafeBytes { input in
      do throws(CompressionError) {
        var out: [UInt8] = []
        var decompressor = try Decompressor(coding)
        try decompressor.decompress(input, maximumOutput: limits.maximumExpandedBytes) { out += $0 }
        try decompressor.finish()
        return out
      } catch {
        return nil
      }
    }
  }

  private func compress(_ bytes: [UInt8], _ coding: ContentCoding) -> [UInt8]? {
    bytes.withUnsafeBytes { input in
      do throws(CompressionError) {
        var out: [UInt8] = []
        var compressor = try Compressor(coding)
        try compressor.compress(input) { out += $0 }
        try compressor.finish { out += $0 }
        return out
      } catch {
        return nil
      }
    }
  }
}

extension Finding {
  /// Letters, digits and hyphens mean themselves in plain text, in JSON strings however deep, in forms and in
  /// percent-encoding; under anything else they would be read as something else.
  fileprivate var isReplaceable: Bool {
    layers.allSatisfy { ["json", "form", "percent"].contains($0) }
  }
}
