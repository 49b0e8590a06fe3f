internal import Evidence

/// Sightings of one detector and class beyond as many as are told one by one: one of them, and how many things they are.
struct UntoldSightings {
  /// The surest.
  private(set) var example: Sighting
  /// Different ones, as far as their places are known.
  private(set) var count = 0
  private var told: Set<Place>
  private var places: Set<Place> = []

  /// What was seen in two views stands in one place of the message; of a whole compressed text all has the same.
  private struct Place: Hashable {
    let start: Int
    let secret: Int?

    init(_ sighting: Sighting) {
      start = sighting.span.lowerBound
      secret = sighting.isCoarse ? sighting.secret.lowerBound : nil
    }
  }

  /// - Parameters:
  ///   - first: of those that are not told.
  ///   - told: of the same detector and class.
  init(_ first: Sighting, beside told: some Sequence<Sighting>) {
    example = first
    self.told = Set(told.map(Place.init))
  }

  /// How many they are that are not what others are as well.
  func count(without others: some Sequence<UntoldSightings>, _ sightings: some Sequence<Sighting>) -> Int {
    let known = others.reduce(into: Set(sightings.map(Place.init))) { $0.formUnion($1.places) }
    return count - places.count(where: known.contains)
  }

  /// - Returns: how many more places are known now.
  mutating func add(_ sighting: Sighting, mayKnowMore: Bool) -> Int {
    if sighting.grade.rank > example.grade.rank { example = sighting }
    let place = Place(sighting)
    guard !told.contains(place), !places.contains(place) else { return 0 }
    count += 1
    guard mayKnowMore else { return 0 }
    places.insert(place)
    return 1
  }

  /// What a place takes in memory, in a set that is half empty.
  static let placeBytes = 2 * MemoryLayout<Place>.stride
}
