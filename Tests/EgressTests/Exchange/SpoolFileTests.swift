internal import NIOCore
internal import NIOPosix
internal import Testing

@testable internal import Egress

/// Bodies that wait on disk.
@Suite(.serialized, .timeLimit(.minutes(1))) struct SpoolFileTests {
  @Test("what is read right behind its writing is what was written, however many threads there are")
  func order() async throws {
    let directory = try ScratchDirectory()
    let spool = SpoolDirectory(path: directory.path, threads: .singleton)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    for round in 0..<50 {
      let piece = ByteBuffer(repeating: UInt8(truncatingIfNeeded: round + 1), count: 2 << 20)
      let first = try await loop.flatSubmit { () -> EventLoopFuture<ByteBuffer> in
        loop.makeCompletedFuture {
          let file = try spool.open()
          _ = file.append(piece, on: loop)
          _ = file.append(piece, on: loop)
          file.seal()
          return file.read(on: loop)
        }.flatMap { (read: EventLoopFuture<ByteBuffer>) in read }
      }.get()
      #expect(first.readableBytesView.allSatisfy { $0 == UInt8(truncatingIfNeeded: round + 1) })
    }
  }

  @Test("a directory that takes no file says so")
  func missing() throws {
    let spool = SpoolDirectory(path: "/nowhere/at/all", threads: .singleton)
    let error = #expect(throws: EgressError.self) { try spool.open() }
    #expect(error?.code == .spool)
  }
}
