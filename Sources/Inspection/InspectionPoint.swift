internal import Decoding
internal import Evidence

/// Where the inspection of a message stands after its first ``offset`` bytes, of which it is a function, with what the
/// sender says about the body, the limits and the detectors.
///
/// Any number of messages on any threads may go on from it.
package final class InspectionPoint: @unchecked Sendable {
  // Sendable since nothing of it changes once it is made: it is only copied.
  let scanner: MessageScanner
  let tree: DecodingTree
  let place: Finding.Place

  init(_ scanner: MessageScanner, _ tree: DecodingTree, _ place: Finding.Place) {
    self.scanner = scanner
    self.tree = tree
    self.place = place
  }

  /// Bytes of the message before it.
  package var offset: Int { tree.receivedBytes }
  /// What it takes in memory.
  package var heldBytes: Int { tree.heldBytes + scanner.heldBytes }
}
