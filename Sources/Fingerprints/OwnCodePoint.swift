/// What a look for own code has made of the first bytes of a message, of which and of the indexes it is a function.
package struct OwnCodePoint: Sendable {
  let set: FingerprintSet
  let scans: [Int: OwnCodeViewScan]
  let found: FoundRuns

  /// What it takes in memory.
  package var heldBytes: Int {
    scans.values.reduce(found.runs.count * MemoryLayout<FoundRuns.FoundRun>.stride) { held, scan in
      held + scan.heldBytes
    }
  }
}
