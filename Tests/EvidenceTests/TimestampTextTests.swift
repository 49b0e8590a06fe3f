import Evidence
import Testing

@Suite("Times in text")
struct TimestampTextTests {
  @Test(
    "a time is written in UTC, with milliseconds and four digits of the year at least",
    arguments: [
      (1_795_000_000_007, "2026-11-18T11:06:40.007Z"), (0, "1970-01-01T00:00:00.000Z"),
      (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func written(milliseconds: Int64, text: String) {
    #expect(Timestamp(millisecondsSinceEpoch: milliseconds).description == text)
  }

  @Test("a time is read as it is written")
  func roundTrip() {
    var milliseconds: Int64 = -62_167_219_200_000
    while milliseconds < 253_402_300_799_999 {
      let time = Timestamp(millisecondsSinceEpoch: milliseconds)
      #expect(Timestamp(time.description) == time)
      milliseconds += 86_399_999 * 911
    }
  }

  @Test(
    "what is no time in UTC with milliseconds is not read",
    arguments: [
      "", "2026-11-20T12:00:00Z", "2026-11-20 12:00:00.123Z", "2026-11-20T12:00:00.123+", "2026-02-29T12:00:00.123Z",
      "2026-13-01T12:00:00.123Z", "2026-11-31T12:00:00.123Z", "2026-11-20T24:00:00.123Z", "2026-11-20T12:60:00.123Z",
      "2026-11-20T12:00:60.123Z", "２026-11-20T12:00:00.1Z", "2026-00-20T12:00:00.123Z", "+026-11-20T12:00:00.123Z",
    ])
  func refused(_ text: String) {
    #expect(Timestamp(text) == nil)
  }
}
