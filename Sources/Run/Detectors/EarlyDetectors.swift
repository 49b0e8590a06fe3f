internal import Inspection
internal import Presentation

/// Detectors that are read while settings are: of those kept, since nothing is written before the ledger is open.
struct EarlyDetectors: Sendable {
  private let source: DetectorSource
  private let reading: Task<DetectorSource.OfRun?, Never>

  /// - Returns: `nil` where something is not set as it must be, which settings tell.
  init?(_ options: RunOptions) {
    guard let state = try? StateDirectory.own(),
      let directories = try? CatalogSource.directories(extra: options.catalogDirectories)
    else { return nil }
    let source = DetectorSource(catalogDirectories: directories, state: state, terminal: .file)
    self.source = source
    reading = Task.detached { await source.keptOfRun() }
  }

  /// - Returns: `nil` where nothing is kept for this source.
  func value(for other: DetectorSource) async -> DetectorSource.OfRun? {
    await reading.value.flatMap { source.reads(as: other) ? $0 : nil }
  }
}
