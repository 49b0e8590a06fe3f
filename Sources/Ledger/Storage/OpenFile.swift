internal import Glibc

/// One open file of the ledger; closed when nobody holds it.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// For errors and the probe, relative to the ledger's directory.
  let name: String
  private let probe: StorageProbe?

  init(descriptor: Int32, name: String, probe: StorageProbe?) {
    self.descriptor = descriptor
    self.name = name
    self.probe = probe
  }

  deinit { close(descriptor) }

  /// Length in bytes, and whether the file still has a name.
  func status() throws(LedgerError) -> (size: Int, isLinked: Bool) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("look at", name, errno: errno) }
    return (Int(status.st_size), status.st_nlink > 0)
  }

  func isPlain() throws(LedgerError) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("look at", name, errno: errno) }
    return status.st_mode & S_IFMT == S_IFREG
  }

  /// The permission bits.
  func mode() throws(LedgerError) -> mode_t {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("look at", name, errno: errno) }
    return status.st_mode & 0o7777
  }

  /// At most `count` bytes from `offset`; fewer only at the file's end.
  func read(at offset: Int, count: Int) throws(LedgerError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let start = UnsafeMutableRawPointer(buffer.baseAddress).map { $0 + filled }
        let got = pread(descriptor, start, count - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    guard failure == 0 else { throw .system("read", name, errno: failure) }
    return bytes
  }

  /// Writes all bytes at `offset`. On an error some of them may have been written.
  func write(_ bytes: [UInt8], at offset: Int) throws(LedgerError) {
    if let number = probe?(.write(name, bytes: bytes.count)) { throw .system("write", name, errno: number) }
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let put = pwrite(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
        if put < 0, errno == EINTR { continue }
        guard put > 0 else {
          failure = put < 0 ? errno : EIO
          return
        }
        done += put
      }
    }
    guard failure == 0 else { throw .system("write", name, errno: failure) }
  }

  func truncate(to size: Int) throws(LedgerError) {
    if let number = probe?(.truncate(name)) { throw .system("truncate", name, errno: number) }
    while ftruncate(descriptor, off_t(size)) != 0 {
      guard errno == EINTR else { throw .system("truncate", name, errno: errno) }
    }
  }

  /// Forces the content to the disk.
  func sync() throws(LedgerError) {
    if let number = probe?(.sync(name)) { throw .system("sync", name, errno: number) }
    while fdatasync(descriptor) != 0 {
      guard errno == EINTR else { throw .system("sync", name, errno: errno) }
    }
  }

  /// Waits until no other process, and no other opening of the file in this one, holds the lock.
  func lock() throws(LedgerError) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw .system("lock", name, errno: errno) }
    }
  }

  /// - Returns: false where another holds it.
  func tryLock() throws(LedgerError) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      guard errno == EINTR else { throw .system("lock", name, errno: errno) }
    }
    return true
  }

  func unlock() {
    // Only a descriptor that is not open makes this fail; ours is.
    _ = flock(descriptor, LOCK_UN)
  }
}
