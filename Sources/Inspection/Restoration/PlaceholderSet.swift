internal import Evidence

/// The placeholders that one destination was given, and what each stands for.
package struct PlaceholderSet: Sendable {
  /// In the order of their bytes.
  private let placeholders: [[UInt8]]
  private let values: Secret<[[UInt8]]>

  package init(_ entries: [(placeholder: [UInt8], value: [UInt8])]) {
    let sorted = entries.sorted { $0.placeholder.lexicographicallyPrecedes($1.placeholder) }
    placeholders = sorted.map(\.placeholder)
    values = Secret(sorted.map(\.value))
  }

  package var isEmpty: Bool { placeholders.isEmpty }

  /// What a text has at a place.
  enum Match {
    case none
    /// It ends before it can be told.
    case cut
    case found(bytes: Int, value: [UInt8])
  }

  func match(_ text: UnsafeBufferPointer<UInt8>) -> Match {
    let beginning = PlaceholderText.beginning
    guard zip(text, beginning).allSatisfy({ $0 == $1 }) else { return .none }
    guard text.count > beginning.count else { return text.isEmpty ? .none : .cut }
    var end = beginning.count
    while end < min(text.count, PlaceholderText.longest), PlaceholderText.letters.contains(text[end]) { end += 1 }
    let word = UnsafeBufferPointer(rebasing: text[..<end])
    // All that `word` may begin with come before it or are it.
    let after = firstIndex(notBefore: word)
    if after < placeholders.count, placeholders[after].elementsEqual(word) { return found(after) }
    if after > 0, word.starts(with: placeholders[after - 1]) { return found(after - 1) }
    let isCut = end == text.count && after < placeholders.count && placeholders[after].starts(with: word)
    return isCut ? .cut : .none
  }

  private func found(_ index: Int) -> Match {
    .found(bytes: placeholders[index].count, value: values.withValue { $0[index] })
  }

  private func firstIndex(notBefore word: UnsafeBufferPointer<UInt8>) -> Int {
    var low = 0
    var high = placeholders.count
    while low < high {
      let middle = (low + high) / 2
      if placeholders[middle].lexicographicallyPrecedes(word) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where placeholders stand in a text.
  package func places(in text: [UInt8]) -> DisjointRanges {
    var places = DisjointRanges()
    var position = 0
    while let (place, match) = text.withUnsafeBufferPointer({ next(in: $0, from: position) }),
      case .found(let bytes, _) = match
    {
      _ = places.insert(place..<place + bytes)
      position = place + bytes
    }
    return places
  }

  /// Where the next placeholder of a text is, or may be.
  ///
  /// - Returns: the place, and what is there; `nil` where there is none in the rest.
  func next(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> (place: Int, match: Match)? {
    var position = start
    while position < text.count {
      guard text[position] == PlaceholderText.beginning[0] else {
        position += 1
        continue
      }
      let match = match(UnsafeBufferPointer(rebasing: text[position...]))
      if case .none = match { position += 1 } else { return (position, match) }
    }
    return nil
  }
}
