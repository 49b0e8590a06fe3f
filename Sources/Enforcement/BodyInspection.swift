internal import Attribution
internal import Decoding
internal import Evidence
internal import Inspection

/// A body under inspection. What is byte for byte the beginning of one that was inspected before is only compared with it;
/// inspection goes on from where it stood then.
///
/// Whoever asks gets what inspecting every byte would have given.
struct BodyInspection: ~Copyable {
  private let inspectors: BodyInspectors
  private let key: RememberedBodies.Key
  private var state: BodyState?
  /// While all bytes are those of a body that was inspected.
  private var comparison: BodyComparison?
  /// Where the body is worth remembering.
  private var recording: BodyRecording?
  /// Those who go on from these points need not compare again what this body is found to hold of files.
  private var points: [AttributionPoint] = []
  /// Bytes that were compared and not looked at again.
  private(set) var resumedBytes = 0

  /// - Parameters:
  ///   - expectedBytes: what the sender says how long the body is.
  ///   - isRemembered: whether others may come that begin like it.
  init(_ inspectors: BodyInspectors, _ key: RememberedBodies.Key, expectedBytes: Int?, isRemembered: Bool) {
    self.inspectors = inspectors
    self.key = key
    let lengths = EnforcementLimits.leastRememberedBody...EnforcementLimits.longestRememberedBody
    guard isRemembered, expectedBytes.map({ lengths.contains($0) }) ?? true else { return }
    recording = BodyRecording(blockBytes: inspectors.limits.blockBytes, expectedBytes: expectedBytes)
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    guard recording != nil else { return begun().take(bytes) }
    if state == nil, comparison == nil { comparison = BodyComparison(inspectors.memory.bodies(for: key)) }
    guard comparison != nil else { return inspect(bytes) }
    let same = comparison?.goOn(bytes) ?? 0
    guard same < bytes.count else { return }
    endComparison()
    inspect(UnsafeRawBufferPointer(rebasing: bytes[same...]))
  }

  /// The body has all its bytes.
  mutating func end() {
    endComparison()
    let state = begun()
    if recording?.wantsPointAtEnd == true { recording?.add(state.point()) }
    if let recording, state.offset >= EnforcementLimits.leastRememberedBody {
      recording.keep(in: inspectors.memory, for: key)
      points = recording.attributionPoints
    }
    recording = nil
    state.end()
  }

  /// What has been found so far, as if the body ended here.
  mutating func findingsSoFar() -> Inspection.Inspected {
    endComparison()
    // What is looked at together depends on where somebody asked from now on.
    recording = nil
    return begun().findingsSoFar()
  }

  /// SHA-256 of the bytes so far.
  mutating func digest() -> [UInt8] {
    endComparison()
    return begun().bodyDigest
  }

  /// The lines of files in what came so far; `nil` where nobody wants to know.
  mutating func attribution() -> MessageAttribution? {
    endComparison()
    guard let attributor = begun().attributor else { return nil }
    let attribution = attributor.soFar()
    if !points.isEmpty { attributor.note(in: points) }
    return attribution
  }

  // MARK: Going on

  private mutating func begun() -> BodyState {
    if let state { return state }
    let state = inspectors.begin(key)
    self.state = state
    return state
  }

  /// Goes on from the last point in what was the same, with the bytes after it.
  private mutating func endComparison() {
    guard let comparison else { return }
    self.comparison = nil
    let (body, matched) = (comparison.body, comparison.matched)
    let place = comparison.place(every: inspectors.limits.blockBytes)
    let resumed = place.flatMap { BodyState(from: $0.point) }
    state = resumed ?? inspectors.begin(key)
    guard matched >= inspectors.limits.blockBytes else {
      recording?.plan()
      return body.bytes.forEachPiece(of: 0..<matched) { inspect($0) }
    }
    let offset = state?.offset ?? 0
    resumedBytes = offset
    recording?.begin(like: body, for: matched, from: resumed == nil ? nil : place)
    body.bytes.forEachPiece(of: offset..<matched) { feed($0) }
  }

  private mutating func inspect(_ bytes: UnsafeRawBufferPointer) {
    if state == nil { recording?.plan() }
    recording?.append(bytes)
    feed(bytes)
  }

  /// Hands on block by block, and makes points where they are wanted.
  private mutating func feed(_ bytes: UnsafeRawBufferPointer) {
    let state = begun()
    guard recording != nil else { return state.take(bytes) }
    let block = inspectors.limits.blockBytes
    var rest = bytes
    while !rest.isEmpty {
      let step = min(rest.count, block - state.offset % block)
      state.take(UnsafeRawBufferPointer(rebasing: rest[..<step]))
      rest = UnsafeRawBufferPointer(rebasing: rest[step...])
      guard state.offset % block == 0 else { continue }
      state.noteBlock()
      if recording?.wantsPoint(at: state.offset) == true { recording?.add(state.point()) }
    }
    if state.offset > EnforcementLimits.longestRememberedBody { recording = nil }
  }
}
