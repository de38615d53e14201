#include "tenants/tenant_predicate.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace argosy::tenants {
namespace {

enum class Clause { kSelect, kTables, kOn, kWhere, kAssign, kOther };

// Words that begin a clause, some of them only in their place.
struct ClauseWord {
  absl::string_view word;
  Clause clause;
};
constexpr std::array<ClauseWord, 16> kClauseWords = {{{"select", Clause::kSelect},
                                                      {"from", Clause::kTables},
                                                      {"join", Clause::kTables},
                                                      {"straight_join", Clause::kTables},
                                                      {"update", Clause::kTables},
                                                      {"set", Clause::kAssign},
                                                      {"on", Clause::kOn},
                                                      {"using", Clause::kOn},
                                                      {"where", Clause::kWhere},
                                                      {"group", Clause::kOther},
                                                      {"order", Clause::kOther},
                                                      {"having", Clause::kOther},
                                                      {"limit", Clause::kOther},
                                                      {"values", Clause::kOther},
                                                      {"window", Clause::kOther},
                                                      {"for", Clause::kOther}}};

// A table as a query names it.
struct TableUse {
  std::string table;
  std::string alias;
  bool confined = false;
};

// One SELECT, UPDATE or DELETE with its tables.
struct Block {
  Clause clause = Clause::kOther;
  std::vector<TableUse> tables;
};

// A pair of parentheses, a CASE, or the statement itself.
struct Frame {
  size_t block;
  bool opaque;  // inside a function's arguments, a CASE or a NOT a predicate confines nothing
  bool is_case;
  bool has_or = false;      // since the last clause began
  bool in_between = false;  // the next AND belongs to a BETWEEN
  // Predicates seen since then: they count once no OR has turned up.
  std::vector<std::pair<size_t, size_t>> pending;  // block, table
};

bool IsOneOf(absl::string_view word, std::initializer_list<absl::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class PredicateFinder {
 public:
  explicit PredicateFinder(const std::vector<SqlToken>& tokens) : tokens_(tokens) {}

  std::vector<std::string> Run() {
    blocks_.emplace_back();
    frames_.push_back(Frame{.block = 0, .opaque = false, .is_case = false});
    if (!IsOneOf(Word(0), {"select", "with", "insert", "replace", "update", "delete"})) {
      faults_.emplace_back("not a SELECT, INSERT, REPLACE, UPDATE or DELETE");
    }
    if (Word(0) == "insert" || Word(0) == "replace") CheckInsert();
    for (at_ = 0; at_ < tokens_.size(); ++at_) Step();
    if (frames_.size() != 1) faults_.emplace_back("unbalanced parentheses");
    Settle(frames_.front());
    for (const Block& block : blocks_) Judge(block);
    return faults_;
  }

 private:
  absl::string_view Word(size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == SqlTokenKind::kWord ? tokens_[i].text
                                                                        : absl::string_view();
  }
  bool IsSymbol(size_t i, absl::string_view symbol) const {
    return i < tokens_.size() && tokens_[i].kind == SqlTokenKind::kSymbol &&
           tokens_[i].text == symbol;
  }
  bool IsTenant(size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == SqlTokenKind::kTenant;
  }
  Block& CurrentBlock() { return blocks_[frames_.back().block]; }

  void Step() {
    if (tokens_[at_].kind == SqlTokenKind::kUnknown) {
      faults_.push_back(absl::StrCat("'", tokens_[at_].text, "' is not understood"));
    }
    if (IsSymbol(at_, ";") && at_ + 1 < tokens_.size()) {
      faults_.emplace_back("more than one statement");
    }
    if (IsSymbol(at_, "(")) return Open();
    if (IsSymbol(at_, ")")) return Close();
    if (IsSymbol(at_, "||")) frames_.back().has_or = true;
    if (IsSymbol(at_, ",") && CurrentBlock().clause == Clause::kTables) ReadTable(at_ + 1);
    if (IsSymbol(at_, "*") && CurrentBlock().clause == Clause::kSelect && !frames_.back().opaque &&
        (Word(at_ - 1) == "select" || IsSymbol(at_ - 1, ".") || IsSymbol(at_ - 1, ","))) {
      faults_.emplace_back("SELECT * is not allowed: name the columns");
    }
    if (Word(at_).empty()) return;
    if (!frames_.back().opaque) ReadClause(Word(at_));
    ReadLogic(Word(at_));
    if (Word(at_) == "tenant_id" && CurrentBlock().clause == Clause::kAssign) {
      faults_.emplace_back("tenant_id stands among assignments");
    }
    ReadPredicate();
  }

  void Open() {
    Frame inner{.block = frames_.back().block, .opaque = frames_.back().opaque, .is_case = false};
    const absl::string_view before = at_ == 0 ? absl::string_view() : Word(at_ - 1);
    if (Word(at_ + 1) == "select" || Word(at_ + 1) == "with") {
      inner.block = blocks_.size();
      inner.opaque = false;
      blocks_.emplace_back();
    } else if (CurrentBlock().clause == Clause::kTables && before.empty() &&
               !IsSymbol(at_ - 1, ")")) {
      faults_.emplace_back("a join in parentheses is not understood");
    } else if (!BeginsConjunct(at_)) {
      inner.opaque = true;  // a function, IN, NOT, VALUES, an index hint, an operand
    }
    frames_.push_back(inner);
  }

  void Close() {
    if (frames_.size() == 1) {
      faults_.emplace_back("unbalanced parentheses");
      return;
    }
    Frame inner = std::move(frames_.back());
    frames_.pop_back();
    Frame& outer = frames_.back();
    if (inner.block != outer.block || inner.opaque != outer.opaque) {
      Settle(inner);
    } else if (!inner.has_or && EndsConjunct(at_ + 1)) {
      // As strong as if the parentheses were not there.
      outer.pending.insert(outer.pending.end(), inner.pending.begin(), inner.pending.end());
    }
  }

  // A clause of `frame` has ended: its predicates count unless an OR weakened them.
  void Settle(Frame& frame) {
    if (!frame.has_or && !frame.opaque) {
      for (const auto& [block, table] : frame.pending) blocks_[block].tables[table].confined = true;
    }
    frame.pending.clear();
    frame.has_or = false;
  }

  void Enter(Clause clause) {
    Settle(frames_.back());
    CurrentBlock().clause = clause;
  }

  // The clause that `word`, where it stands, begins.
  std::optional<Clause> ClauseBegunBy(absl::string_view word) const {
    const Clause present = blocks_[frames_.back().block].clause;
    if (word == "values" && present == Clause::kAssign) return std::nullopt;  // the function
    if (word == "for" && Word(at_ - 1) == "key") return std::nullopt;
    if (word == "update" && at_ != 0) return std::nullopt;
    if (word == "on" && Word(at_ + 1) == "duplicate") return Clause::kAssign;
    if (IsOneOf(word, {"left", "right", "inner", "cross"})) {
      const bool joins = present == Clause::kOn && !IsSymbol(at_ + 1, "(");
      return joins ? std::optional(Clause::kTables) : std::nullopt;
    }
    const auto* const begun =
        std::find_if(kClauseWords.begin(), kClauseWords.end(),
                     [word](const ClauseWord& clause) { return clause.word == word; });
    return begun == kClauseWords.end() ? std::nullopt : std::optional(begun->clause);
  }

  void ReadClause(absl::string_view word) {
    if (IsOneOf(word, {"union", "except", "intersect"})) {
      Settle(frames_.back());
      frames_.back().block = blocks_.size();
      blocks_.emplace_back();
      return;
    }
    if (word == "with" && Word(at_ + 1) != "rollup") return ReadCteName(at_ + 1);
    const std::optional<Clause> clause = ClauseBegunBy(word);
    if (!clause.has_value()) return;
    Enter(*clause);
    if (IsOneOf(word, {"from", "join", "straight_join", "update"})) ReadTable(at_ + 1);
  }

  // WITH name AS ( ... ), name AS ( ... )
  void ReadCteName(size_t i) {
    if (Word(i) == "recursive") ++i;
    while (Word(i + 1) == "as" && IsSymbol(i + 2, "(")) {
      ctes_.emplace_back(Word(i));
      size_t depth = 1;
      for (i += 3; i < tokens_.size() && depth > 0; ++i) {
        if (IsSymbol(i, "(")) ++depth;
        if (IsSymbol(i, ")")) --depth;
      }
      if (!IsSymbol(i, ",")) return;
      ++i;
    }
  }

  void ReadTable(size_t i) {
    if (IsSymbol(i, "(") || Word(i).empty()) return;  // a derived table is a block of its own
    TableUse use;
    use.table = std::string(Word(i));
    if (IsSymbol(i + 1, ".")) {
      i += 2;
      use.table = std::string(Word(i));
    }
    if (IsSymbol(i + 1, "(")) return;  // a table function
    use.alias = use.table;
    if (Word(i + 1) == "as") ++i;
    const absl::string_view next = Word(i + 1);
    if (!next.empty() &&
        !IsOneOf(next, {"join",    "inner",     "left",  "right", "cross",  "straight_join",
                        "natural", "on",        "using", "where", "set",    "group",
                        "order",   "having",    "limit", "for",   "lock",   "union",
                        "except",  "intersect", "force", "use",   "ignore", "window"})) {
      use.alias = std::string(next);
    }
    CurrentBlock().tables.push_back(std::move(use));
  }

  void ReadLogic(absl::string_view word) {
    if (word == "or" || word == "xor") frames_.back().has_or = true;
    if (word == "between") frames_.back().in_between = true;
    if (word == "and" && std::exchange(frames_.back().in_between, false)) between_and_ = at_;
    if (word == "case") {
      frames_.push_back(Frame{.block = frames_.back().block, .opaque = true, .is_case = true});
    }
    if (word == "end" && frames_.back().is_case) frames_.pop_back();
  }

  // [alias .] tenant_id = :tenant, standing alone between AND, clauses and parentheses.
  void ReadPredicate() {
    if (Word(at_) != "tenant_id" || !IsSymbol(at_ + 1, "=") || !IsTenant(at_ + 2)) return;
    if (frames_.back().opaque || at_ == 0) return;
    const bool qualified = IsSymbol(at_ - 1, ".");
    if (!BeginsConjunct(qualified ? at_ - 2 : at_) || !EndsConjunct(at_ + 3)) return;
    Note(qualified ? Word(at_ - 2) : absl::string_view());
  }

  // Whether what begins at `i` is an operand of AND and OR alone. An opening parenthesis before it
  // is that of a group: inside any other everything is opaque.
  bool BeginsConjunct(size_t i) const {
    if (i == 0 || between_and_ == i - 1) return false;
    return IsOneOf(Word(i - 1), {"where", "on", "and", "or"}) || IsSymbol(i - 1, "(");
  }

  // Whether an operand of AND is over before `i`.
  bool EndsConjunct(size_t i) const {
    return i >= tokens_.size() || IsSymbol(i, ")") || IsSymbol(i, ";") ||
           IsOneOf(Word(i),
                   {"and", "group", "order", "having", "limit", "for", "lock", "union", "join",
                    "left", "right", "inner", "cross", "straight_join", "where", "on", "window"});
  }

  void Note(absl::string_view alias) {
    const size_t number = frames_.back().block;
    const Block& block = blocks_[number];
    if (block.clause != Clause::kWhere && block.clause != Clause::kOn) return;
    for (size_t i = 0; i < block.tables.size(); ++i) {
      const bool names_it =
          alias.empty() ? block.tables.size() == 1 : block.tables[i].alias == alias;
      // In an outer join's ON a predicate does not confine the tables joined before.
      const bool reaches = block.clause == Clause::kWhere || i + 1 == block.tables.size();
      if (names_it && reaches) frames_.back().pending.emplace_back(number, i);
    }
  }

  void CheckInsert() {
    size_t i = 1;
    while (i < tokens_.size() && Word(i) != "into") ++i;
    const std::string table(Word(i + 1));
    if (!IsSymbol(i + 2, "(") || Word(i + 3) != "tenant_id") {
      faults_.push_back(absl::StrCat("INSERT INTO ", table, " does not begin with tenant_id"));
      return;
    }
    while (i < tokens_.size() && !IsSymbol(i, ")")) ++i;
    ++i;
    if (i >= tokens_.size()) return;  // the head of InsertMany
    bool bound = false;
    if (Word(i) == "select") bound = IsTenant(i + 1) && IsSymbol(i + 2, ",");
    if (Word(i) == "values") bound = TuplesAreBound(i + 1);
    if (!bound)
      faults_.push_back(absl::StrCat("INSERT INTO ", table, " does not bind :tenant first"));
  }

  bool TuplesAreBound(size_t i) const {
    while (IsSymbol(i, "(")) {
      if (!IsTenant(i + 1)) return false;
      size_t depth = 1;
      for (++i; i < tokens_.size() && depth > 0; ++i) {
        if (IsSymbol(i, "(")) ++depth;
        if (IsSymbol(i, ")")) --depth;
      }
      if (!IsSymbol(i, ",")) return true;
      ++i;
    }
    return false;
  }

  void Judge(const Block& block) {
    for (const TableUse& use : block.tables) {
      if (use.confined || std::find(ctes_.begin(), ctes_.end(), use.table) != ctes_.end()) continue;
      faults_.push_back(
          absl::StrCat("table ", use.table, " lacks ", use.alias, ".tenant_id = :tenant"));
    }
  }

  const std::vector<SqlToken>& tokens_;
  size_t at_ = 0;
  std::optional<size_t> between_and_;  // where the last AND of a BETWEEN stands
  std::vector<Block> blocks_;
  std::vector<Frame> frames_;
  std::vector<std::string> ctes_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> FindTenantFaults(const std::vector<SqlToken>& tokens) {
  return PredicateFinder(tokens).Run();
}

}  // namespace argosy::tenants
