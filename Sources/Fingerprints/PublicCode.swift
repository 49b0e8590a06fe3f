internal import Attribution
internal import Glibc

/// Code that everybody has: what an index has in common with it says nothing.
struct PublicCode {
  private let paths: [String]
  private let key: FingerprintKey

  /// Debian's copies of the licences, where they are.
  private static let licences = "/usr/share/common-licenses"

  init(_ paths: [String], _ key: FingerprintKey) {
    var status = stat()
    let hasLicences = stat(Self.licences, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    self.paths = paths + (hasLicences ? [Self.licences] : [])
    self.key = key
  }

  /// A number that changes when any of the files does.
  ///
  /// - Throws: ``FingerprintError`` with `.missing`.
  func stamp() throws(FingerprintError) -> UInt64 {
    var bytes: [UInt8] = []
    var sum: UInt64 = 0
    for path in paths {
      bytes += Array(path.utf8) + [0]
      var walk = TreeWalk(path, isPublic: true)
      try walk.forEachFolder { folder throws(FingerprintError) in
        for file in folder.files {
          guard let stamp = FileStamp(file, in: folder.descriptor) else { continue }
          sum = sum &* 31 &+ key.number(of: stamp.bytes)
        }
      }
    }
    return key.number(of: bytes + (0..<8).map { UInt8(truncatingIfNeeded: sum >> UInt64(8 * $0)) })
  }

  /// Takes out what public code has, too.
  ///
  /// - Parameter entries: by kind, in order.
  /// - Throws: ``FingerprintError`` with `.missing`.
  func subtract(from entries: inout [[FingerprintEntry]]) throws(FingerprintError) {
    let tables = GramKind.allCases.map { kind in
      let hashes = entries[Int(kind.rawValue)].map { FingerprintEntry($0.hash, in: 0) }
      let bytes = FingerprintTable.bytes(kind, of: hashes.settled(), fileCount: 1)
      return UnsafeRawBufferPointer(Self.copy(bytes))
    }
    defer { for table in tables { table.deallocate() } }
    let search = tables.compactMap { bytes in
      var offset = 0
      return FingerprintTable(bytes, at: &offset)
    }
    guard search.count == entries.count else { return }
    let seen = try seen(in: search)
    for kind in GramKind.allCases {
      entries[Int(kind.rawValue)].removeAll { seen[Int(kind.rawValue)].contains($0.hash) }
    }
  }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    memory.copyBytes(from: bytes)
    return memory
  }

  /// Fingerprints of the tables, by kind, that public code has.
  private func seen(in tables: [FingerprintTable]) throws(FingerprintError) -> [Set<UInt32>] {
    let filters = tables.map { HashFilter([$0]) }
    let block = GramBlock()
    var seen: [Set<UInt32>] = [[], []]
    var reading = FileReading()
    let kept = UnsafeMutablePointer<Int32>.allocate(capacity: GramBlock.capacity)
    defer { kept.deallocate() }
    func look(_ kind: GramKind, _ block: GramBlock) {
      let number = Int(kind.rawValue)
      for place in 0..<filters[number].sift(block, into: kept) {
        let hash = block.hashes[Int(kept[place])]
        if !tables[number].entries(of: hash).isEmpty { seen[number].insert(hash) }
      }
    }
    func look(_ text: UnsafeBufferPointer<UInt8>) {
      var grams = TextGrams()
      grams.read(text, key, block) { kind, _, block, _ in look(kind, block) }
      grams.finish(key, block) { kind, _, block, _ in look(kind, block) }
    }
    for text in EverybodysText.texts { text.withUnsafeBufferPointer { look($0) } }
    for path in paths {
      var walk = TreeWalk(path, isPublic: true)
      try walk.forEachFolder { folder throws(FingerprintError) in
        for file in folder.files {
          guard case .text(let text, _) = reading.read(file, in: folder.descriptor) else { continue }
          look(text.bindMemory(to: UInt8.self))
        }
      }
    }
    return seen
  }
}
