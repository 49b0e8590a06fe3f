internal import Glibc
internal import NIOCore
internal import NIOPosix

/// A file without a name that is written at one end and read at the other; one owner, one event loop.
///
/// Reads and writes happen on threads of the pool, one behind the other: a read sees all that was written before it.
final class SpoolFile {
  private let handle: Handle
  private let threads: NIOThreadPool
  private var written: Int = 0
  private var consumed: Int = 0
  private var sealed: Int = 0
  /// The end of what was asked for last. A failure fails all that comes behind it.
  private var last: EventLoopFuture<Void>?

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
    return inTurn(on: loop) { [handle] in try handle.write(bytes, at: offset) }
  }

  func read(on loop: any EventLoop) -> EventLoopFuture<ByteBuffer> {
    let offset = consumed
    let count = min(Self.readBytes, sealed - consumed)
    consumed += count
    return inTurn(on: loop) { [handle] in try handle.read(count, at: offset) }
  }

  /// The pool's threads keep no order among themselves.
  private func inTurn<Result: Sendable>(
    on loop: any EventLoop, _ body: @escaping @Sendable () throws -> Result
  ) -> EventLoopFuture<Result> {
    let before = last ?? loop.makeSucceededVoidFuture()
    let result = before.flatMap { [threads] in threads.runIfActive(eventLoop: loop, body) }
    last = result.map { _ in }
    return result
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
