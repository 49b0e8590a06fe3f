internal import CBrotli
internal import CZlib
internal import CZstd

/// Puts one content coding on a stream of bytes.
package struct Compressor: ~Copyable {
  private let coding: ContentCoding
  private let buffer = OutputBuffer()
  private var engine: Engine

  enum Engine: ~Copyable {
    case identity
    case zlib(ZlibDeflater)
    case brotli(BrotliEncoder)
    case zstd(ZstdEncoder)
  }

  /// - Throws: ``CompressionError`` `.unavailable` when the library cannot start.
  package init(_ coding: ContentCoding) throws(CompressionError) {
    self.coding = coding
    switch coding {
    case .identity: engine = .identity
    case .gzip, .deflate:
      guard let deflater = ZlibDeflater(windowBits: coding == .gzip ? 15 + 16 : 15) else { throw .unavailable(coding) }
      engine = .zlib(deflater)
    case .br:
      guard let encoder = BrotliEncoder() else { throw .unavailable(coding) }
      engine = .brotli(encoder)
    case .zstd:
      guard let encoder = ZstdEncoder() else { throw .unavailable(coding) }
      engine = .zstd(encoder)
    }
  }

  /// The sink sees the compressed bytes in order, in pieces that live for the call.
  package mutating func compress(
    _ input: UnsafeRawBufferPointer, _ sink: (UnsafeRawBufferPointer) -> Void
  ) throws(CompressionError) {
    guard !input.isEmpty else { return }
    try run(input, isLast: false, sink)
  }

  /// Writes what was held back and the coding's end.
  package consuming func finish(_ sink: (UnsafeRawBufferPointer) -> Void) throws(CompressionError) {
    try run(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true, sink)
  }

  private mutating func run(
    _ input: UnsafeRawBufferPointer, isLast: Bool, _ sink: (UnsafeRawBufferPointer) -> Void
  ) throws(CompressionError) {
    var succeeded = true
    switch engine {
    case .identity: if !input.isEmpty { sink(input) }
    case .zlib(let deflater): deflater.deflate(input, isLast ? .finish : .none, into: buffer.bytes, sink)
    case .brotli(let encoder): succeeded = encoder.encode(input, isLast: isLast, into: buffer.bytes, sink)
    case .zstd(let encoder): succeeded = encoder.encode(input, isLast: isLast, into: buffer.bytes, sink)
    }
    guard succeeded else { throw .unavailable(coding) }
  }
}
