internal import CHyperscan

/// One pass of a database over one view's bytes, in order.
struct PatternStream: ~Copyable {
  /// What is looked for ends at an offset in the view.
  struct Hit {
    /// By the database's numbers.
    let lead: Int
    let end: Int
  }

  private let handle: OpaquePointer
  private let database: PatternDatabase

  /// - Returns: `nil` when memory is short.
  init?(_ database: PatternDatabase) {
    guard let handle = database.takeStream() else { return nil }
    self.handle = handle
    self.database = database
  }

  /// One that stands where the other does.
  init?(copying other: borrowing PatternStream) {
    var handle: OpaquePointer?
    guard hs_copy_stream(&handle, other.handle) == HS_SUCCESS, let handle else { return nil }
    self.handle = handle
    database = other.database
  }

  deinit { database.giveBack(handle) }

  /// Goes on over the next bytes.
  ///
  /// - Returns: false where the library failed, so that the bytes count as not seen.
  func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: OpaquePointer, _ hits: inout ContiguousArray<Hit>
  ) -> Bool {
    let text = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
    return withUnsafeMutablePointer(to: &hits) { hits in
      let result = hs_scan_stream(
        handle, text, UInt32(clamping: bytes.count), 0, scratch,
        { pattern, _, end, _, context in
          context?.assumingMemoryBound(to: ContiguousArray<Hit>.self).pointee
            .append(Hit(lead: Int(pattern), end: Int(end)))
          return 0
        }, hits)
      return result == HS_SUCCESS
    }
  }
}
