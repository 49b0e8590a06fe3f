internal import CZstd

/// One zstd encoder.
struct ZstdEncoder: ~Copyable {
  private let state: OpaquePointer

  init?() {
    guard let state = ZSTD_createCStream() else { return nil }
    self.state = state
    ZSTD_initCStream(state, CompressionLimits.zstdLevel)
  }

  deinit { ZSTD_freeCStream(state) }

  func encode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into buffer: UnsafeMutableRawBufferPointer,
    _ sink: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    while true {
      var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
      let left = ZSTD_compressStream2(state, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
      guard ZSTD_isError(left) == 0 else { return false }
      if target.pos > 0 { sink(UnsafeRawBufferPointer(rebasing: buffer[..<target.pos])) }
      if isLast ? left == 0 : source.pos == source.size { return true }
    }
  }
}
