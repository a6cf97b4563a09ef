import Foundation
import Providers
import Upstream
import Usage

/// Whatever a provider answers: each collector ends with readings that can be counted, or with a failure that has a reason,
/// and with the same however the answer is cut.
enum ProvidersTarget {
  private static let now = Date(timeIntervalSince1970: 1_795_093_631)
  private static let collectors: [any UsageCollector] = ProviderRegistry.all.flatMap {
    $0.collectors(ProviderOptions(remoteWorkspace: "1234", exposePhoneNumbers: true))
  }
  private static let statuses = [200, 200, 200, 200, 200, 200, 400, 401, 403, 404, 422, 429, 500, 503]
  private static let types = ["text/csv", "application/json", "application/x-ndjson; charset=utf-8", "text/html"]

  static func run(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    let collector = input.choose(collectors)
    let head = WireHead(status: input.choose(statuses), headers: [("Content-Type", input.choose(types))])
    let cuts = input.cuts(of: max(0, bytes.count - 5))
    let promised = input.byte()
    let export: [UInt8]? =
      promised == 255
      ? nil : Array(#"{"data":{"recordCount":\#(promised % 8),"downloadUrl":"https://files.example.com/x"}}"#.utf8)
    let body = input.remainder()
    // Of what refuses it there may be more than one thing, and which is found first depends on what has arrived.
    let whole = collect(collector, FixedAnswer(head, body, cuts: [], export: export))
    let cut = collect(collector, FixedAnswer(head, body, cuts: cuts, export: export))
    require(cut == whole, "cut, it reads otherwise")
  }

  /// - Returns: what came of it, in words that can be compared.
  private static func collect(_ collector: any UsageCollector, _ transport: FixedAnswer) -> [String] {
    let collection = FuzzedCollection(collector, transport)
    let done = DispatchSemaphore(value: 0)
    // libFuzzer's thread waits: what it measures must be over when this returns.
    Task.detached {
      await collection.run(at: now)
      done.signal()
    }
    done.wait()
    return collection.lines
  }
}
