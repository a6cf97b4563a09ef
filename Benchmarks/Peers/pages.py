"""Sums pages of JSON by agent with orjson: pages.py SRC PAGES OUT, SRC being a folder or the URL of one."""

import http.client
import sys
import time
import urllib.parse

import orjson


def bodies(source, pages):
    names = (f"{(n - 1) // 100:05d}/page_{n:06d}.json" for n in range(1, pages + 1))
    if source.startswith("http://"):
        url = urllib.parse.urlsplit(source)
        connection = http.client.HTTPConnection(url.netloc)
        for name in names:
            connection.request("GET", f"{url.path}/{name}")
            yield connection.getresponse().read()
    else:
        for name in names:
            with open(f"{source}/{name}", "rb", buffering=0) as f:
                yield f.read()


def main():
    start = time.perf_counter()
    source, pages, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    agents = {}
    for body in bodies(source, pages):
        for item in orjson.loads(body)["items"]:
            total = agents.get(item["slug"])
            if total is None:
                total = agents[item["slug"]] = [0, 0.0, 0, 0, set()]
            total[0] += 1
            total[1] += item["credits"]
            tokens = item["tokens"]
            if tokens is not None:
                total[2] += tokens["input"]
                total[3] += tokens["output"]
            total[4].add(item["user_id"])
    with open(out, "w") as f:
        for slug in sorted(agents):
            *sums, users = agents[slug]
            f.write("%s\t%d\t%.4f\t%d\t%d\t%d\n" % (slug, *sums, len(users)))
    print('{"inner_s": %f}' % (time.perf_counter() - start))


main()
