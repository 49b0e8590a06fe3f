internal import CLinux

/// Descriptors 0 to 2, which are open in every program of ours.
package enum StandardStream {
  /// Whether whoever started this program had closed it: then what is read from it is not an empty text that was piped
  /// in, and what is written to it reaches nobody.
  ///
  /// - Parameter number: 0 for input, 1 for output, 2 for errors.
  package static func wasClosed(_ number: CInt) -> Bool { cl_standard_stream_was_closed(number) != 0 }
}
