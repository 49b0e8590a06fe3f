internal import Glibc

/// What tells one content of a file from another without reading it.
package struct FileStamp: Hashable {
  private let device: UInt64
  private let file: UInt64
  private let size: Int64
  private let written: Int64
  private let changed: Int64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    file = UInt64(status.st_ino)
    size = Int64(status.st_size)
    written = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// Of what this name stands for now, a link itself; `nil` where there is nothing.
  package init?(_ name: String, in directory: Int32) {
    var status = stat()
    guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    self.init(status)
  }

  /// Whether each change from now on shows in a later stamp.
  ///
  /// Writing does so at once, but the kernel's clock for files has coarse ticks, and what is written through a mapping
  /// tells its time only when a page becomes dirty: until it was written back, further changes are silent.
  package func isSettled(after time: Duration) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let latest = Self.nanoseconds(now) - Int64(time.components.seconds) * 1_000_000_000
    return written <= latest && changed <= latest
  }

  /// All that it tells, for those who keep no stamps but hashes of them.
  package var bytes: [UInt8] {
    [device, file, UInt64(bitPattern: size), UInt64(bitPattern: written), UInt64(bitPattern: changed)].flatMap {
      number in (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    // A file's time is whatever its owner says; a sum that overflows settles nothing.
    let (seconds, isTooFar) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isTooFarStill) = seconds.addingReportingOverflow(Int64(time.tv_nsec))
    return isTooFar || isTooFarStill ? .max : sum
  }
}
