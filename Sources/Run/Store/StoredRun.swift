package import Evidence
package import Presentation

/// One run in the store, with what could be read of it.
package struct StoredRun: Sendable {
  package let id: RunID
  /// Its own directory.
  package let directory: String
  private let touched: Timestamp
  /// `nil` where there is none, or it cannot be read.
  package internal(set) var card: RunCard?
  /// Why the card cannot be read.
  package internal(set) var problem: RunError?
  package internal(set) var hasReport = false
  /// Whether its process lives.
  package internal(set) var isUnderWay = false

  init(id: RunID, directory: String, touched: Timestamp) {
    self.id = id
    self.directory = directory
    self.touched = touched
  }

  /// By its directory's time where no card tells it.
  package var began: Timestamp { card?.started ?? touched }

  package var reportPath: String { "\(directory)/\(RunStore.reportName)" }
}
