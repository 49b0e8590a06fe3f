internal import Attribution

/// What is kept of a body while it is inspected, so that later ones can go on where it was.
struct BodyRecording {
  private(set) var bytes = SharedBytes()
  private var points: [ResumablePoint] = []
  /// Where points are still to be made.
  private var wanted: [Int] = []
  /// The body that this one continues, or only begins like.
  private var earlier: RememberedBody?
  private var isContinuation = false
  private var tail = EnforcementLimits.likelyTailBytes
  private var hasNewPoints = false
  private let blockBytes: Int
  private let expectedBytes: Int?

  /// - Parameters:
  ///   - blockBytes: there is a place for a point after so many bytes each.
  ///   - expectedBytes: what the sender says how long the body is.
  init(blockBytes: Int, expectedBytes: Int?) {
    self.blockBytes = blockBytes
    self.expectedBytes = expectedBytes
  }

  /// The body begins with these first bytes of another one, and then differs.
  ///
  /// - Parameter place: where inspection goes on, and the body that it went on from there before.
  mutating func begin(
    like body: RememberedBody, for matched: Int, from place: (point: ResumablePoint, of: RememberedBody)?
  ) {
    bytes = SharedBytes(body.bytes, first: matched)
    let continued = place?.of ?? body
    let common = continued === body ? matched : bytes.common(with: continued.bytes)
    earlier = continued
    isContinuation = common >= continued.bytes.count / 4 * 3
    if isContinuation { tail = continued.bytes.count - common }
    if let place { points.append(place.point) }
    want(matched)
    plan()
  }

  /// Where the next body is likely to differ from this one.
  mutating func plan() {
    if let expectedBytes { want(expectedBytes - tail) }
  }

  private mutating func want(_ offset: Int) {
    let place = offset / blockBytes * blockBytes
    guard place > points.last?.offset ?? 0, !wanted.contains(place) else { return }
    wanted.append(place)
  }

  func wantsPoint(at offset: Int) -> Bool { wanted.contains(offset) }

  mutating func add(_ point: ResumablePoint?) {
    guard let point else { return }
    points.append(point)
    hasNewPoints = true
  }

  mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(more) }

  /// Whether the last whole block of the body is where the next one is likely to differ, of which nothing was said before.
  var wantsPointAtEnd: Bool {
    guard expectedBytes == nil else { return false }
    let place = (bytes.count - tail) / blockBytes * blockBytes
    return place == bytes.count / blockBytes * blockBytes && place > points.last?.offset ?? 0
  }

  /// Points that this body went on from or made.
  var attributionPoints: [AttributionPoint] { points.suffix(EnforcementLimits.pointsOfBody).compactMap(\.attribution) }

  func keep(in memory: RememberedBodies, for key: RememberedBodies.Key) {
    guard hasNewPoints || bytes.count > earlier?.bytes.count ?? 0 else {
      if let earlier { memory.noteUse(of: earlier) }
      return
    }
    let kept = Array(points.suffix(EnforcementLimits.pointsOfBody))
    guard !kept.isEmpty else { return }
    memory.remember(RememberedBody(bytes, kept), for: key, insteadOf: isContinuation ? earlier : nil)
  }
}
