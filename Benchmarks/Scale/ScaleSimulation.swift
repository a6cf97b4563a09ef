import ArgumentParser
import Collection
import Foundation
import Simulator
import Usage

/// How many workspaces an instance carries: really collects them, shard by shard, from a simulated company.
@main
struct ScaleSimulation: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ScaleSimulation",
    abstract: "Collects many workspaces with several instances, and measures each.",
    discussion: """
      Every workspace is one of a simulated small company, a quarter at each provider, with every collector that is on \
      by default. The instances are real processes, run one after the other, so that they do not take each other's cores.
      """)

  @Option(help: "Path of the exporter. (default: beside this program)") var exporter: String?
  @Option(help: "How many workspaces there are.") var workspaces = 10_000
  @Option(help: "How many instances share them.") var shards = 10
  @Option(help: "How many of the instances are run.") var run: Int?

  func run() async throws {
    try printBalance()
    let now = Date()
    let company = smallCompany(at: now)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("scale-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let file = folder + "/config.yml"
      try configuration(simulator).write(toFile: file, atomically: true, encoding: .utf8)
      print(Measurement.header)
      for shard in 0..<min(shards, run ?? shards) {
        let instance = Instance(
          executable: try executable, file: file, state: "\(folder)/state-\(shard)", shard: shard, total: shards)
        print(try await instance.measure(expecting: share(shard)))
      }
    }
  }

  /// A customer with ten agents at each provider, each used a dozen times a day for a month.
  private func smallCompany(at now: Date) -> Company {
    let today = LocalCalendar.utc.day(at: now)
    let company = Company.empty(today: today)
    for agent in 0..<10 {
      let id = "agent-\(agent)"
      company.addAgent(id: id, name: "Agent \(agent)", provider: .langdock)
      company.addAgent(id: id, name: "Agent \(agent)", provider: .agentphone)
      for day in 0..<30 {
        let moment = now.addingTimeInterval(Double(-86_400 * day - 600 * (agent + 1)))
        company.addMessages(12, agent: id, at: moment)
        company.addTexts(12, agent: id, at: moment)
        company.addDustMessages(12, agent: id, at: moment)
        _ = company.addExecutions(12, agent: id, at: moment)
      }
    }
    return company
  }

  private var executable: String {
    get throws {
      let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      let path = exporter ?? beside.appendingPathComponent("agent-usage-exporter").path
      guard FileManager.default.isExecutableFile(atPath: path) else {
        throw ValidationError("build the exporter first, or give --exporter")
      }
      return path
    }
  }

  private var ids: [WorkspaceID] {
    (0..<workspaces).map { WorkspaceID(ProviderKind.allCases[$0 % ProviderKind.allCases.count], "company-\($0)") }
  }

  private func share(_ shard: Int) -> Int { ids.count { Shard(index: shard, total: shards)?.holds($0) == true } }

  /// How evenly the workspaces fall, and how many move when an instance is added.
  private func printBalance() throws {
    let shares = (0..<shards).map(share)
    let homes = ids.map { home($0, of: shards) }
    let moved = zip(ids, homes).filter { home($0, of: shards + 1) != $1 }
    let astray = moved.filter { home($0.0, of: shards + 1) != shards }
    print(
      "\(workspaces) workspaces on \(shards) shards: \(shares.min() ?? 0) to \(shares.max() ?? 0) each; with one more, "
        + "\(moved.count) move to it and \(astray.count) elsewhere")
  }

  private func home(_ id: WorkspaceID, of total: Int) -> Int? {
    (0..<total).first { Shard(index: $0, total: total)?.holds(id) == true }
  }

  private func configuration(_ simulator: Simulator) -> String {
    "workspaces:\n" + ids.map { "  - { name: \($0.name), \(Self.entry($0.provider, simulator)) }\n" }.joined()
  }

  /// The pace is not the providers': what is measured is what the exporter needs, not how long it is made to wait.
  private static func entry(_ provider: ProviderKind, _ simulator: Simulator) -> String {
    let (key, url, workspace) =
      switch provider {
      case .langdock: (simulator.langdockKey, simulator.langdockURL, "")
      case .dust: (simulator.dustKey, simulator.dustURL, ", workspace_id: \"\(simulator.dustWorkspace)\"")
      case .tess: (simulator.tessKey, simulator.tessURL, ", workspace_id: \"\(simulator.tessWorkspace)\"")
      case .agentphone: (simulator.agentPhoneKey, simulator.agentPhoneURL, "")
      }
    return
      "provider: \(provider.rawValue), api_key: \"\(key)\", base_url: \"\(url)\"\(workspace), requests_per_minute: 10000"
  }
}
