// Sums a CSV by agent with encoding/csv: encoding_csv SRC OUT, SRC being a path or a URL.
package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

type totals struct {
	messages, prompt, completion, cached int64
	credits                              float64
	users                                map[string]struct{}
}

func main() {
	start := time.Now()
	input := open(os.Args[1])
	agents := sum(input)
	input.Close()
	write(agents, os.Args[2])
	fmt.Printf("{\"inner_s\":%.6f}\n", time.Since(start).Seconds())
}

func sum(input io.Reader) map[string]*totals {
	reader := csv.NewReader(bufio.NewReaderSize(input, 1<<20))
	reader.ReuseRecord = true
	header, err := reader.Read()
	check(err)
	column := map[string]int{}
	for i, name := range header {
		column[strings.Clone(name)] = i
	}
	agent, user, credits := column["agent_id"], column["user_id"], column["credits"]
	prompt, completion, cached := column["prompt_tokens"], column["completion_tokens"], column["cached_tokens"]
	agents := map[string]*totals{}
	for {
		row, err := reader.Read()
		if err == io.EOF {
			return agents
		}
		check(err)
		t := agents[row[agent]]
		if t == nil {
			t = &totals{users: map[string]struct{}{}}
			agents[strings.Clone(row[agent])] = t
		}
		t.messages++
		t.prompt += integer(row[prompt])
		t.completion += integer(row[completion])
		t.cached += integer(row[cached])
		c, err := strconv.ParseFloat(row[credits], 64)
		check(err)
		t.credits += c
		if _, known := t.users[row[user]]; !known {
			t.users[strings.Clone(row[user])] = struct{}{}
		}
	}
}

func open(source string) io.ReadCloser {
	if !strings.HasPrefix(source, "http://") {
		file, err := os.Open(source)
		check(err)
		return file
	}
	response, err := http.Get(source)
	check(err)
	if response.StatusCode != 200 {
		panic(response.Status)
	}
	return response.Body
}

func integer(text string) int64 {
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	check(err)
	return n
}

func write(agents map[string]*totals, path string) {
	ids := make([]string, 0, len(agents))
	for id := range agents {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	file, err := os.Create(path)
	check(err)
	w := bufio.NewWriter(file)
	for _, id := range ids {
		t := agents[id]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%.4f\t%d\n",
			id, t.messages, t.prompt, t.completion, t.cached, t.credits, len(t.users))
	}
	check(w.Flush())
	check(file.Close())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
