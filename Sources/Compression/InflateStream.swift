/// Decompresses WebSocket messages with `permessage-deflate` (RFC 7692 §7.2.2), a message in any chunks.
package struct InflateStream: ~Copyable {
  private let inflater: ZlibInflater
  private var isAtEnd = false
  private let keepsContext: Bool
  private let buffer = OutputBuffer()

  /// - Parameters:
  ///   - windowBits: what was negotiated as `…_max_window_bits`: 8...15; 15 reads them all.
  ///   - keepsContext: false where `…_no_context_takeover` was negotiated.
  package init(windowBits: Int = 15, keepsContext: Bool = true) throws(CompressionError) {
    guard (8...15).contains(windowBits), let inflater = ZlibInflater(windowBits: -Int32(windowBits)) else {
      throw .unavailable(.deflate)
    }
    self.inflater = inflater
    self.keepsContext = keepsContext
  }

  /// Decompresses a piece of a message's payload.
  ///
  /// - Parameter maximumOutput: bytes that this call may produce.
  package mutating func inflate(
    _ input: UnsafeRawBufferPointer, maximumOutput: Int, _ sink: (UnsafeRawBufferPointer) -> Void
  ) throws(CompressionError) {
    var room = maximumOutput
    var rest = input
    while !rest.isEmpty {
      // A sender may end a message with a final block (RFC 7692 §7.2.3.4); what follows is a new stream of blocks.
      if isAtEnd { inflater.reset() }
      isAtEnd = false
      let (step, used) = inflater.inflate(rest, into: buffer.bytes) { text in
        guard text.count <= room else { return false }
        room -= text.count
        sink(text)
        return true
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[used...])
      switch step {
      case .needsInput: break
      case .atEnd: isAtEnd = true
      case .malformed: throw .malformed(.deflate)
      case .full: throw .outputLimit(.deflate, maximumOutput)
      }
    }
  }

  /// Ends the message: gives back the tail that the sender took off, and forgets the window where that was agreed.
  package mutating func finishMessage(
    maximumOutput: Int, _ sink: (UnsafeRawBufferPointer) -> Void
  ) throws(CompressionError) {
    if !isAtEnd {
      // In memory: 00 00 ff ff.
      let tail = UInt32(littleEndian: 0xffff_0000)
      try withUnsafeBytes(of: tail) { bytes throws(CompressionError) in
        try inflate(bytes, maximumOutput: maximumOutput, sink)
      }
    }
    if !keepsContext || isAtEnd { inflater.reset() }
    isAtEnd = false
  }
}
