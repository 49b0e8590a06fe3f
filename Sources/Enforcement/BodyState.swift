internal import Attribution
internal import Crypto
internal import Inspection

/// What inspection makes of one body as its bytes come: what is found, which lines of files are in it, its digest.
final class BodyState {
  private var inspector: MessageInspector
  let attributor: MessageAttributor?
  private var digest: SHA256
  /// Of the bytes before ``blockStart``, once a block was whole: a copy costs more than the next bytes.
  private var blockDigest: SHA256?
  private(set) var offset: Int
  private var blockStart: Int
  private var hasEnded = false

  init(_ inspector: consuming MessageInspector, _ attributor: MessageAttributor?) {
    self.inspector = inspector
    self.attributor = attributor
    digest = SHA256()
    offset = 0
    blockStart = 0
  }

  /// Goes on from the point.
  ///
  /// - Returns: `nil` when memory is short.
  init?(from point: ResumablePoint) {
    let attributor = point.attribution.map { MessageAttributor(from: $0) }
    guard let inspector = MessageInspector(from: point.inspection, alongside: attributor) else { return nil }
    self.inspector = inspector
    self.attributor = attributor
    digest = point.digest
    blockDigest = digest
    offset = point.offset
    blockStart = offset
  }

  func take(_ bytes: UnsafeRawBufferPointer) {
    offset += bytes.count
    digest.update(bufferPointer: bytes)
    inspector.inspect(bytes)
  }

  /// What was taken so far ends with a whole block.
  func noteBlock() {
    blockDigest = digest
    blockStart = offset
  }

  /// Where it stood when the last block was whole.
  ///
  /// - Returns: `nil` where that cannot be kept.
  func point() -> ResumablePoint? {
    guard blockStart > 0, let blockDigest, let inspection = inspector.point(), inspection.offset == blockStart else {
      return nil
    }
    return ResumablePoint(inspection: inspection, attribution: attributor?.point(), digest: blockDigest)
  }

  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    inspector.end()
  }

  func findingsSoFar() -> Inspection.Inspected { inspector.findingsSoFar() }

  var bodyDigest: [UInt8] { digest.finalize().withUnsafeBytes { Array($0) } }
}
