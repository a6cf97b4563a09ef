// Runs one program and tells what it took: process RESULT SECONDS PROGRAM [ARGUMENT...]
//
// RESULT receives a line of JSON: wall and CPU seconds, peak resident memory in KiB. The exit status is the program's.
// A program that takes longer than SECONDS is ended. This process is small on purpose: a child's peak memory is never
// reported below what its parent held when it was started.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;

static void end_child(int signal_number) {
  (void)signal_number;
  kill(child, SIGKILL);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec * 1e-6; }

int main(int count, char **argument) {
  if (count < 4) return 64;
  double start = now();
  child = fork();
  if (child < 0) return 71;
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execvp(argument[3], argument + 3);
    _exit(127);
  }
  signal(SIGALRM, end_child);
  signal(SIGTERM, end_child);
  alarm(atoi(argument[2]));

  int status;
  struct rusage used;
  if (wait4(child, &status, 0, &used) < 0) return 71;
  double wall = now() - start;
  FILE *result = fopen(argument[1], "w");
  if (!result) return 73;
  fprintf(result, "{\"wall\": %.6f, \"cpu\": %.6f, \"peak_kib\": %ld}\n", wall,
          seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
  if (fclose(result)) return 73;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
