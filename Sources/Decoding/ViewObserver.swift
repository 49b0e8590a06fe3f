/// Who looks at the views of a message.
package protocol ViewObserver: AnyObject {
  /// New bytes `range` of the view are in its window; each byte of it is announced once, in order.
  ///
  /// - Parameter isLast: the view ends with this range, which may be empty.
  /// - Returns: the lowest offset that the observer still needs in the window.
  func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int
}
