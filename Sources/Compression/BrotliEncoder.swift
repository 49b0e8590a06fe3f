internal import CBrotli

/// One brotli encoder.
struct BrotliEncoder: ~Copyable {
  private let state: OpaquePointer

  init?() {
    guard let state = BrotliEncoderCreateInstance(nil, nil, nil) else { return nil }
    self.state = state
    BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, CompressionLimits.brotliQuality)
    BrotliEncoderSetParameter(state, BROTLI_PARAM_LGWIN, CompressionLimits.brotliWindowLog)
  }

  deinit { BrotliEncoderDestroyInstance(state) }

  func encode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into buffer: UnsafeMutableRawBufferPointer,
    _ sink: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    var left = input.count
    var next = input.bindMemory(to: UInt8.self).baseAddress
    let operation = isLast ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS
    repeat {
      var room = buffer.count
      var out = buffer.bindMemory(to: UInt8.self).baseAddress
      guard BrotliEncoderCompressStream(state, operation, &left, &next, &room, &out, nil) != 0 else { return false }
      if room < buffer.count { sink(UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count - room)])) }
    } while left > 0 || BrotliEncoderHasMoreOutput(state) != 0
    return true
  }
}
