/// The page at `/`: where to go from here.
struct LandingPage: Sendable {
  let telemetryPath: String
  let version: String

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>agent-usage-exporter</title>
    <style>
    :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
    body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
    code { font-size: 0.95em }
    </style>
    </head>
    <body>
    <h1>agent-usage-exporter</h1>
    <p>Usage of AI agents, for Prometheus. Version \(Self.escape(version)).</p>
    <ul>
    <li><a href="\(Self.escape(telemetryPath))">Metrics</a></li>
    <li><a href="/-/healthy">Health</a></li>
    <li><a href="/-/ready">Readiness</a></li>
    </ul>
    </body>
    </html>

    """
  }

  private static func escape(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
  }
}
