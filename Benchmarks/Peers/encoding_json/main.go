// Sums pages of JSON by agent with encoding/json: encoding_json SRC PAGES OUT, SRC being a folder or the URL of one.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

type item struct {
	UserID  int64   `json:"user_id"`
	Credits float64 `json:"credits"`
	Slug    string  `json:"slug"`
	Tokens  *struct {
		Input  int64 `json:"input"`
		Output int64 `json:"output"`
	} `json:"tokens"`
}

type page struct {
	Items   []item `json:"items"`
	HasMore bool   `json:"has_more"`
}

type totals struct {
	items, input, output int64
	credits              float64
	users                map[int64]struct{}
}

func main() {
	start := time.Now()
	source, out := os.Args[1], os.Args[3]
	pages, err := strconv.Atoi(os.Args[2])
	check(err)
	agents := map[string]*totals{}
	var p page
	for number := 1; number <= pages; number++ {
		body := read(fmt.Sprintf("%s/%05d/page_%06d.json", source, (number-1)/100, number))
		clear(p.Items[:cap(p.Items)])
		p.Items = p.Items[:0]
		check(json.Unmarshal(body, &p))
		for i := range p.Items {
			add(agents, &p.Items[i])
		}
	}
	write(agents, out)
	fmt.Printf("{\"inner_s\":%.6f}\n", time.Since(start).Seconds())
}

func add(agents map[string]*totals, it *item) {
	t := agents[it.Slug]
	if t == nil {
		t = &totals{users: map[int64]struct{}{}}
		agents[it.Slug] = t
	}
	t.items++
	t.credits += it.Credits
	if it.Tokens != nil {
		t.input += it.Tokens.Input
		t.output += it.Tokens.Output
	}
	t.users[it.UserID] = struct{}{}
}

var buffer []byte // of the last page that came over HTTP, used again for the next

func read(name string) []byte {
	if !strings.HasPrefix(name, "http://") {
		body, err := os.ReadFile(name)
		check(err)
		return body
	}
	response, err := http.Get(name)
	check(err)
	defer response.Body.Close()
	if response.StatusCode != 200 {
		panic(response.Status)
	}
	size := int(response.ContentLength)
	if cap(buffer) < size {
		buffer = make([]byte, size*2)
	}
	buffer = buffer[:size]
	_, err = io.ReadFull(response.Body, buffer)
	check(err)
	return buffer
}

func write(agents map[string]*totals, path string) {
	slugs := make([]string, 0, len(agents))
	for slug := range agents {
		slugs = append(slugs, slug)
	}
	sort.Strings(slugs)
	file, err := os.Create(path)
	check(err)
	w := bufio.NewWriter(file)
	for _, slug := range slugs {
		t := agents[slug]
		fmt.Fprintf(w, "%s\t%d\t%.4f\t%d\t%d\t%d\n", slug, t.items, t.credits, t.input, t.output, len(t.users))
	}
	check(w.Flush())
	check(file.Close())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
