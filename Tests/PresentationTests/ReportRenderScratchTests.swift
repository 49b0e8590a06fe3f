import Evidence
import Glibc
import Testing

@testable import Presentation

@Suite("scratch")
struct ReportRenderScratchTests {
  @Test("render", .enabled(if: getenv("SALLYPORT_PAGES") != nil))
  func render() throws {
    let directory = String(cString: try #require(getenv("SALLYPORT_PAGES")))
    for name in ["demo-report", "rich", "hostile"] {
      let clock = ContinuousClock()
      let json = try ReportSample.json(at: "\(directory)/\(name).json")
      var report: RunReport?
      let parsing = try clock.measure { report = try RunReport(json: json) }
      let found = try #require(report)
      var page: [UInt8] = []
      let rendering = clock.measure { page = ReportPage(found).html }
      print(name, page.count, parsing, rendering)
      let file = try #require(fopen("\(directory)/\(name).html", "w"))
      fwrite(page, 1, page.count, file)
      fclose(file)
    }
  }
}
