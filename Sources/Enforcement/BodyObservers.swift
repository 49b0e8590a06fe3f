internal import Attribution
internal import Decoding
internal import Fingerprints

/// Who looks at the views of a body besides the detectors.
final class BodyObservers: ViewObserver {
  let attributor: MessageAttributor?
  let ownCode: OwnCodeScanner?

  /// - Returns: `nil` where nobody does.
  init?(_ attributor: MessageAttributor?, _ ownCode: OwnCodeScanner?) {
    guard attributor != nil || ownCode != nil else { return nil }
    self.attributor = attributor
    self.ownCode = ownCode
  }

  func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
    let kept = attributor?.view(view, received: range, isLast: isLast) ?? range.upperBound
    return min(kept, ownCode?.view(view, received: range, isLast: isLast) ?? range.upperBound)
  }
}
