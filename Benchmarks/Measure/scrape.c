// Scrapes a server over one kept-alive connection: scrape PORT [-n SCRAPES] [-s SECONDS] [-w WARMUPS]
//   [-e identity|gzip] [-t PATH: a POST there before each scrape, untimed] [-p PID,PID: whose CPU to count] [-o BODY]
//
// Prints a line of JSON: latencies of whole answers in milliseconds, the server's CPU per scrape, and, with -t, the
// milliseconds that the server says its change took. Ends after SCRAPES or SECONDS, whichever comes first.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 256 << 10, MOST_PIDS = 64 };

static int port, connection = -1;
static char buffer[BUFFER + 1];
static size_t low, high; // what was received and not yet read
static char encoding[32];
static pid_t pids[MOST_PIDS];
static int pid_count;

static void fail(const char *why) {
  fprintf(stderr, "scrape: %s\n", why);
  exit(1);
}

static double milliseconds(struct timespec t) { return t.tv_sec * 1e3 + t.tv_nsec * 1e-6; }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return milliseconds(t);
}

static double server_cpu(void) {
  double sum = 0;
  for (int i = 0; i < pid_count; i++) {
    clockid_t clock;
    struct timespec t;
    if (!clock_getcpuclockid(pids[i], &clock) && !clock_gettime(clock, &t)) sum += milliseconds(t);
  }
  return sum;
}

static void open_connection(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct timeval patience = {.tv_sec = 120};
  int one = 1;
  connection = socket(AF_INET, SOCK_STREAM, 0);
  low = high = 0;
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(connection, (struct sockaddr *)&address, sizeof address)) fail("no connection");
}

static void receive(void) {
  if (low == high) low = high = 0;
  if (high == BUFFER) {
    memmove(buffer, buffer + low, high - low);
    high -= low, low = 0;
  }
  if (high == BUFFER) fail("a header line is too long");
  ssize_t count = recv(connection, buffer + high, BUFFER - high, 0);
  if (count <= 0) fail("the answer ends early");
  high += count;
}

static char *read_line(void) { // without its end
  for (;;) {
    char *line = buffer + low, *end = memchr(line, '\n', high - low);
    if (end) {
      low = end - buffer + 1;
      if (end > line && end[-1] == '\r') end--;
      *end = 0;
      return line;
    }
    receive();
  }
}

static void read_bytes(size_t count, FILE *out) {
  while (count) {
    if (low == high) receive();
    size_t part = high - low < count ? high - low : count;
    if (out) fwrite(buffer + low, 1, part, out);
    low += part, count -= part;
  }
}

/// Sends a request and reads the whole answer; returns the length of its body.
static size_t ask(const char *request, FILE *out) {
  if (connection < 0) open_connection();
  if (send(connection, request, strlen(request), MSG_NOSIGNAL) < 0) fail("the request was not taken");
  int status = 0, chunked = 0, closes = 0;
  long long length = -1;
  sscanf(read_line(), "HTTP/1.1 %d", &status);
  if (status != 200 && status != 204) fail("the answer is not 200");
  *encoding = 0;
  for (char *line; *(line = read_line());) {
    if (!strncasecmp(line, "content-length:", 15)) length = atoll(line + 15);
    if (!strncasecmp(line, "transfer-encoding:", 18)) chunked = strcasestr(line, "chunked") != NULL;
    if (!strncasecmp(line, "connection:", 11)) closes = strcasestr(line, "close") != NULL;
    if (!strncasecmp(line, "content-encoding:", 17)) sscanf(line + 17, "%31s", encoding);
  }
  size_t total = 0;
  if (chunked) {
    for (size_t part; (part = strtoull(read_line(), NULL, 16)); total += part) {
      read_bytes(part, out);
      read_line();
    }
    while (*read_line()) continue; // trailers
  } else if (length >= 0) {
    read_bytes(total = length, out);
  } else if (status != 204) {
    fail("the answer has no length");
  }
  if (closes) close(connection), connection = -1;
  return total;
}

static double touch(const char *request) { // returns the milliseconds that the server tells
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  ask(request, out);
  fclose(out);
  double told = atof(text);
  free(text);
  return told;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double quantile(const double *sorted, long count, double q) { return sorted[(long)((count - 1) * q + 0.5)]; }

int main(int count, char **argument) {
  long most = 1, warmups = 0;
  double limit = 60;
  const char *accepted = "identity", *touched = NULL, *body = NULL;
  if (count < 2) fail("a port is needed");
  port = atoi(argument[1]);
  for (int option; (option = getopt(count - 1, argument + 1, "n:s:w:e:t:p:o:")) != -1;) switch (option) {
    case 'n': most = atol(optarg); break;
    case 's': limit = atof(optarg); break;
    case 'w': warmups = atol(optarg); break;
    case 'e': accepted = optarg; break;
    case 't': touched = optarg; break;
    case 'o': body = optarg; break;
    case 'p':
      for (char *pid; (pid = strsep(&optarg, ",")) && pid_count < MOST_PIDS;) pids[pid_count++] = atoi(pid);
      break;
    default: return 64;
  }
  if (most < 1) return 64;

  char get[512], post[512];
  snprintf(get, sizeof get, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
    "Accept: text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\nAccept-Encoding: %s\r\n\r\n", port, accepted);
  snprintf(post, sizeof post, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 0\r\n\r\n",
    touched ? touched : "", port);
  for (long i = 0; i < warmups; i++) ask(get, NULL);

  double *latency = malloc(most * sizeof *latency), *change = malloc(most * sizeof *change), cpu = 0, start = now();
  size_t length = 0;
  long done = 0;
  if (!latency || !change) fail("no memory");
  while (done < most && (done == 0 || now() - start < limit * 1e3)) {
    if (touched) change[done] = touch(post);
    FILE *out = body && done == 0 ? fopen(body, "wb") : NULL;
    double cpu_before = server_cpu(), sent = now();
    length = ask(get, out);
    latency[done++] = now() - sent;
    cpu += server_cpu() - cpu_before;
    if (out && fclose(out)) fail("the body was not written");
  }
  qsort(latency, done, sizeof *latency, ascending);
  qsort(change, touched ? done : 0, sizeof *change, ascending);
  printf("{\"scrapes\": %ld, \"encoding\": \"%s\", \"bytes\": %zu, ", done, *encoding ? encoding : "identity", length);
  printf("\"p50\": %.6f, \"p99\": %.6f, \"max\": %.6f, \"cpu\": %.6f", quantile(latency, done, .5),
    quantile(latency, done, .99), latency[done - 1], cpu / done);
  if (touched) printf(", \"touch\": %.6f", quantile(change, done, .5));
  printf("}\n");
  return 0;
}
