/// What a job saw, in nanoseconds.
struct LoadSamples {
  var requests: [Int] = []
  /// From the request to its first event.
  var firstEvents: [Int] = []
  /// From an event's sending to its arrival.
  var events: [Int] = []
  /// The longest time in which a stream said nothing.
  var longestGap = 0

  func report(requests count: Int, errors: Int, seconds: Double) -> String {
    let parts = [
      "\"requests\":\(count)", "\"errors\":\(errors)", "\"seconds\":\(seconds)",
      "\"p50\":\(Self.quantile(requests, 0.5))", "\"p99\":\(Self.quantile(requests, 0.99))",
      "\"longest\":\(Double(requests.max() ?? 0) / 1e6)", "\"first50\":\(Self.quantile(firstEvents, 0.5))",
      "\"first99\":\(Self.quantile(firstEvents, 0.99))",
      "\"event50\":\(Self.quantile(events, 0.5))", "\"event99\":\(Self.quantile(events, 0.99))",
      "\"gap\":\(Double(longestGap) / 1e6)", "\"events\":\(events.count)",
    ]
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// In milliseconds.
  private static func quantile(_ samples: [Int], _ part: Double) -> Double {
    guard !samples.isEmpty else { return 0 }
    return Double(samples.sorted()[min(samples.count - 1, Int(Double(samples.count) * part))]) / 1e6
  }
}
