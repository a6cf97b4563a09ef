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
    let url = environment.value(url, "url")
    let listening = environment.list([], "web.listen-address").first.flatMap { ListenAddress($0) } ?? .standard
    let schemes = WebConfiguration.schemes(environment.value(nil, "web.config.file"))
    let addresses = url.map { [$0] } ?? schemes.map { $0 + listening.loopbackURL.dropFirst("http".count) }
    var timeouts = HTTPTransport.Timeouts()
    timeouts.connect = .seconds(2)
    // All together, for whoever waits for this command.
    timeouts.overall = .seconds(4) / addresses.count
    // A certificate is made out to a name, not to the loopback address, and what is asked is not secret.
    let transport = HTTPTransport(timeouts: timeouts, verifiesServer: url != nil)
    let faults = await Self.ask(addresses, transport)
    await transport.shutdown()
    guard faults.isEmpty else {
      Console.error("unhealthy: \(faults.joined(separator: "; "))")
      throw ExitCode(1)
    }
    Console.print("healthy")
  }

  /// - Returns: nothing if all is well at one of the addresses.
  private static func ask(_ addresses: [String], _ transport: HTTPTransport) async -> [String] {
    var faults: [String] = []
    for address in addresses {
      var base = address
      while base.hasSuffix("/") { base.removeLast() }
      if !base.hasSuffix("/-/healthy") { base += "/-/healthy" }
      guard let fault = await ask(base, transport) else { return [] }
      faults.append(fault)
    }
    return faults
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
