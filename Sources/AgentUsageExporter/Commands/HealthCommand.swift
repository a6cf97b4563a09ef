import ArgumentParser
import Foundation
import Upstream
import Web

/// `health`: for container health checks in images without curl.
struct HealthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health", abstract: "Exits with 0 if a running exporter answers /-/healthy.")

  @Option(help: "Address of the exporter. (default: where --web.listen-address says)")
  var url: String?

  func run() async throws {
    let environment = FlagEnvironment(variables: ProcessInfo.processInfo.environment)
    let listening = environment.list([], "web.listen-address").first.flatMap { ListenAddress($0) } ?? .standard
    // A certificate is made out to a name, not to the loopback address, and what is asked is not secret.
    let isEncrypted = url == nil && WebConfiguration.usesTLS(environment.value(nil, "web.config.file"))
    var base = url ?? (isEncrypted ? "https" : "http") + listening.loopbackURL.dropFirst("http".count)
    while base.hasSuffix("/") { base.removeLast() }
    var timeouts = HTTPTransport.Timeouts()
    timeouts.connect = .seconds(2)
    timeouts.overall = .seconds(4)
    let transport = HTTPTransport(timeouts: timeouts, verifiesServer: !isEncrypted)
    let verdict = await Self.ask(base.hasSuffix("/-/healthy") ? base : base + "/-/healthy", transport)
    await transport.shutdown()
    if let fault = verdict {
      Console.error("unhealthy: \(fault)")
      throw ExitCode(1)
    }
    Console.print("healthy")
  }

  /// - Returns: nil if all is well.
  private static func ask(_ url: String, _ transport: HTTPTransport) async -> String? {
    do throws(UpstreamFailure) {
      let (head, _) = try await transport.send(WireRequest(.get, url), limit: 1 << 20) { _ in WholeBody() }
      return head.status == 200 ? nil : "\(url) answers with status \(head.status)"
    } catch {
      return "\(url): no answer (\(error.reason.rawValue))"
    }
  }
}
