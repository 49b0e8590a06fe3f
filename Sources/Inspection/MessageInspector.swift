package import Decoding
package import Evidence

/// Looks for what detectors know in one message, as its bytes arrive, whatever encodings it comes in.
///
/// Whatever the chunks, the findings are the same. Not for use by several threads at once.
package struct MessageInspector: ~Copyable {
  private let scanner: MessageScanner
  private let tree: DecodingTree
  private let place: Finding.Place
  private var hasEnded = false

  /// - Parameters:
  ///   - expectedBytes: a hint for memory.
  ///   - observer: is told of every view as well, and must not use ``DecodedView/attachment``.
  package init(
    _ detectors: DetectorSet, content: ContentDescription = .none, place: Finding.Place,
    limits: DecodingLimits = .standard, expectedBytes: Int = 32 * 1024, alongside observer: (any ViewObserver)? = nil
  ) {
    scanner = MessageScanner(detectors, alongside: observer)
    tree = DecodingTree(content, limits: limits, expected: expectedBytes, observer: scanner)
    self.place = place
  }

  /// Goes on from the point: as if the bytes before it had been inspected once more.
  ///
  /// - Returns: `nil` when memory is short.
  package init?(from point: InspectionPoint, alongside observer: (any ViewObserver)? = nil) {
    guard let copy = point.scanner.copy(of: point.tree, alongside: observer) else { return nil }
    (scanner, tree) = copy
    place = point.place
  }

  /// Where inspection stood when the last block was whole, for other messages that begin with the same bytes.
  ///
  /// - Returns: `nil` where that cannot be kept: once somebody has asked for what was found so far, within a text
  ///   compressed with brotli or zstd, and where it would take too much memory.
  package func point() -> InspectionPoint? {
    guard !hasEnded, let copy = scanner.copy(of: tree) else { return nil }
    return InspectionPoint(copy.scanner, copy.tree, place)
  }

  /// Looks at the next bytes; after the end there are none, and what comes then is not counted as inspected.
  package mutating func inspect(_ bytes: UnsafeRawBufferPointer) {
    if !hasEnded { tree.receive(bytes) }
  }

  /// The message is complete: an encoding that is open ends here, and one that must not end here is on record.
  package mutating func end() {
    hasEnded = true
    tree.finish()
  }

  /// The message is complete.
  package consuming func finish() -> Inspected {
    end()
    return report(scanner.seen)
  }

  /// What has been found so far, as if the message ended here: for streams of bytes whose pieces are let go one by one.
  /// After ``end()`` it is all there is.
  ///
  /// Looks at every byte received. A secret whose first half has already been let go is found with its second.
  package mutating func findingsSoFar() -> Inspected {
    guard !hasEnded else { return report(scanner.seen) }
    scanner.beginAgain()
    tree.flush()
    return report(scanner.seenIfEnded())
  }

  /// Of ``findingsSoFar()``, what stays found whatever comes: the bytes after it are there, or none are asked for.
  package var findingsForCertain: Inspected { report(scanner.seen) }

  private func report(_ seen: Seen) -> Inspected {
    let tables = SightedTable.distinct(seen.tables).map { table in
      table.finding(place, fingerprint: scanner.detectors.fingerprint(of: "\(table.table.hash)".utf8))
    }
    return Inspected(
      findings: FindingReport.findings(seen, tables, tree.issues, receivedBytes: tree.receivedBytes, place: place),
      inspectedBytes: tree.receivedBytes)
  }
}
