internal import Glibc
internal import NIOCore
internal import NIOPosix

/// A file without a name that is written at one end and read at the other; one owner, one event loop.
///
/// Reads and writes happen on a thread of the pool; the owner never has two under way at once.
final class SpoolFile {
  private let handle: Handle
  private let threads: NIOThreadPool
  private var written: Int = 0
  private var consumed: Int = 0
  private var sealed: Int = 0

  private static let readBytes = 256 << 10

  init(descriptor: CInt, threads: NIOThreadPool) {
    handle = Handle(descriptor: descriptor)
    self.threads = threads
  }

  var isDrained: Bool { consumed == written }
  var hasSealed: Bool { consumed < sealed }

  func seal() { sealed = written }

  func append(_ bytes: ByteBuffer, on loop: any EventLoop) -> EventLoopFuture<Void> {
    let offset = written
    written += bytes.readableBytes
    return threads.runIfActive(eventLoop: loop) { [handle] in try handle.write(bytes, at: offset) }
  }

  func read(on loop: any EventLoop) -> EventLoopFuture<ByteBuffer> {
    let offset = consumed
    let count = min(Self.readBytes, sealed - consumed)
    consumed += count
    return threads.runIfActive(eventLoop: loop) { [handle] in try handle.read(count, at: offset) }
  }

  /// Closes the descriptor when the last operation has let go of it.
  private final class Handle: Sendable {
    let descriptor: CInt

    init(descriptor: CInt) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    func write(_ bytes: ByteBuffer, at offset: Int) throws {
      try bytes.withUnsafeReadableBytes { buffer in
        var done = 0
        while done < buffer.count {
          let count = pwrite(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
          guard count > 0 else { throw Self.failure("write") }
          done += count
        }
      }
    }

    func read(_ count: Int, at offset: Int) throws -> ByteBuffer {
      var bytes = ByteBuffer()
      var failed = false
      bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { buffer in
        var done = 0
        while done < count {
          let read = pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
          guard read > 0 else {
            failed = true
            break
          }
          done += read
        }
        return done
      }
      guard !failed else { throw Self.failure("read") }
      return bytes
    }

    private static func failure(_ verb: String) -> EgressError {
      EgressError(code: .spool, sentence: "cannot \(verb) a held body: \(String(cString: strerror(errno)))")
    }
  }
}
