internal import Attribution
internal import Glibc

/// An index that is being made.
struct IndexDraft {
  private(set) var files: [IndexedFile] = []
  /// By kind.
  var entries: [[FingerprintEntry]] = [[], []]
  private(set) var leftOut: [IndexedRoot.LeftOut: Int] = [:]
  private(set) var progress = RootIndexing.Progress()
  /// Files of the previous index that are as they were.
  private(set) var reused = 0

  private let key: FingerprintKey
  private let previous: FingerprintIndex?
  /// Files of the previous index by the hashes of their paths.
  private var known: [UInt64: UInt32] = [:]
  /// For each file of the previous index, its number in this one; the last number for those that are not in it.
  private var numbers: [UInt32] = []
  private let block = GramBlock()
  private let reading = ReadingPlace()

  /// Holds what cannot be copied.
  private final class ReadingPlace {
    var files = FileReading()
  }

  private let settled: Duration

  init(_ previous: FingerprintIndex?, _ key: FingerprintKey, settled: Duration) {
    self.settled = settled
    self.key = key
    self.previous = previous
    guard let previous else { return }
    numbers = Array(repeating: FingerprintTable.common, count: previous.fileCount)
    known.reserveCapacity(previous.fileCount)
    for number in 0..<previous.fileCount { known[previous.file(number).path] = UInt32(number) }
  }

  /// Takes in a file, without reading it where it is as it was.
  mutating func take(
    _ name: String, in folder: TreeWalk.Folder, _ tell: (RootIndexing.Progress) -> Void
  ) throws(FingerprintError) {
    if OtherPeoplesFiles.isLicence(name) { return leave(.licence) }
    if OtherPeoplesFiles.isGenerated(name) { return leave(.generated) }
    guard let stamp = FileStamp(name, in: folder.descriptor) else { return leave(.unreadable) }
    let path = key.number(of: Array((folder.prefix + name).utf8))
    let number = stamp.isSettled(after: settled) ? key.number(of: stamp.bytes) : 0
    if let old = known[path], let file = previous?.file(Int(old)), file.stamp == number, number != 0 {
      numbers[Int(old)] = UInt32(files.count)
      reused += 1
      try add(file)
    } else {
      try read(name, in: folder.descriptor, path, number)
    }
    if progress.files & 63 == 0 { tell(progress) }
  }

  private mutating func read(
    _ name: String, in folder: Int32, _ path: UInt64, _ stamp: UInt64
  ) throws(FingerprintError) {
    switch reading.files.read(name, in: folder) {
    case .text(let text, _):
      progress.read += 1
      if OtherPeoplesFiles.isGenerated(text) { return leave(.generated) }
      let fingerprints = FileFingerprints(text, key, block)
      let file = UInt32(files.count)
      try add(IndexedFile(path: path, stamp: stamp, bytes: text.count, lines: fingerprints.lines))
      for span in fingerprints.kept[Int(GramKind.characters.rawValue)] {
        entries[Int(GramKind.characters.rawValue)].append(FingerprintEntry(span.hash, in: file))
      }
      // The first places of each: of what a file repeats, fingerprints side by side are kept of the same times.
      var places: [UInt32: Int] = [:]
      for span in fingerprints.kept[Int(GramKind.tokens.rawValue)] {
        places[span.hash, default: 0] += 1
        guard places[span.hash, default: 0] <= FingerprintLimits.placesOfOne else { continue }
        let place = UInt8(truncatingIfNeeded: span.position)
        entries[Int(GramKind.tokens.rawValue)].append(FingerprintEntry(span.hash, in: file, at: place))
      }
    case .refused(.binary): leave(.binary)
    case .refused(.tooLarge): leave(.tooLarge)
    case .refused: leave(.unreadable)
    // Gone since its folder was listed.
    case .gone: break
    }
  }

  private mutating func add(_ file: IndexedFile) throws(FingerprintError) {
    guard files.count < FingerprintLimits.files else {
      throw FingerprintError(
        .tooLarge, at: "the index", "would have more than \(FingerprintLimits.files) files.",
        remedy: "Index its parts one by one.")
    }
    files.append(file)
    progress.files += 1
    progress.bytes += Int(file.bytes)
  }

  private mutating func leave(_ reason: IndexedRoot.LeftOut) { leftOut[reason, default: 0] += 1 }

  /// All files were taken in: adds what the previous index has of those that were not read.
  mutating func settle() {
    for kind in GramKind.allCases {
      previous?.table(kind).forEach { entry in
        if entry.file == FingerprintTable.common {
          entries[Int(kind.rawValue)].append(entry)
        } else if Int(entry.file) < numbers.count, numbers[Int(entry.file)] != FingerprintTable.common {
          entries[Int(kind.rawValue)].append(
            FingerprintEntry(entry.hash, in: numbers[Int(entry.file)], at: entry.place))
        }
      }
      entries[Int(kind.rawValue)] = entries[Int(kind.rawValue)].settled()
    }
  }
}
