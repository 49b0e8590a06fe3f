internal import Documents
internal import Testing

@Suite struct QuantityTests {
  @Test("amounts of bytes are read with their unit")
  func bytes() {
    let good = ["512": 512, "64KiB": 65536, "1MB": 1_000_000, "2 GiB": 2 << 30, "7B": 7, "3kB": 3000, "0": 0]
    for (text, amount) in good { #expect(ByteCountText.parse(text) == amount, "\(text)") }
    for text in ["", "B", "-1", "1.5MB", "1 XB", "99999999999TB", "9223372036854775807TiB", "١"] {
      #expect(ByteCountText.parse(text) == nil, "\(text)")
    }
  }

  @Test("durations are read with their unit")
  func durations() {
    #expect(DurationText.parse("500ms") == .milliseconds(500))
    #expect(DurationText.parse("30s") == .seconds(30))
    #expect(DurationText.parse("5m") == .seconds(300))
    #expect(DurationText.parse("1 h") == .seconds(3600))
    for text in ["", "30", "s", "-1s", "99999999999999h", "1.5s"] {
      #expect(DurationText.parse(text) == nil, "\(text)")
    }
  }
}
