internal import Confinement

/// Gives memory back while a run goes on: the most that it ever needed was needed for a moment.
enum MemoryReturn {
  /// Until its task is cancelled.
  static func repeatedly() async {
    do {
      try await Task.sleep(for: RunLimits.startedAfter)
      Heap.giveBackCode()
      while true {
        Heap.giveBack()
        try await Task.sleep(for: RunLimits.memoryReturnInterval)
      }
    } catch {
      // Cancelled: the run has ended.
    }
  }
}
