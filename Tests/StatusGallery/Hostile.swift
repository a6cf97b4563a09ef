/// Names as nobody should give them.
package enum Hostile {
  package static let names = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "{{secret}} {{{style}}}",
    "\"\u{301} autofocus onfocus=alert(1) x=\"", "<\u{301}b>", "&amp;&lt;b&gt;", "</style></title></textarea><b>",
    "\u{202E}txet desrever", "مساعد المبيعات", "עוזר מכירות", "🧑🏽‍🌾 Gartenplaner 🌱", "NUL\0 BEL\u{7} ESC\u{1B}[31m",
    "line\r\nbreak\ttab", "\u{FFFE}\u{1FFFF} nothing", "]]>--><!--", "javascript:alert(1)",
    String(repeating: "x", count: 256), String(repeating: "ﷺ", count: 256),
    "Zalgo" + String(repeating: "\u{336}\u{342}", count: 60),
    " ", "",
  ]
}
