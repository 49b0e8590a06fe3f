internal import CBrotli
internal import CZstd

/// Takes one content coding off a stream of bytes, in any chunks.
///
/// Several gzip members or zstd frames in a row are one text (RFC 1952 §2.2, RFC 8878 §3). Bytes after the end are an
/// error: what a receiver may or may not read must not pass unseen. No bytes at all are an empty text.
package struct Decompressor: ~Copyable {
  private let coding: ContentCoding
  private let buffer = OutputBuffer()
  private var engine: Engine
  private var hasInput = false
  private var isAtEnd = false
  /// Where in the bytes of the last call another gzip member or zstd frame of the same text began.
  package private(set) var memberStarts: [Int] = []
  /// Of `deflate`, while it is undecided.
  private var firstByte: UInt8?
  /// Of `zstd`.
  private var frameHead = ZstdFrameHead()

  enum Engine: ~Copyable {
    case identity
    /// `deflate`, before the two bytes that tell whether it is wrapped.
    case undecided
    case zlib(ZlibInflater)
    case brotli(BrotliDecoder)
    case zstd(ZstdDecoder)
  }

  /// - Throws: ``CompressionError`` `.unavailable` when the library cannot start.
  package init(_ coding: ContentCoding) throws(CompressionError) {
    self.coding = coding
    switch coding {
    case .identity: engine = .identity
    case .deflate: engine = .undecided
    case .gzip:
      guard let inflater = ZlibInflater(windowBits: 15 + 16) else { throw .unavailable(coding) }
      engine = .zlib(inflater)
    case .br:
      guard let decoder = BrotliDecoder() else { throw .unavailable(coding) }
      engine = .brotli(decoder)
    case .zstd:
      guard let decoder = ZstdDecoder() else { throw .unavailable(coding) }
      engine = .zstd(decoder)
    }
  }

  private init(copying other: borrowing Decompressor, _ engine: consuming Engine) {
    coding = other.coding
    self.engine = engine
    hasInput = other.hasInput
    isAtEnd = other.isAtEnd
    firstByte = other.firstByte
  }

  /// One that goes on from the same place.
  ///
  /// - Returns: `nil` for brotli and zstd, whose libraries cannot copy what is open, and when memory is short.
  package func copy() -> Decompressor? {
    switch engine {
    case .identity: return Decompressor(copying: self, .identity)
    case .undecided: return Decompressor(copying: self, .undecided)
    case .zlib(let inflater):
      guard let inflater = ZlibInflater(copying: inflater) else { return nil }
      return Decompressor(copying: self, .zlib(inflater))
    case .brotli: return nil
    case .zstd: return nil
    }
  }

  /// Whether the text has ended, so that a carver of unknown bytes can stop.
  package var hasEnded: Bool { isAtEnd }

  /// Decompresses a chunk; the sink sees the text in order, in pieces that live for the call.
  ///
  /// - Parameter maximumOutput: bytes that this call may produce.
  package mutating func decompress(
    _ input: UnsafeRawBufferPointer, maximumOutput: Int, _ sink: (UnsafeRawBufferPointer) -> Void
  ) throws(CompressionError) {
    guard !input.isEmpty else { return }
    hasInput = true
    memberStarts.removeAll(keepingCapacity: true)
    var room = maximumOutput
    let accept = { (text: UnsafeRawBufferPointer) -> Bool in
      guard text.count <= room else { return false }
      room -= text.count
      sink(text)
      return true
    }
    switch try run(input, accept) {
    case .more: break
    case .malformed: throw .malformed(coding)
    case .trailing: throw .trailingBytes(coding)
    case .full: throw .outputLimit(coding, maximumOutput)
    }
  }

  /// - Throws: ``CompressionError`` `.truncated` when the text has not ended.
  package consuming func finish() throws(CompressionError) {
    guard !hasInput || isAtEnd || coding == .identity else { throw .truncated(coding) }
  }

  enum Outcome { case more, malformed, trailing, full }

  private mutating func run(
    _ input: UnsafeRawBufferPointer, _ accept: (UnsafeRawBufferPointer) -> Bool
  ) throws(CompressionError) -> Outcome {
    switch engine {
    case .identity: return accept(input) ? .more : .full
    case .zlib(let inflater):
      return Self.inflate(
        inflater, coding, input, into: buffer.bytes, isAtEnd: &isAtEnd, members: &memberStarts, accept)
    case .brotli(let decoder): return decoder.decode(input, into: buffer.bytes, isAtEnd: &isAtEnd, accept)
    case .zstd(let decoder):
      return decoder.decode(
        input, into: buffer.bytes, head: &frameHead, isAtEnd: &isAtEnd, frames: &memberStarts, accept)
    case .undecided: break
    }
    return try decide(input, accept)
  }

  /// A zlib header is a multiple of 31 with method 8 (RFC 1950 §2.2); anything else is bare deflate.
  private mutating func decide(
    _ input: UnsafeRawBufferPointer, _ accept: (UnsafeRawBufferPointer) -> Bool
  ) throws(CompressionError) -> Outcome {
    let first = firstByte
    guard first != nil || input.count > 1 else {
      firstByte = input[0]
      return .more
    }
    let header = (first ?? input[0], first == nil ? input[1] : input[0])
    let isWrapped = header.0 & 0x0f == 8 && (Int(header.0) << 8 | Int(header.1)) % 31 == 0
    guard let inflater = ZlibInflater(windowBits: isWrapped ? 15 : -15) else { throw .unavailable(coding) }
    engine = .zlib(inflater)
    guard let first else { return try run(input, accept) }
    let outcome = try withUnsafeBytes(of: first) { byte throws(CompressionError) in try run(byte, accept) }
    guard case .more = outcome else { return outcome }
    return try run(input, accept)
  }

  private static func inflate(
    _ inflater: borrowing ZlibInflater, _ coding: ContentCoding, _ input: UnsafeRawBufferPointer,
    into buffer: UnsafeMutableRawBufferPointer, isAtEnd: inout Bool, members: inout [Int],
    _ accept: (UnsafeRawBufferPointer) -> Bool
  ) -> Outcome {
    var rest = input
    while !rest.isEmpty {
      if isAtEnd {
        guard coding == .gzip else { return .trailing }
        inflater.reset()
        isAtEnd = false
        members.append(input.count - rest.count)
      }
      let (step, used) = inflater.inflate(rest, into: buffer, accept)
      rest = UnsafeRawBufferPointer(rebasing: rest[used...])
      switch step {
      case .needsInput: break
      case .atEnd: isAtEnd = true
      case .malformed: return .malformed
      case .full: return .full
      }
    }
    return .more
  }
}
