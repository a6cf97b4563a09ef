import Exposition
import Testing

struct NegotiationTests {
  static let text = "text/plain; version=0.0.4; charset=utf-8"
  static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  static let formats: [(accept: String?, contentType: String)] = [
    (nil, text),
    ("", text),
    ("*/*", text),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", text),
    ("text/plain", text),
    ("text/*", text),
    ("application/*", text),
    ("image/png", text),
    (", ;;, =,q=1", text),
    ("\"", text),
    ("text/plain;version=0.0.4;q=0.9, application/openmetrics-text;q=0.8", text),
    ("application/openmetrics-text", openMetrics),
    ("Application/OpenMetrics-Text; Version=\"1.0.0\"; charset=utf-8", openMetrics),
    ("application/openmetrics-text;version=0.0.1", text),
    ("application/openmetrics-text;version=2.0.0", text),
    ("application/openmetrics-text;version=", text),
    ("application/openmetrics-text;version=0.0.1,application/openmetrics-text;version=1.0.0;q=0.1", openMetrics),
    ("application/openmetrics-text;q=0", text),
    ("application/openmetrics-text;q=0.0, */*", text),
    ("application/openmetrics-text;q=x, text/plain;q=0.1", text),
    ("application/openmetrics-text;q=2", text),
    ("application/openmetrics-text;q=nan", text),
    ("text/plain;q=0.5,application/openmetrics-text;q=0.501", openMetrics),
    ("text/plain;q=0,application/openmetrics-text;q=0.1", openMetrics),
    ("application/openmetrics-text,text/plain", openMetrics),
    ("text/plain,application/openmetrics-text", text),
    ("*/*,application/openmetrics-text", openMetrics),
    ("*/*;q=0.9,application/openmetrics-text;q=0.5", text),
    ("text/plain;note=\"a,application/openmetrics-text;q=1\";q=0.1", text),
    (
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", openMetrics
    ),
    (
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2", openMetrics + "; escaping=allow-utf-8"
    ),
    (
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
        + "text/plain;version=0.0.4;q=0.5;escaping=underscores", text + "; escaping=underscores"
    ),
    ("text/plain;escaping=DOTS", text + "; escaping=dots"),
    ("*/*;escaping=values", text + "; escaping=values"),
    ("text/plain;escaping=\"evil\r\nheader\"", text),
    ("text/plain;escaping=", text),
    ("text/plain, application/openmetrics-text;escaping=dots;q=0.5", text),
  ]

  @Test(arguments: formats)
  func format(_ accept: String?, _ contentType: String) {
    let answer = ExpositionFormat.negotiate(accept: accept)
    #expect(answer.contentType == contentType)
    #expect(answer.format == (contentType.hasPrefix("text/") ? .text : .openMetrics))
  }

  static let encodings: [(accept: String?, encoding: BodyEncoding)] = [
    (nil, .identity), ("", .identity), ("gzip", .gzip), ("GZIP", .gzip), ("x-gzip", .gzip),
    ("gzip, deflate, br, zstd", .gzip), ("deflate, br", .identity), ("identity", .identity), ("*", .gzip),
    ("*;q=0", .identity), ("gzip;q=0", .identity), ("gzip;q=0.0,*", .identity), ("*;q=0, gzip;q=0.1", .gzip),
    ("gzip;q=0.001", .gzip), ("gzip ; q=0.5", .gzip), ("gzip;q=nonsense", .identity), ("gzipped", .identity),
    ("identity;q=1, gzip;q=0.5", .gzip), (",,", .identity),
  ]

  @Test(arguments: encodings)
  func encoding(_ accept: String?, _ encoding: BodyEncoding) {
    #expect(BodyEncoding.negotiate(acceptEncoding: accept) == encoding)
    #expect(encoding.contentEncoding == (encoding == .gzip ? "gzip" : nil))
  }
}
