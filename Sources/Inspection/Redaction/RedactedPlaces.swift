/// Places in a body that are taken out, of which none overlaps another. What is seen in several views counts once, as the
/// one that reaches furthest: where a part of something is seen by itself, the rest of it goes, too.
struct RedactedPlaces {
  private struct Claim {
    let target: RedactionTarget
    let place: EditPlace
  }

  private let place: (RedactionTarget) -> EditPlace?
  private var occupied = DisjointRanges()
  /// By where they begin.
  private var claims: [Int: Claim] = [:]

  /// - Parameter place: where a target is in the body; `nil` where it cannot be taken out.
  init(_ place: @escaping (RedactionTarget) -> EditPlace?) { self.place = place }

  var inOrder: [EditPlace] { claims.sorted { $0.key < $1.key }.map(\.value.place) }

  /// - Returns: false where it cannot be taken out whole.
  mutating func take(_ target: RedactionTarget) -> Bool {
    if occupied.holds(target.span) || isPartOfOneReadFurther(target) { return true }
    var whole = target
    while let place = place(whole) {
      let range = whole.span.union(place.range)
      let others = occupied.removeAll(overlapping: range).compactMap { claims.removeValue(forKey: $0.lowerBound) }
      guard !others.isEmpty else {
        claims[range.lowerBound] = Claim(target: whole, place: place)
        return occupied.insert(range)
      }
      for other in others {
        guard let joined = whole.joined(with: other.target) else { return false }
        whole = joined
      }
    }
    return false
  }

  private func isPartOfOneReadFurther(_ target: RedactionTarget) -> Bool {
    let met = occupied.overlapping(target.span)
    guard met.count == 1, let only = met.first, let claim = claims[only.lowerBound]?.target else { return false }
    return claim.isReadFurther(than: target)
  }
}

extension Range<Int> {
  fileprivate func union(_ other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
