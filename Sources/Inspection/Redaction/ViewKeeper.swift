internal import Decoding

/// Keeps the views of a message, and looks at none of them.
final class ViewKeeper: ViewObserver {
  private(set) var views: [Int: DecodedView] = [:]

  func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
    views[view.id] = view
    return range.upperBound
  }
}
