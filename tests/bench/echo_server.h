// A gRPC server that does nothing but answer: the floor that the rpc benchmark stands on.
#ifndef ARGOSY_TESTS_BENCH_ECHO_SERVER_H_
#define ARGOSY_TESTS_BENCH_ECHO_SERVER_H_

#include <string>

namespace argosy::bench {

// Serves argosy.bench.Echo on 127.0.0.1 with at most `threads` threads, prints "PORT <n>" and a
// line end on standard output, and ends when standard input does. The exit code.
int RunEchoServer(int threads);

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_ECHO_SERVER_H_
