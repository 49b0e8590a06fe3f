internal import Crypto
internal import Evidence
internal import Glibc

/// The fingerprints of one root, as they lie on the disk: mapped into memory, sealed with the installation's key.
///
/// `SPFPIDX3`, the length of the head, the head as JSON, a record for each file, a table for each kind, and HMAC-SHA-256
/// of all of it.
package final class FingerprintIndex: @unchecked Sendable {
  // Sound: the memory is only read, and goes with the index.
  private let memory: UnsafeRawBufferPointer
  private let isMapped: Bool
  package let root: IndexedRoot
  private let tables: [FingerprintTable]
  private let filesOffset: Int
  let fileCount: Int

  private static let magic = Array("SPFPIDX3".utf8)
  private static let sealBytes = 32

  private init(_ memory: UnsafeRawBufferPointer, isMapped: Bool, _ parts: Parts) {
    self.memory = memory
    self.isMapped = isMapped
    (root, tables, filesOffset, fileCount) = (parts.root, parts.tables, parts.files, parts.fileCount)
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count)
    } else {
      memory.deallocate()
    }
  }

  func table(_ kind: GramKind) -> FingerprintTable { tables[Int(kind.rawValue)] }

  /// - Precondition: less than ``fileCount``.
  func file(_ index: Int) -> IndexedFile {
    IndexedFile(memory, at: filesOffset + index * IndexedFile.storedBytes)
  }

  package func count(_ kind: GramKind) -> Int { table(kind).count }
}

// MARK: - Reading

extension FingerprintIndex {
  private struct Parts {
    let root: IndexedRoot
    let tables: [FingerprintTable]
    let files: Int
    let fileCount: Int
  }

  /// - Throws: ``FingerprintError`` with `.missing` where there is no file, `.damaged` where it is no index that this
  ///   installation made, as it made it.
  package static func open(_ path: String, key: FingerprintKey) throws(FingerprintError) -> FingerprintIndex {
    let memory = try map(path)
    guard isSealed(memory, key), let parts = parts(of: memory) else {
      defer { munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count) }
      throw isOfOtherVersion(memory) ? otherVersion(path, olderRoot(memory, key)) : damaged(path)
    }
    return FingerprintIndex(memory, isMapped: true, parts)
  }

  /// What an index says of itself that another version made, so that the next one can be made of the same.
  ///
  /// - Returns: `nil` where it is none, or not as this installation made it.
  static func olderRoot(_ path: String, key: FingerprintKey) -> IndexedRoot? {
    guard let memory = try? map(path) else { return nil }
    defer { munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count) }
    return olderRoot(memory, key)
  }

  private static func olderRoot(_ memory: UnsafeRawBufferPointer, _ key: FingerprintKey) -> IndexedRoot? {
    guard isOfOtherVersion(memory), isSealed(memory, key) else { return nil }
    return head(of: UnsafeRawBufferPointer(rebasing: memory.dropLast(sealBytes)))?.root
  }

  private static func map(_ path: String) throws(FingerprintError) -> UnsafeRawBufferPointer {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .missing(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .missing(path, errno) }
    let size = Int(status.st_size)
    guard status.st_mode & S_IFMT == S_IFREG, size > 0, size <= FingerprintLimits.indexBytes else {
      throw damaged(path)
    }
    // Files here are replaced and never changed, so that what is mapped stays.
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw .missing(path, errno)
    }
    return UnsafeRawBufferPointer(start: address, count: size)
  }

  /// An index out of bytes, whose seal is not looked at: what a damaged one that was sealed would do.
  static func unsealed(_ bytes: [UInt8]) -> FingerprintIndex? {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 8)
    memory.copyBytes(from: bytes)
    let read = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<bytes.count])
    guard let parts = parts(of: read) else {
      memory.deallocate()
      return nil
    }
    return FingerprintIndex(UnsafeRawBufferPointer(memory), isMapped: false, parts)
  }

  private static func damaged(_ path: String) -> FingerprintError {
    FingerprintError(
      .damaged, at: path, "is damaged, or was made with another key, and is not used.",
      remedy: "Run sallyport index again on the code that it was made of, or remove the file.")
  }

  private static func isOfOtherVersion(_ memory: UnsafeRawBufferPointer) -> Bool {
    let (name, version) = (magic.dropLast(), memory.prefix(magic.count).last)
    return memory.count >= magic.count && memory.prefix(name.count).elementsEqual(name) && version != magic.last
      && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(version ?? 0)
  }

  private static func otherVersion(_ path: String, _ root: IndexedRoot?) -> FingerprintError {
    FingerprintError(
      .damaged, at: path, "was made by another version of Sallyport, which kept other fingerprints, and is not used.",
      remedy: root.map { root in
        "Run sallyport index \(root.path) again, which knows its name and public code, or remove the file."
      } ?? "Run sallyport index again on that code, with the --name and --public of then, or remove the file.")
  }

  private static func isSealed(_ memory: UnsafeRawBufferPointer, _ key: FingerprintKey) -> Bool {
    guard memory.count > sealBytes else { return false }
    let body = UnsafeRawBufferPointer(rebasing: memory[..<(memory.count - sealBytes)])
    let seal = UnsafeRawBufferPointer(rebasing: memory[(memory.count - sealBytes)...])
    return key.seal.withValue { HMAC<SHA256>.isValidAuthenticationCode(seal, authenticating: body, using: $0) }
  }

  private static func parts(of memory: UnsafeRawBufferPointer) -> Parts? {
    guard memory.count >= magic.count + 8 + sealBytes, memory.prefix(magic.count).elementsEqual(magic) else {
      return nil
    }
    let body = UnsafeRawBufferPointer(rebasing: memory[..<(memory.count - sealBytes)])
    guard let (root, count, files) = head(of: body), count * IndexedFile.storedBytes <= body.count - files else {
      return nil
    }
    var offset = files + count * IndexedFile.storedBytes
    var tables: [FingerprintTable] = []
    for _ in GramKind.allCases {
      guard let table = FingerprintTable(body, at: &offset) else { return nil }
      tables.append(table)
    }
    guard offset == body.count else { return nil }
    return Parts(root: root, tables: tables, files: files, fileCount: count)
  }

  /// What an index of any version begins with: what it says of itself, how many files it has, and where their records begin.
  private static func head(
    of body: UnsafeRawBufferPointer
  ) -> (root: IndexedRoot, files: Int, end: Int)? {
    let start = magic.count + 8
    guard body.count >= start else { return nil }
    let length = Int(body.loadUnaligned(fromByteOffset: magic.count, as: UInt32.self).littleEndian)
    let count = Int(body.loadUnaligned(fromByteOffset: magic.count + 4, as: UInt32.self).littleEndian)
    guard length <= FingerprintLimits.headBytes, length <= body.count - start, count <= FingerprintLimits.files,
      let value = try? JSONParser.parse(Array(body[start..<start + length])), let root = IndexedRoot(stored: value)
    else { return nil }
    return (root, count, start + length)
  }
}

