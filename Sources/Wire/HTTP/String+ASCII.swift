extension StringProtocol {
  /// Compares bytes, with `A`…`Z` equal to `a`…`z`; allocates nothing.
  package func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
    let (left, right) = (utf8, other.utf8)
    guard left.count == right.count else { return false }
    var others = right.makeIterator()
    for byte in left {
      guard let opposite = others.next(), byte.asciiLowercased == opposite.asciiLowercased else { return false }
    }
    return true
  }

  /// Without spaces and tabs on either side (RFC 9110 §5.6.3).
  package var trimmingOptionalWhitespace: Substring {
    var bytes = Substring(self).utf8[...]
    while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    return Substring(bytes)
  }

  /// The elements of a comma-separated list without their parameters (RFC 9110 §5.6.1); empty ones are left out.
  ///
  /// Only for lists of tokens: a comma within a quoted string is not looked at.
  package var listElements: [Substring] {
    Substring(self).utf8.split(separator: UInt8(ascii: ",")).compactMap { element in
      let name = Substring(element.prefix { $0 != UInt8(ascii: ";") }).trimmingOptionalWhitespace
      return name.isEmpty ? nil : name
    }
  }
}

extension UInt8 {
  package var asciiLowercased: UInt8 {
    (0x41...0x5a).contains(self) ? self | 0x20 : self
  }
}
