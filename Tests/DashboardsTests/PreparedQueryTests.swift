import Dashboards
import Foundation
import Testing

@Suite("A query, ready to be sent")
struct PreparedQueryTests {
  private static let expression = "f($__interval, $__range, ${__range_s}, $__rate_interval, $__interval_ms)"

  private func query(_ target: String = "", _ panel: String = "", days: Double, width: Double = 800) throws
    -> PreparedQuery
  {
    let json = """
      {"type":"timeseries","title":"t","gridPos":{"x":0,"y":0,"w":12,"h":8}\(panel),
       "targets":[{"refId":"A","expr":"\(Self.expression)"\(target)}]}
      """
    let panel = try JSONDecoder().decode(Board.Panel.self, from: Data(json.utf8))
    let target = try #require(panel.targets?.first)
    let span = TimeSpan(start: 1_795_262_407 - days * 86_400, end: 1_795_262_407)
    return PreparedQuery(target, of: panel, over: span, scrapeInterval: 60, width: width, Interpolation())
  }

  @Test("has as many values as the panel has pixels")
  func pixels() throws {
    let query = try query(days: 14)
    #expect(query.step == 1800)
    #expect(query.expression == "f(30m, 1209600s, 1209600, 31m, 1800000)")
  }

  @Test("has a least distance of values, from the query, the panel or the data source")
  func minimum() throws {
    #expect(try query(days: 0.01).step == 60)
    #expect(try query(#","interval":"1d""#, days: 14).step == 86_400)
    #expect(try query("", #","interval":"2h""#, days: 14).step == 7200)
    #expect(try query("", #","maxDataPoints":100"#, days: 14).step == 10_800)
  }

  @Test("rates over four scrapes at least")
  func rates() throws {
    #expect(try query(days: 0.01).expression == "f(1m, 864s, 864, 4m, 60000)")
  }

  @Test("asks no Prometheus for more than it gives")
  func most() throws {
    #expect(try query(#","interval":"1s""#, days: 365, width: 1e9).step >= 365 * 86_400 / 11_000)
  }

  @Test("begins and ends on whole steps, unless it is of one moment")
  func ends() throws {
    let range = try query(days: 14).span
    #expect(range.end == 1_795_262_400 && range.start == 1_795_262_400 - 14 * 86_400)
    let instant = try query(#","instant":true,"range":false"#, days: 14)
    #expect(instant.isInstant && instant.span.end == 1_795_262_407)
  }
}
