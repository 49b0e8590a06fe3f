internal import Testing

@testable import Attribution

@Test("a file of a few megabytes is still read")
func ordinaryFilesFit() {
  #expect(AttributionLimits.fileBytes >= 1024 * 1024)
}
