/// What bounds attribution.
package enum AttributionLimits {
  /// Bytes of one file that are read; larger ones are data rather than source, and 10 ms of work.
  package static let fileBytes = 4 * 1024 * 1024
}
