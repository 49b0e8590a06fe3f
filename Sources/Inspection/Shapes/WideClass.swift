/// Bytes that keys and addresses are made of, of which words are too: only many in a row say something.
enum WideClass: Int, CaseIterable {
  // The rarest first.
  case base32
  case smallAlphanumeric
  case base58
  case alphanumeric
  case base64URL
  case base64

  /// Words and names are seldom longer.
  static let leastCount = 20

  var set: ByteSet {
    switch self {
    case .base32: ByteSet.capitals.union(ByteSet(0x32...0x37))
    case .smallAlphanumeric: ByteSet.digits.union(.smallLetters)
    case .base58: ByteSet.alphanumeric.intersection(ByteSet("0IOl".utf8).complement)
    case .alphanumeric: .alphanumeric
    case .base64URL: ByteSet.alphanumeric.union(ByteSet("-_".utf8))
    case .base64: ByteSet.alphanumeric.union(ByteSet("+/-_".utf8))
    }
  }

  /// How many bytes of the class a shape begins with; 0 where it may begin among letters and digits.
  func count(in sets: [ByteSet], _ notBefore: ByteSet) -> Int {
    guard notBefore.intersection(.alphanumeric) == .alphanumeric else { return 0 }
    return sets.prefix { $0.union(set) == set }.count
  }
}
