import Dashboards
import Foundation
import Testing

@Suite("The files of the dashboards", .serialized)
struct DashboardFilesTests {
  @Test("are what the sources make of them", arguments: DashboardFiles.all.map(\.path))
  func jsonIsCurrent(path: String) throws {
    let file = try #require(DashboardFiles.all.first { $0.path == path })
    let place = Repository.dashboards.appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["AGENTUSAGE_UPDATE_DASHBOARDS"] == "1" {
      try file.contents.write(to: place, atomically: true, encoding: .utf8)
      return
    }
    let shipped = try? String(contentsOf: place, encoding: .utf8)
    #expect(shipped == file.contents, "run the tests once with AGENTUSAGE_UPDATE_DASHBOARDS=1")
  }

  @Test("are all that is shipped")
  func nothingElse() throws {
    let shipped = try FileManager.default.contentsOfDirectory(atPath: Repository.dashboards.path)
    #expect(Set(shipped) == Set(DashboardFiles.all.map(\.path)))
  }

  @Test("end with one newline", arguments: DashboardFiles.all.map(\.path))
  func newline(path: String) throws {
    let contents = try #require(DashboardFiles.all.first { $0.path == path }).contents
    let ending = String(contents.suffix(2))
    #expect(ending.hasSuffix("\n") && ending != "\n\n")
  }

  @Test("name each panel once on its board, so that exceptions mean one panel")
  func exceptions() {
    let exceptions = DashboardFiles.mayBeEmpty
    #expect(!exceptions.isEmpty)
    #expect(Set(exceptions.map { $0.dashboard + "/" + $0.panel }).count == exceptions.count)
    #expect(exceptions.allSatisfy { $0.reason.count > 10 && !$0.reason.hasSuffix(".") })
  }
}
