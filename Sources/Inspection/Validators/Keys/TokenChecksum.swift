/// Tokens that carry a CRC-32 of themselves, written in other ways than ``Base62Checksum``.
enum TokenChecksum {
  private static let hexLength = 8
  private static let base36 = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

  /// `prefix_body_checksum`, the checksum of the body in eight hexadecimal digits.
  ///
  /// - Source: <https://zuplo.com/blog/api-key-authentication>; the public rules of Kingfisher 1.x.
  static func hexadecimal(_ token: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let underscore = UInt8(ascii: "_")
    guard let first = token.firstIndex(of: underscore), let last = token.lastIndex(of: underscore), first < last else {
      return .doubtful
    }
    return matches(token[(last + 1)...], token[(first + 1)..<last]) ? .confirmed : .doubtful
  }

  /// An API token of Atlassian ends in the checksum of all before it, the `=` included.
  ///
  /// - Source: the public rules of Kingfisher 1.x.
  static func atlassian(_ token: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard token.count > hexLength else { return .doubtful }
    return matches(token[(token.count - hexLength)...], token[..<(token.count - hexLength)]) ? .confirmed : .doubtful
  }

  /// A routable token: payload, `.`, perhaps `01.`, the payload's length in two digits of base 36, the checksum of all
  /// before it in seven. Tokens of the older form have no point and nothing to check.
  ///
  /// - Source: <https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/>.
  static func gitLab(_ token: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let dot = token.firstIndex(of: UInt8(ascii: ".")) else { return .confirmed }
    let checksumLength = 7
    let lengthLength = 2
    let end = token.count - checksumLength
    guard end - lengthLength > dot, let hyphen = token[..<dot].firstIndex(of: UInt8(ascii: "-")),
      let length = number(token[(end - lengthLength)..<end]), let checksum = number(token[end...])
    else { return .doubtful }
    // What stands before the payload is of no fixed length: `glpat-`, `glrt-t1_`.
    guard length > 0, length <= UInt64(dot - hyphen - 1) else { return .doubtful }
    return checksum == UInt64(Base62Checksum.crc32(token[..<end])) ? .confirmed : .doubtful
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits {
      guard let index = base36.firstIndex(of: digit) else { return nil }
      value = value * 36 + UInt64(index)
    }
    return value
  }

  /// Whether eight hexadecimal digits of either case are the body's checksum.
  private static func matches(
    _ digits: Slice<UnsafeBufferPointer<UInt8>>, _ body: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Bool {
    guard digits.count == hexLength else { return false }
    var value: UInt32 = 0
    for digit in digits {
      guard let index = base36.firstIndex(of: (0x41...0x5a).contains(digit) ? digit | 0x20 : digit), index < 16 else {
        return false
      }
      value = value << 4 | UInt32(index)
    }
    return value == Base62Checksum.crc32(body)
  }
}
