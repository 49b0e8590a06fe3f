internal import Attribution
internal import Crypto
internal import Evidence
internal import Fingerprints
internal import Inspection

/// What inspection makes of one body as its bytes come: what is found, which lines of files are in it, which code of the
/// organisation's own, its digest.
final class BodyState {
  private var inspector: MessageInspector
  private let observers: BodyObservers?
  private var digest: SHA256
  /// Of the bytes before ``blockStart``, once a block was whole: a copy costs more than the next bytes.
  private var blockDigest: SHA256?
  private(set) var offset: Int
  private var blockStart: Int
  private var hasEnded = false

  var attributor: MessageAttributor? { observers?.attributor }

  init(_ inspector: consuming MessageInspector, _ observers: BodyObservers?) {
    self.inspector = inspector
    self.observers = observers
    digest = SHA256()
    offset = 0
    blockStart = 0
  }

  /// Goes on from the point.
  ///
  /// - Returns: `nil` when memory is short.
  init?(from point: ResumablePoint) {
    let observers = BodyObservers(
      point.attribution.map { MessageAttributor(from: $0) }, point.ownCode.map { OwnCodeScanner(from: $0) })
    guard let inspector = MessageInspector(from: point.inspection, alongside: observers) else { return nil }
    self.inspector = inspector
    self.observers = observers
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
    return ResumablePoint(
      inspection: inspection, attribution: attributor?.point(), ownCode: observers?.ownCode?.point(),
      digest: blockDigest)
  }

  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    inspector.end()
  }

  func findingsSoFar() -> Inspection.Inspected {
    observers?.ownCode?.beginAgain()
    return inspector.findingsSoFar().with(observers?.ownCode?.findingsSoFar(in: .body) ?? [])
  }

  var bodyDigest: [UInt8] { digest.finalize().withUnsafeBytes { Array($0) } }
}
