package import Decoding
package import Evidence

extension DetectorSet {
  /// Looks at a short text that is complete: a header field's value, a request target, a name.
  package func inspect(_ text: String, place: Finding.Place) -> [Finding] {
    var text = text
    return text.withUTF8 { inspect(UnsafeRawBufferPointer($0), place: place).findings }
  }

  /// Looks at a message that is complete.
  package func inspect(
    _ bytes: UnsafeRawBufferPointer, content: ContentDescription = .none, place: Finding.Place,
    limits: DecodingLimits = .standard
  ) -> Inspected {
    var inspector = MessageInspector(
      self, content: content, place: place, limits: limits, expectedBytes: bytes.count)
    inspector.inspect(bytes)
    return inspector.finish()
  }

  /// A text for the record, with each thing found in it replaced by its detector's name in angle brackets.
  package func masked(_ text: String) -> String {
    let findings = inspect(text, place: .body)
    return findings.isEmpty ? text : MaskedText(text, findings).text
  }
}
