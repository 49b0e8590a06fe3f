#define _GNU_SOURCE
#include "signal_notes.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

// Signals belong to the process, and so does the place where they are noted.
static atomic_int listener = -1;

static void note(int signal_number, siginfo_t *information, void *context) {
  (void)context;
  int saved = errno;
  int descriptor = atomic_load(&listener);
  unsigned char byte = (unsigned char)signal_number;
  if (signal_number == SIGTSTP && information->si_code == SI_USER) byte += 64;
  if (descriptor >= 0 && write(descriptor, &byte, 1) < 0) errno = saved;
  errno = saved;
}

static int is_ignored(int signal_number) {
  struct sigaction current;
  return sigaction(signal_number, NULL, &current) == 0 && !(current.sa_flags & SA_SIGINFO) &&
         current.sa_handler == SIG_IGN;
}

static void handle(int signal_number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
}

static void listen_for(int signal_number) {
  struct sigaction action = {.sa_sigaction = note, .sa_flags = SA_RESTART | SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
}

void cl_signal_note(int signal_number) {
  // A shell without job control starts what is in its background with SIGINT and SIGQUIT ignored: for the terminal's
  // sake, while those who send them to us by number mean the agent.
  int is_meant = signal_number == SIGINT || signal_number == SIGQUIT;
  if (is_meant || !is_ignored(signal_number)) listen_for(signal_number);
}

void cl_signal_notes_to(int descriptor) { atomic_store(&listener, descriptor); }

void cl_signal_forget(int signal_number) {
  if (!is_ignored(signal_number)) handle(signal_number, SIG_DFL);
}

void cl_suspend(int whole_job, int by_force) {
  struct sigaction before;
  if (is_ignored(SIGTSTP) || sigaction(SIGTSTP, NULL, &before) < 0) return;
  if (whole_job) {
    // Ignored here, so that it is the others' alone: it would stop us at some moment before or after our own.
    handle(SIGTSTP, SIG_IGN);
    kill(0, SIGTSTP);
  }
  // Threads that a dispatch queue started have every signal blocked.
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  handle(SIGTSTP, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  // To this thread, so that it does not go on before the process has stopped.
  raise(by_force ? SIGSTOP : SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &before, NULL);
}
