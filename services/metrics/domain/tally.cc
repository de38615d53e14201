#include "services/metrics/domain/tally.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"

namespace argosy::metrics {

void Tally::Add(const Contribution& contribution, const base::ChannelId& channel) {
  sums_[Index(contribution.measure)] += contribution.amount;
  Touch(contribution.measure);
  if (contribution.measure == Measure::kSpendDay) spend_days_[channel].insert(contribution.day);
}

int64_t Tally::SpendDays(const base::ChannelId& channel, absl::CivilDay end) const {
  const auto days = spend_days_.find(channel);
  if (days == spend_days_.end()) return 0;
  return std::distance(days->second.begin(), days->second.lower_bound(end));
}

std::vector<base::ChannelId> Tally::SpendChannels() const {
  std::vector<base::ChannelId> channels;
  for (const auto& [channel, days] : spend_days_) channels.push_back(channel);
  return channels;
}

Tallies::Tallies(const FactBook& book, const Question& question)
    : book_(book), question_(question) {
  buckets_ = {question.period};
  labels_ = {""};
  for (const Dimension dimension : question.dimensions) {
    const auto grain = GrainOf(dimension);
    if (!grain.has_value()) continue;
    buckets_ = base::Buckets(question.period, *grain);
    labels_.clear();
    for (const base::Period& bucket : buckets_) {
      labels_.push_back(base::PeriodLabel(bucket.begin, *grain));
    }
  }
  for (const Channel& channel : book.channels) channels_.emplace(channel.id, channel.paid);
}

absl::StatusOr<Tallies> Tallies::Make(const FactBook& book, const Question& question,
                                      const Measured& measured) {
  Tallies tallies(book, question);
  RETURN_IF_ERROR(tallies.Count(measured));
  RETURN_IF_ERROR(tallies.Complete());
  return tallies;
}

std::string Tallies::ValueOf(Dimension dimension, const Attribution& at, size_t bucket) const {
  switch (dimension) {
    case Dimension::kChannel:
      return at.channel.text();
    case Dimension::kCampaign:
      return at.campaign.text();
    case Dimension::kRole:
      return at.acting_role == ActingRole::kNone ? ""
                                                 : absl::StrCat(static_cast<int>(at.acting_role));
    case Dimension::kMember:
      return at.member.text();
    case Dimension::kTeam:
      return at.team.text();
    default:
      return labels_[bucket];
  }
}

size_t Tallies::BucketOf(absl::CivilDay day) const {
  const auto after =
      std::upper_bound(buckets_.begin(), buckets_.end(), day,
                       [](absl::CivilDay d, const base::Period& bucket) { return d < bucket.end; });
  return static_cast<size_t>(after - buckets_.begin());
}

Cell Tallies::CellOf(const Attribution& at, absl::CivilDay day) const {
  Cell cell{.bucket = BucketOf(day)};
  for (const Dimension dimension : question_.dimensions) {
    cell.values.push_back(ValueOf(dimension, at, cell.bucket));
  }
  return cell;
}

absl::StatusOr<Tallies::Pair*> Tallies::Find(const Attribution& credited, absl::CivilDay day) {
  auto [at, is_new] = positions_.try_emplace(CellOf(credited, day), tallies_.size());
  if (is_new) {
    if (static_cast<int64_t>(tallies_.size()) >= kRowsMax) return ResultTooLarge("rows", kRowsMax);
    tallies_.emplace_back();
  }
  return &tallies_[at->second];
}

absl::Status Tallies::Count(const Measured& measured) {
  const auto paid = [&](const Attribution& at) {
    const auto channel = channels_.find(at.channel);
    return channel != channels_.end() && channel->second == Paid::kYes;
  };
  const auto credit_of = [&](size_t place) -> const Attribution& {
    return book_.facts[place].fact.attribution;
  };
  for (const Contribution& contribution : measured.contributions) {
    const Attribution& at = credit_of(contribution.place);
    ASSIGN_OR_RETURN(Pair* const pair, Find(at, contribution.day));
    pair->all.Add(contribution, at.channel);
    if (paid(at)) pair->paid.Add(contribution, at.channel);
  }
  for (const LeftOut& left_out : measured.left_out) {
    const Attribution& at = credit_of(left_out.place);
    ASSIGN_OR_RETURN(Pair* const pair, Find(at, left_out.day));
    pair->all.Touch(left_out.measure);
    if (paid(at)) pair->paid.Touch(left_out.measure);
  }
  for (const Missing& missing : measured.missing) {
    ASSIGN_OR_RETURN(Pair* const pair, Find(missing.at, missing.day));
    pair->all.AddMissing(missing.measure);
    if (paid(missing.at)) pair->paid.AddMissing(missing.measure);
  }
  return absl::OkStatus();
}

std::vector<std::string> Tallies::WithTime(std::vector<std::string> values,
                                           const std::string& label) const {
  for (size_t i = 0; i < values.size(); ++i) {
    if (GrainOf(question_.dimensions[i]).has_value()) values[i] = label;
  }
  return values;
}

bool Tallies::Asks(const Channel& channel) const {
  if (!question_.channels.empty() && !question_.channels.contains(channel.id)) return false;
  return question_.choice != ChannelChoice::kPaidOnly || channel.paid == Paid::kYes;
}

std::set<std::vector<std::string>> Tallies::Rests() const {
  std::set<std::vector<std::string>> rests;
  for (const auto& [cell, position] : positions_) rests.insert(WithTime(cell.values, ""));
  std::vector<size_t> others;
  for (size_t i = 0; i < question_.dimensions.size(); ++i) {
    if (!GrainOf(question_.dimensions[i]).has_value()) others.push_back(i);
  }
  std::vector<std::string> blank(question_.dimensions.size());
  if (others.empty()) rests.insert(blank);
  if (others.size() != 1 || question_.dimensions[others[0]] != Dimension::kChannel) return rests;
  for (const Channel& channel : book_.channels) {
    if (!Asks(channel)) continue;
    blank[others[0]] = channel.id.text();
    rests.insert(blank);
  }
  return rests;
}

absl::Status Tallies::Complete() {
  for (const std::vector<std::string>& rest : Rests()) {
    for (size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
      cells_.push_back({.bucket = bucket, .values = WithTime(rest, labels_[bucket])});
      if (static_cast<int64_t>(cells_.size()) > kRowsMax) {
        return ResultTooLarge("rows", kRowsMax);
      }
    }
  }
  std::sort(cells_.begin(), cells_.end(),
            [](const Cell& a, const Cell& b) { return a.values < b.values; });
  return absl::OkStatus();
}

const Tally& Tallies::At(const Cell& cell, Breadth breadth) const {
  static const Tally empty;
  const auto position = positions_.find(cell);
  if (position == positions_.end()) return empty;
  const Pair& pair = tallies_[position->second];
  return breadth == Breadth::kPaidChannels ? pair.paid : pair.all;
}

}  // namespace argosy::metrics
