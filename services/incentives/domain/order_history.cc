#include "services/incentives/domain/order_history.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace argosy::incentives {

OrderHistory::OrderHistory(SalesFacts recent) : facts_(std::move(recent)) {
  for (const auto* movements : {&facts_.payments, &facts_.refunds}) {
    for (const MovementFact& movement : *movements) missing_.insert(movement.order);
  }
  heard_of_ = missing_;
  for (const OrderFact& order : facts_.orders) {
    heard_of_.insert(order.key);
    missing_.erase(order.key);
  }
}

void OrderHistory::AddYear(SalesFacts older) {
  const size_t missing_before = missing_.size();
  for (OrderFact& order : older.orders) {
    if (missing_.erase(order.key) > 0) facts_.orders.push_back(std::move(order));
  }
  const auto keep = [&](std::vector<MovementFact>& from, std::vector<MovementFact>& to) {
    std::copy_if(std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()),
                 std::back_inserter(to),
                 [&](const MovementFact& movement) { return heard_of_.contains(movement.order); });
  };
  keep(older.payments, facts_.payments);
  keep(older.refunds, facts_.refunds);
  found_in_last_year_ = missing_.size() < missing_before;
  if (++years_added_ == kOrderAgeYearsMax) missing_.clear();
}

}  // namespace argosy::incentives
