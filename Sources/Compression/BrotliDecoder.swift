internal import CBrotli

/// One brotli decoder; its window is at most 16 MiB (RFC 7932 §9.1), large windows are not read.
struct BrotliDecoder: ~Copyable {
  private let state: OpaquePointer

  init?() {
    guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
    self.state = state
  }

  deinit { BrotliDecoderDestroyInstance(state) }

  func decode(
    _ input: UnsafeRawBufferPointer, into buffer: UnsafeMutableRawBufferPointer, isAtEnd: inout Bool,
    _ accept: (UnsafeRawBufferPointer) -> Bool
  ) -> Decompressor.Outcome {
    guard !isAtEnd else { return .trailing }
    var left = input.count
    var next = input.bindMemory(to: UInt8.self).baseAddress
    while true {
      var room = buffer.count
      var out = buffer.bindMemory(to: UInt8.self).baseAddress
      let result = BrotliDecoderDecompressStream(state, &left, &next, &room, &out, nil)
      let produced = buffer.count - room
      if produced > 0, !accept(UnsafeRawBufferPointer(rebasing: buffer[..<produced])) { return .full }
      switch result {
      case BROTLI_DECODER_RESULT_SUCCESS:
        isAtEnd = true
        return left == 0 ? .more : .trailing
      case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: return .more
      case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: continue
      default: return .malformed
      }
    }
  }
}
