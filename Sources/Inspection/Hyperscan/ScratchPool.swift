internal import CHyperscan
internal import Synchronization

/// The working memory of scans: one piece for each that runs at the same time, lent and given back.
final class ScratchPool: Sendable {
  // Safe: owned by the pool or by the one scan it is lent to, never by both.
  private struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  // Never scanned with: what others are cloned from.
  private let prototype: Handle?
  private let free = Mutex<[Handle]>([])

  init(for databases: [PatternDatabase]) throws(DetectorError) {
    var scratch: OpaquePointer?
    for database in databases {
      guard hs_alloc_scratch(database.handle, &scratch) == HS_SUCCESS else { throw Self.noMemory }
    }
    prototype = scratch.map { Handle(pointer: $0) }
  }

  deinit {
    if let prototype { hs_free_scratch(prototype.pointer) }
    for handle in free.withLock({ $0 }) { hs_free_scratch(handle.pointer) }
  }

  private static let noMemory = DetectorError(
    code: .engine, place: "this machine", sentence: "no memory for the matcher", remedy: "free memory and try again")

  /// Lends a piece for as long as one block is scanned: whoever waits for bytes has none.
  ///
  /// - Returns: false when memory is short, there is nothing to scan for, or the scan failed.
  func lend(to scan: (OpaquePointer) -> Bool) -> Bool {
    guard let scratch = take() else { return false }
    defer { free.withLock { $0.append(Handle(pointer: scratch)) } }
    return scan(scratch)
  }

  private func take() -> OpaquePointer? {
    if let handle = free.withLock({ $0.popLast() }) { return handle.pointer }
    var clone: OpaquePointer?
    guard let prototype, hs_clone_scratch(prototype.pointer, &clone) == HS_SUCCESS else { return nil }
    return clone
  }
}
