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
