package import Evidence

extension RunDifference {
  /// A file on its way to one destination for one purpose.
  package struct Delivery: Sendable, Hashable, Comparable {
    package let path: String
    package let destination: Destination
    package let purpose: Purpose

    /// `src/parse.swift to api.anthropic.com (model)`
    var text: String { "\(path) to \(destination.shortText) (\(purpose.rawValue))" }

    package static func < (left: Delivery, right: Delivery) -> Bool {
      (left.path, left.destination.host, left.destination.port, left.purpose.rawValue)
        < (right.path, right.destination.host, right.destination.port, right.purpose.rawValue)
    }

    /// How much of each file went to whom.
    static func lines(of files: [RunReport.LeftFile]) -> [Delivery: String] {
      let deliveries = files.flatMap { file in
        file.destinations.map {
          (Delivery(path: file.path, destination: $0.destination, purpose: $0.purpose), $0.amount)
        }
      }
      return Dictionary(deliveries) { first, _ in first }
    }
  }
}

extension RunReport.LeftFile.Receiver {
  /// Lines that went to the same host for another purpose before are sent again by the first message.
  fileprivate var amount: String {
    lines > 0 ? lines.counted("line") : "\(repeatedLines.counted("line")) again"
  }
}
