// Serves the series of a fixture with client_golang's promhttp: client_golang FIXTURE.tsv PORT.
package main

import (
	"bufio"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var families = []struct {
	name, help string
	counter    bool
}{
	{"agent_usage_messages_total", "Messages handled by the agent.", true},
	{"agent_usage_prompt_tokens_total", "Prompt tokens consumed by the agent.", true},
	{"agent_usage_completion_tokens_total", "Completion tokens produced by the agent.", true},
	{"agent_usage_credits_total", "Credits charged for the agent.", true},
	{"agent_usage_active_users", "Distinct users of the agent in the window.", false},
	{"agent_usage_last_activity_timestamp_seconds", "Unix time of the last message.", false},
}

var unescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t")

func main() {
	registry := prometheus.NewRegistry()
	set := register(registry)
	file, err := os.Open(os.Args[1])
	check(err)
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		field := strings.Split(lines.Text(), "\t") // provider workspace agent_id agent_name, then a value per family
		for k, text := range field[4:] {
			if text != "" {
				value, err := strconv.ParseFloat(text, 64)
				check(err)
				set[k]([]string{field[2], unescape.Replace(field[3]), field[0], field[1]}, value)
			}
		}
	}
	check(lines.Err())
	check(file.Close())
	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	check(http.ListenAndServe("127.0.0.1:"+os.Args[2], nil))
}

// register makes a vector for each family; the values live there, as in any program that is instrumented.
func register(registry *prometheus.Registry) (set []func(labels []string, value float64)) {
	labels := []string{"agent_id", "agent_name", "provider", "workspace"}
	for _, f := range families {
		if f.counter {
			vec := prometheus.NewCounterVec(prometheus.CounterOpts{Name: f.name, Help: f.help}, labels)
			registry.MustRegister(vec)
			set = append(set, func(l []string, v float64) { vec.WithLabelValues(l...).Add(v) })
		} else {
			vec := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: f.name, Help: f.help}, labels)
			registry.MustRegister(vec)
			set = append(set, func(l []string, v float64) { vec.WithLabelValues(l...).Set(v) })
		}
	}
	return set
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
