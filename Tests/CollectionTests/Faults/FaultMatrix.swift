import Simulator
import Usage

/// What was seen of the faults.
struct FaultMatrix {
  /// By the number of the fault: what came of it in each state that was played.
  typealias Column = [Int: [MatrixScene.State: String]]

  /// By the number of the collector.
  let columns: [Int: Column]

  /// The whole matrix for people: a table for each provider, with what was seen against what was expected.
  var document: String {
    let states = MatrixScene.State.allCases.count
    var lines = [
      "# Faults × collectors × states of the exporter", "",
      "\(MatrixFault.all.count) faults × \(MatrixProbe.all.count) collectors × \(states) states (fresh, warm, restarted) ="
        + " \(MatrixFault.all.count * MatrixProbe.all.count * states) scenes, written by `FaultMatrixTests`, which fails if",
      "anything comes out otherwise. In each scene no counter falls, the other collectors and the other provider stay fresh,",
      "no credential goes elsewhere, and when the fault is over every total is exact. `auth`, `server` and so on are the",
      "`reason` of `agentusage_api_request_failures_total`; \"row\" that of `agentusage_collector_rejected_rows_total`;",
      "\"read\" means that the answer is taken, because the fault is harmless or does not touch this collector. Where the",
      "states differ, they are told apart: fresh / warm / restarted.", "",
    ]
    for provider in ProviderKind.allCases {
      let indices = MatrixProbe.all.indices.filter { MatrixProbe.all[$0].provider == provider }
      let names = indices.map { MatrixProbe.all[$0].collector }
      lines += ["## \(provider.rawValue)", "", "| fault | expected | " + names.joined(separator: " | ") + " |"]
      lines.append("|" + String(repeating: "---|", count: names.count + 2))
      for (number, fault) in MatrixFault.all.enumerated() {
        let cells = indices.map { cell($0, number) }
        lines.append("| \(fault.name) | \(fault.words) | " + cells.joined(separator: " | ") + " |")
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  private func cell(_ column: Int, _ fault: Int) -> String {
    let outcomes = MatrixScene.State.allCases.map { columns[column]?[fault]?[$0] ?? "missing" }
    return Set(outcomes).count == 1 ? outcomes[0] : outcomes.joined(separator: " / ")
  }

  /// What was seen and is neither expected nor known as that collector's own way.
  var surprises: [String] {
    scenes.compactMap { scene in
      let (probe, fault) = (MatrixProbe.all[scene.column], MatrixFault.all[scene.fault])
      return fault.allowed(probe).contains(scene.outcome)
        ? nil : "\(probe.name), \(scene.state.rawValue), \(fault.name): \(scene.outcome)"
    }
  }

  /// What was seen and does not stand so in the document.
  func differences(from document: String) -> [String] {
    let tables = document.split(separator: "\n## ").dropFirst().map { table in
      table.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2).map { line in
        line.split(separator: " | ").map { $0.trimmingPrefix("| ") }.map {
          String($0.hasSuffix(" |") ? $0.dropLast(2) : $0)
        }
      }
    }
    return scenes.compactMap { scene in
      let probe = MatrixProbe.all[scene.column]
      let provider = ProviderKind.allCases.firstIndex(of: probe.provider) ?? 0
      let before = MatrixProbe.all[..<scene.column].count { $0.provider == probe.provider }
      let name = "\(probe.name), \(scene.state.rawValue), \(MatrixFault.all[scene.fault].name)"
      guard tables.indices.contains(provider), tables[provider].indices.contains(scene.fault),
        tables[provider][scene.fault].indices.contains(before + 2)
      else { return "\(name) is not in the document" }
      let told = tables[provider][scene.fault][before + 2].components(by: " / ")
      let expected = told.count == 1 ? told[0] : told[MatrixScene.State.allCases.firstIndex(of: scene.state) ?? 0]
      return expected == scene.outcome ? nil : "\(name): \(scene.outcome), and the document says \(expected)"
    }
  }

  private struct SeenScene {
    let column: Int
    let fault: Int
    let state: MatrixScene.State
    let outcome: String
  }

  private var scenes: [SeenScene] {
    columns.flatMap { column, faults in
      faults.flatMap { fault, states in
        states.map { SeenScene(column: column, fault: fault, state: $0.key, outcome: $0.value) }
      }
    }
  }
}

extension String {
  fileprivate func components(by separator: String) -> [String] { split(separator: separator).map(String.init) }
}

extension MatrixFault {
  var words: String {
    switch expectation {
    case .failure(let reasons): reasons.sorted().joined(separator: " or ")
    case .rows(let reason): "row: \(reason)"
    case .read: "read"
    }
  }

  /// What a collector may make of it.
  func allowed(_ probe: MatrixProbe) -> Set<String> {
    switch expectation {
    case .failure(let reasons): reasons.union(mayMiss(probe) ? ["read"] : [])
    case .rows(let reason):
      // A collector with one object for its rows refuses the object.
      Set(["row: \(reason)"]).union(mayMiss(probe) ? ["read"] : []).union(
        ["agents", "account"].contains(probe.collector) ? ["schema"] : [])
    case .read: ["read"]
    }
  }

  /// Whether the fault falls on something that the collector's answers do not have: an id, a date, a count, a row's end.
  private func mayMiss(_ probe: MatrixProbe) -> Bool {
    switch fault {
    case .status, .unauthorized, .rateLimited, .unavailable, .html, .garbage, .redirect, .redirectLoop, .connectionCut:
      false
    default: true
    }
  }
}
