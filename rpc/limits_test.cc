#include "rpc/limits.h"

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "rpc/drain.h"

namespace argosy::rpc {
namespace {

TEST(Ticket, IsRefusedAtTheLimitAndGivenBack) {
  std::atomic<int> counter{0};
  Ticket first = Ticket::Take(counter, 1);
  EXPECT_TRUE(first.granted());
  EXPECT_FALSE(Ticket::Take(counter, 1).granted());
  first = Ticket();
  EXPECT_EQ(counter.load(), 0);
  EXPECT_TRUE(Ticket::Take(counter, 1).granted());
}

TEST(Ticket, IsGivenBackOnceWhenMoved) {
  std::atomic<int> counter{0};
  {
    Ticket first = Ticket::Take(counter, 5);
    const Ticket second = std::move(first);
    EXPECT_EQ(counter.load(), 1);
  }
  EXPECT_EQ(counter.load(), 0);
}

TEST(KeyedLimit, CountsEachKeyByItself) {
  KeyedLimit limit(1);
  const Ticket acme = limit.Take("acme");
  EXPECT_TRUE(acme.granted());
  EXPECT_FALSE(limit.Take("acme").granted());
  EXPECT_TRUE(limit.Take("globex").granted());
}

TEST(KeyedLimit, NeverGrantsMoreThanItsLimitToManyThreads) {
  KeyedLimit limit(3);
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        const Ticket ticket = limit.Take("acme");
        if (!ticket.granted()) continue;
        const int now = inside.fetch_add(1) + 1;
        int seen = most.load();
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        inside.fetch_sub(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most.load(), 3);
  EXPECT_GE(most.load(), 1);
}

TEST(PeerAddress, LeavesThePortOut) {
  EXPECT_EQ(PeerAddress("ipv4:10.0.0.7:4711"), "ipv4:10.0.0.7");
  EXPECT_EQ(PeerAddress("ipv6:[::1]:4711"), "ipv6:[::1]");
  EXPECT_EQ(PeerAddress("unix:/run/argosy.sock"), "unix:/run/argosy.sock");
  EXPECT_EQ(PeerAddress("unknown"), "unknown");
}

TEST(Drain, RefusesNewVisitsAndWaitsForOldOnes) {
  Drain drain;
  {
    const Drain::Visit early(drain);
    EXPECT_TRUE(early.admitted());
    drain.Begin();
    EXPECT_FALSE(Drain::Visit(drain).admitted());
    EXPECT_FALSE(drain.WaitIdle(absl::Milliseconds(1)));
  }
  EXPECT_TRUE(drain.WaitIdle(absl::ZeroDuration()));
}

TEST(Drain, WakesWhenTheLastVisitEnds) {
  Drain drain;
  auto visit = std::make_unique<Drain::Visit>(drain);
  drain.Begin();
  std::thread last([&] { visit.reset(); });
  EXPECT_TRUE(drain.WaitIdle(absl::Seconds(10)));
  last.join();
}

}  // namespace
}  // namespace argosy::rpc
