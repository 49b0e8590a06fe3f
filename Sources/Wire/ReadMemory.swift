package import NIOCore

/// What a connection reads into.
package enum ReadMemory {
  /// At most 32 KB at once, two records of TLS: each connection keeps this, and what it was decrypted into, which is twice
  /// as much.
  package static var allocator: any RecvByteBufferAllocator {
    AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: 32 * 1024)
  }
}
