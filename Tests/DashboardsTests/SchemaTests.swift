import Dashboards
import Foundation
import Testing

@Suite("The schema check")
struct SchemaTests {
  @Test("loses nothing of the boards")
  func boards() async throws {
    let files = DashboardFiles.all.filter { $0.path.hasSuffix(".json") }
    let answer = try await Check.schema.run(files.map { Repository.dashboards.appendingPathComponent($0.path).path })
    #expect(answer.status == 0)
    #expect(answer.output.isEmpty)
  }

  @Test(
    "finds each misspelling",
    arguments: [
      Mutation("dashboard", #""graphTooltip": 1"#, #""graphToolTip": 1"#),
      Mutation("variable", #""allValue""#, #""allvalue""#),
      Mutation("annotation", #""titleFormat""#, #""titleformat""#),
      Mutation("panel", #""transformations""#, #""transformation""#),
      Mutation("stat", #""graphMode""#, #""graphmode""#),
      Mutation("bar gauge", #""showUnfilled""#, #""showUnfiled""#),
      Mutation("table", #""showHeader""#, #""showHeaders""#),
      Mutation("time series", #""lineInterpolation""#, #""interpolation""#, in: "agent"),
      Mutation("time series options", #""sortDesc": true"#, #""sortDescending": true"#, in: "agent"),
      Mutation("field", #""noValue""#, #""novalue""#),
      Mutation("query", #""legendFormat""#, #""legend""#),
      Mutation("unit", #""unit": "s""#, #""unit": "seconds""#),
      Mutation("unit of a column", "\"value\": \"locale\"", "\"value\": \"count\""),
      Mutation("type of panel", #""type": "stat""#, #""type": "state""#),
    ])
  func misspelling(mutation: Mutation) async throws { try await expectFault(mutation) }

  /// The SDK itself reads any value into any field.
  @Test(
    "finds each value of the wrong type",
    arguments: [
      Mutation("graph of a number", #""graphMode": "none""#, #""graphMode": "banana""#),
      Mutation("colour of a number", #""colorMode": "value""#, #""colorMode": 7"#),
      Mutation("flag of a number", #""wideLayout": true"#, #""wideLayout": "true""#),
      Mutation("bar gauge", #""displayMode": "basic""#, #""displayMode": "simple""#),
      Mutation("bar gauge's number", #""minVizWidth": 8"#, #""minVizWidth": "8""#),
      Mutation("way of drawing", #""drawStyle": "bars""#, #""drawStyle": "barz""#),
      Mutation("interpolation", #""lineInterpolation": "stepAfter""#, #""lineInterpolation": "steps""#, in: "agent"),
      Mutation("stacking", #""mode": "normal""#, #""mode": "stacked""#),
      Mutation("legend", #""placement": "right""#, #""placement": "left""#),
      Mutation("legend's flag", #""showLegend": true"#, #""showLegend": 1"#),
      Mutation("reducer of a number", #""lastNotNull""#, #""lastNotNul""#),
      Mutation("reducer of a legend", "\"calcs\": [\n            \"sum\"", "\"calcs\": [\n            \"total_sum\""),
      Mutation("format", #""format": "table""#, #""format": "tabel""#),
      Mutation("flag of a query", #""instant": true"#, #""instant": "true""#),
      Mutation("expression", #""legendFormat": "{{provider}}""#, #""legendFormat": 1"#),
      Mutation("colour mode", #""mode": "palette-classic""#, #""mode": "palette-clasic""#),
      Mutation("mode of thresholds", #""mode": "absolute""#, #""mode": "absolutely""#),
      Mutation("threshold", #""value": 86400"#, #""value": "86400""#),
      Mutation("threshold's colour", #""color": "yellow""#, #""color": "yelow""#),
      Mutation("decimals", #""decimals": 2"#, #""decimals": "2""#),
      Mutation("width", #""w": 4"#, #""w": "4""#),
      Mutation(
        "column's decimals", "\"id\": \"decimals\",\n                \"value\": 1",
        "\"id\": \"decimals\",\n                \"value\": true"),
      Mutation("cell", #""type": "color-text""#, #""type": "color-words""#),
      Mutation("setting of a column", #""id": "noValue""#, #""id": "novalue""#),
      Mutation("mapping", #""type": "value""#, #""type": "values""#),
      Mutation("cells' height", #""cellHeight": "sm""#, #""cellHeight": "small""#),
      Mutation("transformation", #""id": "merge""#, #""id": "merged""#),
      Mutation("order of columns", #""agent_name": 0"#, #""agent_name": "0""#),
      Mutation("column left out", #""Time": true"#, #""Time": "true""#),
      Mutation("link", #""targetBlank": false"#, #""targetBlank": "no""#),
      Mutation("link between boards", #""type": "dashboards""#, #""type": "dashboard""#),
      Mutation("kind of variable", #""type": "query""#, #""type": "querry""#),
      Mutation("refresh of a variable", #""refresh": 2"#, #""refresh": 4"#),
      Mutation("hiding of a variable", #""hide": 0"#, #""hide": "0""#),
      Mutation("annotation", #""enable": true"#, #""enable": "true""#),
      Mutation("tooltip", #""graphTooltip": 1"#, #""graphTooltip": "1""#),
      Mutation("editing", #""editable": false"#, #""editable": "false""#),
    ])
  func wrongType(mutation: Mutation) async throws { try await expectFault(mutation) }

  private func expectFault(_ mutation: Mutation) async throws {
    let scratch = try Scratch()
    let answer = try await Check.schema.run([try mutation.write(to: scratch)])
    #expect(answer.status == 1)
    #expect(answer.rules == ["schema"], "\(answer.output)")
  }
}
