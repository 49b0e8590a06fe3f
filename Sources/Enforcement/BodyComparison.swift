internal import Attribution

/// Tells which of the remembered bodies a message begins like, as its bytes come.
struct BodyComparison {
  /// A body that may go on longer like the message than ``body``, and up to where it is known to be the same.
  private struct Candidate {
    let body: RememberedBody
    var known = 0
  }

  /// The one that the message began like for the longest.
  private(set) var body: RememberedBody
  /// Bytes of the message that are in ``body``.
  private(set) var matched = 0
  private var others: [Candidate]
  private let bodies: [RememberedBody]

  /// - Parameter bodies: the likeliest first.
  init?(_ bodies: [RememberedBody]) {
    guard let first = bodies.first else { return nil }
    body = first
    others = bodies.dropFirst().map { Candidate(body: $0) }
    self.bodies = bodies
  }

  /// Compares the next bytes.
  ///
  /// - Returns: how many of them there are in a remembered body, after those before.
  mutating func goOn(_ bytes: UnsafeRawBufferPointer) -> Int {
    var same = body.bytes.common(with: bytes, from: matched)
    while same < bytes.count, let more = changeBody(bytes, same) { same += more }
    matched += same
    return same
  }

  /// Goes over to the body that is the same up to here and goes on the longest.
  ///
  /// Each is looked at once: what differs does so for good, and what is the same is not compared again.
  ///
  /// - Returns: for how many bytes; `nil` where there is none.
  private mutating func changeBody(_ bytes: UnsafeRawBufferPointer, _ same: Int) -> Int? {
    let here = matched + same
    let rest = UnsafeRawBufferPointer(rebasing: bytes[same...])
    var best: (body: RememberedBody, more: Int)?
    var left: [Candidate] = []
    for var candidate in others {
      guard candidate.body.bytes.count > here, candidate.body.bytes[here] == rest[0],
        candidate.body.bytes.isSame(as: body.bytes, in: candidate.known..<here)
      else { continue }
      let more = candidate.body.bytes.common(with: rest, from: here)
      candidate.known = here + more
      if more > best?.more ?? 0 { best = (candidate.body, more) }
      if more == rest.count { left.append(candidate) }
    }
    others = left.filter { $0.body !== best?.body }
    guard let best else { return nil }
    body = best.body
    return best.more
  }

  /// The last place where inspection can go on, and the body that it is of.
  ///
  /// That need not be ``body``: who goes back to an earlier turn of a conversation and on from there begins like all of what
  /// came after it, of which inspection goes on only near its end.
  ///
  /// - Parameter blockBytes: there are places only behind so many bytes each.
  func place(every blockBytes: Int) -> (point: ResumablePoint, of: RememberedBody)? {
    let own = body.point(within: matched).map { (point: $0, of: body) }
    guard own?.point.offset ?? 0 < matched / blockBytes * blockBytes else { return own }
    return places(after: own?.point.offset ?? 0).first { place in
      place.of.bytes.beginsLike(body.bytes, for: place.point.offset)
    } ?? own
  }

  /// Those of other bodies, the last first.
  private func places(after offset: Int) -> [(point: ResumablePoint, of: RememberedBody)] {
    bodies.lazy.filter { $0 !== body }.flatMap { other in
      other.points.lazy.filter { offset < $0.offset && $0.offset <= matched && $0.isCurrent }.map { ($0, other) }
    }.sorted { $0.point.offset > $1.point.offset }
  }
}
