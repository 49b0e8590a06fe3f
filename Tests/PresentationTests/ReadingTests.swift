import Presentation
import Testing

@Suite("Quantities as people read them")
struct ReadingTests {
  @Test(
    "bytes have at most three digits and the unit that fits",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1049, "1.0 kB"), (1050, "1.1 kB"), (12_345, "12.3 kB"),
      (99_949, "99.9 kB"), (99_950, "100 kB"), (512_000, "512 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"),
      (1_200_000, "1.2 MB"), (3_400_000_000, "3.4 GB"), (-1500, "-1.5 kB"), (Int.max, "9 EB"), (Int.min, "-9 EB"),
    ])
  func bytes(count: Int, text: String) {
    #expect(ByteCount(count).description == text)
  }

  @Test(
    "a duration loses its small units as it grows",
    arguments: [
      (Duration.milliseconds(0), "0 ms"), (.milliseconds(84), "84 ms"), (.milliseconds(999), "999 ms"),
      (.milliseconds(3249), "3.2 s"), (.milliseconds(59_999), "59.9 s"), (.seconds(60), "1 min 00 s"),
      (.seconds(72), "1 min 12 s"), (.seconds(3599), "59 min 59 s"), (.seconds(7530), "2 h 05 min"),
      (.milliseconds(-5), "0 ms"), (.seconds(-100), "0 ms"),
    ])
  func durations(duration: Duration, text: String) {
    #expect(duration.reading == text)
  }

  @Test(
    "digits stand in groups of three",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func groups(number: Int, text: String) {
    #expect(number.grouped == text)
  }

  @Test("a count agrees with its noun")
  func nouns() {
    #expect(1.counted("entry", "entries") == "1 entry")
    #expect(1203.counted("request") == "1,203 requests")
  }
}
