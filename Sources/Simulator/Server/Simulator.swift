import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
package import Usage

/// The simulated vendors, each on a loopback port of its own.
///
/// Either add it to a `ServiceGroup`, which calls ``run()``, or use ``withRunning(_:)``. It runs once.
package struct Simulator: Service {
  package struct Configuration: Sendable {
    package var keys = SimulatorKeys()
    package var langdock = LangdockOptions()
    package var agentPhone = AgentPhoneOptions()
    package var tess = TessOptions()
    package var dust = DustOptions()
    /// Ports to listen on; those not named are chosen by the system.
    package var ports: [SimulatedService: Int] = [:]

    package init() {}

    package init(_ change: (inout Configuration) -> Void) { change(&self) }
  }

  package let company: Company
  package let clock: any WallClock
  package let configuration: Configuration
  package let faults = Faults()
  package let log = RequestLog()
  private let addresses: AddressBook
  private let listeners = Listeners()
  private let vendors: [any VendorInterface]

  /// - Parameter clock: decides what "now" is for all data.
  package init(company: Company, clock: any WallClock, configuration: Configuration = .init()) {
    self.company = company
    self.clock = clock
    self.configuration = configuration
    let addresses = AddressBook(expecting: SimulatedService.allCases.count)
    let langdock = configuration.langdock
    let storage = LangdockStorage(langdock) { addresses.url(.langdockStorage) }
    self.addresses = addresses
    vendors = [
      LangdockInterface(
        company: company, options: langdock, keys: configuration.keys, storage: storage,
        limiter: MinuteLimiter(langdock.requestsPerMinute)),
      LangdockStorageInterface(storage: storage),
      AgentPhoneInterface(company: company, options: configuration.agentPhone, keys: configuration.keys),
      TessInterface(company: company, options: configuration.tess, keys: configuration.keys),
      DustInterface(company: company, options: configuration.dust, keys: configuration.keys.dust),
    ]
  }

  // MARK: Where it is

  /// Base URLs without a slash at the end; right once ``ready()`` has returned.
  package var langdockURL: String { addresses.url(.langdock) }
  package var langdockStorageURL: String { addresses.url(.langdockStorage) }
  package var agentPhoneURL: String { addresses.url(.agentPhone) }

  package func url(of service: SimulatedService) -> String { addresses.url(service) }

  package var langdockKey: String { configuration.keys.langdock.min() ?? "" }
  package var agentPhoneKey: String { configuration.keys.agentPhone.min() ?? "" }

  // MARK: Running

  /// Returns once all ports are open; throws if one cannot be.
  package func ready() async throws { try await addresses.ready() }

  /// Serves until the task is cancelled or shut down gracefully.
  package func run() async throws {
    do {
      try await withTaskCancellationOrGracefulShutdownHandler {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for vendor in vendors {
            group.addTask { try await application(for: vendor).run() }
          }
          // The first to fail ends the others too, which `waitForAll` would wait for.
          while try await group.next() != nil {}
        }
      } onCancelOrGracefulShutdown: {
        faults.stop()
      }
      addresses.fails(CancellationError())
    } catch {
      addresses.fails(error)
      throw error
    }
  }

  /// Runs the simulator for as long as `body` does.
  package func withRunning<Result: Sendable>(
    _ body: @Sendable (Simulator) async throws -> Result
  ) async throws -> Result {
    var configuration = ServiceGroupConfiguration(services: [self], logger: Self.silence)
    configuration.maximumGracefulShutdownDuration = .seconds(5)
    let services = ServiceGroup(configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      // What keeps it from running is thrown by `ready()`.
      group.addTask { try? await services.run() }
      defer { group.cancelAll() }
      try await ready()
      let result = await outcome(of: body)
      await listeners.stopAccepting()
      await services.triggerGracefulShutdown()
      try await group.waitForAll()
      return try result.get()
    }
  }

  private func outcome<Value: Sendable>(
    of body: @Sendable (Simulator) async throws -> Value
  ) async -> Result<Value, any Error> {
    do { return .success(try await body(self)) } catch { return .failure(error) }
  }

  private static let silence = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }

  private func application(
    for vendor: any VendorInterface
  ) -> Application<CallbackResponder<BasicRequestContext>> {
    let service = vendor.service
    let front = FrontDoor(
      vendor: vendor, clock: clock, faults: faults, log: log,
      elsewhere: { "http://localhost:\(addresses.port(.langdockStorage))/elsewhere" })
    return Application(
      responder: CallbackResponder { request, _ in try await front.respond(to: request) },
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: configuration.ports[service] ?? 0), serverName: service.rawValue),
      onServerRunning: { channel in
        listeners.add(channel)
        addresses.listens(service, on: channel.localAddress?.port ?? 0)
      },
      logger: Self.silence)
  }
}
