/// Colours of Grafana's dark theme, by their names in the JSON.
enum Palette {
  static let text = "#ccccdc"

  /// In the order of "palette-classic".
  private static let classic = [
    "#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#5794f2", "#b877d9", "#705da0", "#37872d", "#fade2a",
    "#447ebc", "#c15c17", "#890f02", "#0a437c", "#6d1f62", "#584477", "#b7dbab", "#f4d598", "#70dbed", "#f9ba8f",
    "#f29191", "#82b5d8", "#e5a8e2", "#aea2e0",
  ]

  private static let named = [
    "green": "#73bf69", "yellow": "#fade2a", "red": "#f2495c", "orange": "#ff9830", "blue": "#5794f2",
    "purple": "#b877d9", "text": text, "transparent": "transparent",
  ]

  static func series(_ index: Int) -> String { classic[index % classic.count] }

  static func color(_ name: String) -> String { named[name] ?? name }
}
