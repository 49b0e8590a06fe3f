internal import NIOCore
internal import Testing
internal import Wire

@Suite struct WebSocketFrameBoundaryTests {
  @Test("frames end where they end, however their bytes are cut", arguments: [0, 1, 125, 126, 65_535, 65_536, 70_000])
  func ends(_ length: Int) {
    let payload = ByteBuffer(repeating: 0x81, count: length)
    for key: UInt32? in [nil, 7] {
      let frame = WebSocketFrame.encode(.binary, payload, maskingKey: key)
      let count = frame.readableBytes
      for cut in Set([1, 2, 3, 5, 9, 13, count / 2, count - 1]) where cut > 0 && cut < count {
        var boundary = WebSocketFrameBoundary()
        var (first, rest) = (frame, frame)
        first.moveWriterIndex(to: cut)
        rest.moveReaderIndex(to: cut)
        rest.writeImmutableBuffer(frame)
        #expect(boundary.advance(over: first) == nil)
        #expect(!boundary.isBetweenFrames)
        #expect(boundary.advance(over: rest) == count - cut)
        #expect(boundary.isBetweenFrames)
        #expect(boundary.advance(over: frame) == nil, "nothing was under way")
      }
    }
  }
}
