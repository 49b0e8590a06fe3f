internal import Decoding

/// Where the scan of one view stands.
final class ViewScan {
  unowned let view: DecodedView
  var stream: PatternStream?
  var canaries: PatternStream?
  /// Hits that wait for bytes after them, in order.
  var pending: [PatternStream.Hit] = []
  /// For each pattern, the end of its last confirmed match: hits inside of it are the same thing.
  var confirmedEnd: [Int: Int] = [:]

  init(_ view: DecodedView, _ detectors: DetectorSet) {
    self.view = view
    stream = PatternStream(detectors.database)
    canaries = detectors.canaries.flatMap { PatternStream($0) }
  }
}
