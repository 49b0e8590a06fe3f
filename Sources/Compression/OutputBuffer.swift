/// The memory that a library writes its output to, a piece at a time.
struct OutputBuffer: ~Copyable {
  let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: CompressionLimits.outputBytes, alignment: 16)

  deinit { bytes.deallocate() }
}
