import Collection
import Foundation
import Usage

/// What is wrong and what to do, in the words of the page.
enum Advice {
  /// What is wrong with a collector that needs attention.
  static func sentence(_ collector: CollectorStatus, now: Date) -> String {
    if let failure = collector.failure { return sentence(failure.message) }
    switch collector.state {
    case .refused:
      return "The credential was refused before the exporter was last started; the next attempt tells more."
    case .rateLimited:
      return "The provider asked for a pause, which is not over yet."
    case .late:
      let age = collector.lastSuccess.map { InstantText.span(max(1, now.timeIntervalSince($0)).rounded(.down)) }
      return "No collection was completed for \(age ?? "a while")."
    default:
      return "The last attempt failed before the exporter was last started; the next one tells why."
    }
  }

  /// What the operator can do.
  static func remedy(_ collector: CollectorStatus) -> String {
    switch collector.state {
    case .refused:
      "Give api_key or api_key_file a key that is valid and has the scope the README names. A file that changes is read "
        + "with the next scrape."
    case .rateLimited:
      "Nothing, if it passes. If it comes back: a longer min_interval or a lower requests_per_minute, and see what else "
        + "uses the key."
    case .late where collector.isRunning:
      "A collection is under way and takes long: if it always does, a longer min_interval keeps the alerts quiet."
    case .late:
      "Collections run when the metrics are scraped: check that Prometheus scrapes this exporter."
    default:
      remedy(reason: collector.failure?.reason)
    }
  }

  private static func remedy(reason: String?) -> String {
    switch reason {
    case "timeout", "network":
      "Check from this machine that base_url can be reached: name, network, proxy, certificate. "
        + "agent-usage-exporter doctor tells which."
    case "too_large":
      "See the README's section on limits; what was read before stays as it is."
    case "schema", "decode":
      "The provider's answers have changed, or something on the way rewrites them: check base_url and proxy, then look "
        + "for a newer version of the exporter."
    case "ledger":
      "Make room in the folder of --state.path and let the exporter's user write there."
    case "server":
      "Nothing, if it passes: the provider is asked again after growing pauses. If it stays: agent-usage-exporter doctor."
    default:
      "agent-usage-exporter doctor tells more, and so does the log."
    }
  }

  /// A message of the exporter's own as a sentence.
  static func sentence(_ message: String) -> String {
    guard let last = message.last else { return "" }
    let text = message.prefix(1).uppercased() + message.dropFirst()
    return ".!?".contains(last) ? text : text + "."
  }
}
