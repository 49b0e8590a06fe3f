/// Where a shape is looked for: few places of a text are of that kind, and masks tell all of them at once.
enum ShapePivot: Equatable {
  /// Where digits, or capital letters, begin that have none of their kind before them: so many bytes behind the shape's
  /// beginning.
  case run(at: Int)
  /// Where so many bytes of a wide class begin.
  case long(WideClass, count: Int)

  /// Before digits or capitals at which a shape is known there may be so many bytes of it.
  private static let farthest = 4
  /// Digits or capitals in a row that are as rare as what is long.
  private static let enough = 6

  /// - Returns: `nil` where the shape has neither.
  init?(_ shape: PatternShape) {
    let run = Self.run(of: shape)
    if let run, Self.isNarrow(shape.sets[run...].prefix(Self.enough), atLeast: Self.enough) {
      self = .run(at: run)
    } else if let wide = WideClass.allCases.first(where: { $0.count(in: shape) >= WideClass.leastCount }) {
      self = .long(wide, count: wide.count(in: shape))
    } else if let run {
      self = .run(at: run)
    } else {
      return nil
    }
  }

  private static func isNarrow(_ sets: ArraySlice<ByteSet>, atLeast count: Int) -> Bool {
    sets.count == count && RunKind.allCases.contains { kind in sets.allSatisfy { $0.union(kind.set) == kind.set } }
  }

  private static func run(of shape: PatternShape) -> Int? {
    let either = ByteSet.digits.union(.capitals)
    return shape.sets.indices.prefix(farthest + 1).first { index in
      let set = shape.sets[index]
      guard set.union(either) == either else { return false }
      return RunKind.allCases.allSatisfy { kind in
        guard !set.intersection(kind.set).isEmpty else { return true }
        guard index > 0 else { return shape.notBefore.intersection(kind.set) == kind.set }
        return shape.sets[index - 1].intersection(kind.set).isEmpty
      }
    }
  }
}

/// Bytes whose rows are short, and tell much by how many they are.
enum RunKind: Int, CaseIterable {
  case digits
  case capitals

  var set: ByteSet {
    switch self {
    case .digits: .digits
    case .capitals: .capitals
    }
  }
}

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
  func count(in shape: PatternShape) -> Int {
    guard shape.notBefore.intersection(.alphanumeric) == .alphanumeric else { return 0 }
    return shape.sets.prefix { $0.union(set) == set }.count
  }
}
