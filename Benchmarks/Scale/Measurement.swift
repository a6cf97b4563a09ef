import Foundation

/// What one instance needed.
struct Measurement: CustomStringConvertible {
  let shard: Int
  let workspaces: Int
  let ready: Duration
  var collected = Duration.zero
  /// Median of a scrape with nothing due, over HTTP, uncompressed.
  var scrape = Duration.zero
  /// A scrape of a quarter of it, which is put together for it alone.
  var part = Duration.zero
  var stateBytes = 0
  private var series = 0
  private var bytes = 0
  private var requests = 0
  private var resident = 0
  private var cpu = 0.0

  init(shard: Int, workspaces: Int, ready: Duration) {
    self.shard = shard
    self.workspaces = workspaces
    self.ready = ready
  }

  mutating func read(_ scrape: Lines, bytes: Int) {
    series = scrape.count
    self.bytes = bytes
    requests = Int(scrape.sum("agentusage_api_requests_total{"))
    resident = Int(scrape.sum("process_resident_memory_bytes "))
    cpu = scrape.sum("process_cpu_seconds_total ")
  }

  static let header =
    "shard  workspaces   series  body MB  ready s  collected s  requests  CPU s  resident MB  ledger MB  scrape ms  part ms"

  var description: String {
    let fields: [(String, Int)] = [
      ("\(shard)", 5), ("\(workspaces)", 12), ("\(series)", 9), (mega(bytes), 9), (seconds(ready), 9),
      (seconds(collected), 13), ("\(requests)", 10), (String(format: "%.0f", cpu), 7), (mega(resident), 13),
      (mega(stateBytes), 11), (milliseconds(scrape), 11), (milliseconds(part), 9),
    ]
    return fields.map { String(repeating: " ", count: max(0, $0.1 - $0.0.count)) + $0.0 }.joined()
  }

  private func mega(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1e6) }
  private func seconds(_ duration: Duration) -> String { String(format: "%.2f", duration / .seconds(1)) }
  private func milliseconds(_ duration: Duration) -> String { String(format: "%.1f", duration / .milliseconds(1)) }
}
