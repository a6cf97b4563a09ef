import Foundation
import Testing
import Yams

/// The files that Grafana reads at its start, and what the README has it start with.
@Suite("The provisioning")
struct ProvisioningTests {
  private struct DataSources: Decodable {
    struct Source: Decodable {
      struct Settings: Decodable {
        let httpMethod: String
        let timeInterval: String
        let prometheusType: String
      }

      let name: String
      let uid: String
      let type: String
      let access: String
      let url: String
      let isDefault: Bool
      let jsonData: Settings
    }

    let apiVersion: Int
    let datasources: [Source]
  }

  private struct Providers: Decodable {
    struct Provider: Decodable {
      struct Options: Decodable {
        let path: String
      }

      let name: String
      let orgId: Int
      let folder: String
      let folderUid: String
      let type: String
      let allowUiUpdates: Bool
      let updateIntervalSeconds: Int
      let options: Options
    }

    let apiVersion: Int
    let providers: [Provider]
  }

  private static func read<File: Decodable>(_ type: File.Type, _ path: String) throws -> File {
    try YAMLDecoder().decode(type, from: Repository.text("grafana/provisioning/" + path))
  }

  private static let readme = "grafana/README.md"

  @Test("has one data source, whose address says where a Prometheus is without anything being set")
  func dataSource() throws {
    let file = try Self.read(DataSources.self, "datasources/prometheus.yml")
    let source = try #require(file.datasources.first)
    #expect(file.apiVersion == 1 && file.datasources.count == 1)
    #expect(source.type == "prometheus" && source.access == "proxy" && source.isDefault)
    #expect(source.jsonData.httpMethod == "POST" && source.jsonData.prometheusType == "Prometheus")
    #expect(source.jsonData.timeInterval.wholeMatch(of: /\d+[sm]/) != nil)
    // A variable that is not set is an empty address.
    let url = try #require(URL(string: source.url))
    #expect(url.scheme == "http" && url.port == 9090 && !source.url.contains("$"))
    let host = try #require(url.host())
    #expect(try Repository.text(Self.readme).contains("--add-host \(host):host-gateway"))
  }

  @Test("reads the boards from where the README mounts them")
  func boards() throws {
    let file = try Self.read(Providers.self, "dashboards/agentusage.yml")
    let provider = try #require(file.providers.first)
    #expect(file.apiVersion == 1 && file.providers.count == 1)
    #expect(provider.type == "file" && !provider.allowUiUpdates && provider.orgId == 1)
    #expect(provider.updateIntervalSeconds > 0)
    #expect(provider.folderUid.wholeMatch(of: /[A-Za-z0-9_-]{1,40}/) != nil)
    let readme = try Repository.text(Self.readme)
    #expect(readme.contains("/grafana/dashboards:\(provider.options.path):ro"))
    #expect(readme.contains("/grafana/provisioning:/etc/grafana/provisioning:ro"))
  }

  @Test("has no file but these")
  func files() throws {
    let folder = Repository.root.appendingPathComponent("grafana/provisioning").path
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yml") }
    #expect(Set(files) == ["datasources/prometheus.yml", "dashboards/agentusage.yml"])
  }
}
