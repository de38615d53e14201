// Two threads that write one variable without a lock: a sanitizer that stays silent here proves
// nothing anywhere.
#include <thread>

int main() {
  int shared = 0;
  std::thread other([&shared] { ++shared; });
  ++shared;
  other.join();
  return shared > 2 ? 1 : 0;
}
