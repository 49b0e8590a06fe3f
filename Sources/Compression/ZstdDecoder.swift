internal import CZstd

/// One zstd decoder; frames that ask for a larger window than ``CompressionLimits/zstdWindowLog`` are refused.
struct ZstdDecoder: ~Copyable {
  private let state: OpaquePointer

  init?() {
    guard let state = ZSTD_createDStream() else { return nil }
    self.state = state
    ZSTD_initDStream(state)
    ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax, CompressionLimits.zstdWindowLog)
  }

  deinit { ZSTD_freeDStream(state) }

  func decode(
    _ input: UnsafeRawBufferPointer, into buffer: UnsafeMutableRawBufferPointer, head: inout ZstdFrameHead,
    isAtEnd: inout Bool, frames: inout [Int], _ accept: (UnsafeRawBufferPointer) -> Bool
  ) -> Decompressor.Outcome {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    while true {
      var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
      let used = source.pos
      if isAtEnd, used < source.size { frames.append(used) }
      guard head.take(input[used...]) else { return .malformed }
      let result = ZSTD_decompressStream(state, &target, &source)
      guard ZSTD_isError(result) == 0 else { return .malformed }
      if target.pos > 0, !accept(UnsafeRawBufferPointer(rebasing: buffer[..<target.pos])) { return .full }
      // A call that neither read nor wrote says nothing about the frame: the last one that did stands.
      if source.pos > used || target.pos > 0 { isAtEnd = result == 0 }
      if isAtEnd { head = ZstdFrameHead() }
      if source.pos == source.size, target.pos < target.size { return .more }
    }
  }
}