// MARK: - Writing

extension FingerprintIndex {
  /// The bytes of an index.
  ///
  /// - Parameters:
  ///   - entries: by kind, settled.
  ///   - fingerprints: of one kind, at most.
  ///   - size: in bytes, at most.
  /// - Throws: ``FingerprintError`` with `.tooLarge` for what could not be read again.
  static func bytes(
    of root: IndexedRoot, _ files: [IndexedFile], _ entries: [[FingerprintEntry]], key: FingerprintKey,
    atMost fingerprints: Int = FingerprintLimits.fingerprints, _ size: Int = FingerprintLimits.indexBytes
  ) throws(FingerprintError) -> [UInt8] {
    // A head holds paths and counts only, all of which JSON can say.
    let head = (try? CanonicalJSON.encode(root.stored)) ?? []
    let tables = GramKind.allCases.map { kind in
      FingerprintTable.byteCount(kind, entries[Int(kind.rawValue)].count, fileCount: files.count)
    }
    let whole = magic.count + 8 + head.count + files.count * IndexedFile.storedBytes + tables.reduce(0, +) + sealBytes
    guard head.count <= FingerprintLimits.headBytes, entries.allSatisfy({ $0.count <= fingerprints }), whole <= size
    else { throw .tooLarge(root.path) }
    var bytes = magic
    bytes.reserveCapacity(whole)
    for number in [head.count, files.count] {
      for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }
    bytes += head
    for file in files { bytes += file.stored }
    for kind in GramKind.allCases {
      bytes += FingerprintTable.bytes(kind, of: entries[Int(kind.rawValue)], fileCount: files.count)
    }
    return sealed(bytes, key)
  }

  static func sealed(_ bytes: [UInt8], _ key: FingerprintKey) -> [UInt8] {
    bytes + key.seal.withValue { Array(HMAC<SHA256>.authenticationCode(for: bytes, using: $0)) }
  }

  /// Writes beside and renames, so that everybody sees the old index or the new one.
  ///
  /// - Throws: ``FingerprintError`` with `.state`.
  static func write(_ bytes: [UInt8], to path: String) throws(FingerprintError) {
    let draft = path + ".\(getpid()).new"
    let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .state(path, errno) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      done += count
    }
    let problem = errno
    guard done == bytes.count, fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else {
      unlink(draft)
      throw .state(path, problem)
    }
  }
}
