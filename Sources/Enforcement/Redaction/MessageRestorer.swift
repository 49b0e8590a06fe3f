package import Evidence
internal import Inspection

/// Puts values back into the messages that one destination sends over a connection that stays open.
package final class MessageRestorer {
  private let mapping: RedactionMapping
  private let destination: Destination
  private var restoring = AnswerRestoring(PlaceholderSet([]))

  package init(_ mapping: RedactionMapping, from destination: Destination) {
    self.mapping = mapping
    self.destination = destination
  }

  /// Placeholders that were replaced so far.
  package var restored: Int { restoring.restored }

  /// - Returns: the messages that may go on now, in their order; what came last may have to wait for the next.
  package func take(_ message: [UInt8], isText: Bool) -> [[UInt8]] {
    guard let placeholders = mapping.placeholders(from: destination) else { return [message] }
    restoring.placeholders = placeholders
    return restoring.take(message, json: isText ? 0..<message.count : nil)
  }

  /// Nothing more comes.
  package func finish() -> [[UInt8]] { restoring.finish() }
}
