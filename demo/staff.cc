#include "demo/staff.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "demo/season.h"

namespace argosy::demo {
namespace {

struct Syllables {
  const char* latin;
  const char* chinese;
};

constexpr std::array<Syllables, 20> kSurnames = {{
    {"wang", "王"}, {"li", "李"},   {"zhang", "张"}, {"liu", "刘"},  {"chen", "陈"},
    {"yang", "杨"}, {"zhao", "赵"}, {"huang", "黄"}, {"zhou", "周"}, {"wu", "吴"},
    {"xu", "徐"},   {"sun", "孙"},  {"hu", "胡"},    {"zhu", "朱"},  {"gao", "高"},
    {"lin", "林"},  {"he", "何"},   {"guo", "郭"},   {"ma", "马"},   {"luo", "罗"},
}};

constexpr std::array<Syllables, 30> kGivenNames = {{
    {"wei", "伟"},       {"fang", "芳"},      {"na", "娜"},       {"min", "敏"},
    {"jing", "静"},      {"lei", "磊"},       {"qiang", "强"},    {"yang", "洋"},
    {"yong", "勇"},      {"juan", "娟"},      {"jie", "杰"},      {"tao", "涛"},
    {"chao", "超"},      {"xiaoli", "晓丽"},  {"haiyan", "海燕"}, {"ziwei", "子薇"},
    {"haoran", "浩然"},  {"yutong", "雨桐"},  {"jiahao", "嘉豪"}, {"siyuan", "思远"},
    {"mengyao", "梦瑶"}, {"zhiyuan", "志远"}, {"xinyi", "欣怡"},  {"junjie", "俊杰"},
    {"yifan", "一帆"},   {"ruoxi", "若曦"},   {"bowen", "博文"},  {"shiyu", "诗雨"},
    {"tianyu", "天宇"},  {"kexin", "可欣"},
}};

// The first day of everybody's first role: well before the data begin.
constexpr absl::CivilDay kJoined(2024, 1, 1);

class StaffBuilder {
 public:
  explicit StaffBuilder(Company& company) : company_(company) {}

  // A new person, known by a Latin id and a Chinese name; no two of one company share either.
  std::string Hire() {
    const size_t index = company_.members.size();
    const Syllables& surname = kSurnames[index % kSurnames.size()];
    const Syllables& given =
        kGivenNames[(index * 7 + index / kSurnames.size()) % kGivenNames.size()];
    std::string id = absl::StrCat(surname.latin, "-", given.latin);
    company_.members.push_back({.id = id,
                                .display_name = absl::StrCat(surname.chinese, given.chinese),
                                .joined = kJoined});
    return id;
  }

  void Assign(const std::string& member, const std::string& team, Role role, int64_t effort_ppm) {
    company_.assignments.push_back({.member = member,
                                    .team = team,
                                    .role = role,
                                    .effort_ppm = effort_ppm,
                                    .start = kJoined,
                                    .end = std::nullopt});
  }

  // A team led by a new person who manages it all the time.
  std::string OpenTeam(const std::string& id, const std::string& name, TeamKind kind, Role role) {
    const std::string lead = Hire();
    company_.teams.push_back({.id = id, .display_name = name, .kind = kind, .lead = lead});
    Assign(lead, id, role, kWhole);
    return id;
  }

  void Staff(const std::string& team, Role role, int count) {
    for (int i = 0; i < count; ++i) Assign(Hire(), team, role, kWhole);
  }

  static constexpr int64_t kWhole = 1'000'000;

 private:
  Company& company_;
};

void StaffSmall(const Headcount& count, StaffBuilder& staff) {
  staff.OpenTeam("sales", "业务部", TeamKind::kSales, Role::kManager);
  for (int i = 0; i < count.sales; ++i) {
    const std::string person = staff.Hire();
    staff.Assign(person, "sales", Role::kSales, 750'000);
    staff.Assign(person, "sales", Role::kCustomerService, 250'000);
  }
}

void StaffMiddle(const Headcount& count, StaffBuilder& staff) {
  staff.OpenTeam("sales-east", "业务一部", TeamKind::kSales, Role::kManager);
  staff.Staff("sales-east", Role::kSales, count.sales / 2);
  staff.OpenTeam("sales-west", "业务二部", TeamKind::kSales, Role::kManager);
  staff.Staff("sales-west", Role::kSales, count.sales - count.sales / 2);
  for (int i = 0; i < count.operations; ++i) {
    const std::string person = staff.Hire();
    staff.Assign(person, "headquarters", Role::kOperations, 600'000);
    staff.Assign(person, "headquarters", Role::kCustomerService, 400'000);
  }
  staff.Staff("headquarters", Role::kCustomerService, count.customer_service);
}

void StaffLarge(const Headcount& count, StaffBuilder& staff) {
  const std::array<std::pair<const char*, const char*>, 3> regions = {
      {{"sales-americas", "美洲业务部"},
       {"sales-europe", "欧洲业务部"},
       {"sales-asia", "亚太业务部"}}};
  int left = count.sales;
  for (size_t i = 0; i < regions.size(); ++i) {
    const int here = left / static_cast<int>(regions.size() - i);
    staff.OpenTeam(regions[i].first, regions[i].second, TeamKind::kSales, Role::kManager);
    staff.Staff(regions[i].first, Role::kSales, here);
    left -= here;
  }
  staff.OpenTeam("marketing", "市场部", TeamKind::kMarketing, Role::kManager);
  staff.Staff("marketing", Role::kMarketing, count.marketing);
  staff.OpenTeam("service", "客服部", TeamKind::kCustomerService, Role::kManager);
  staff.Staff("service", Role::kCustomerService, count.customer_service);
}

// The second person of sales in the first team goes at the end of February 2025.
void LetOneLeave(Company& company) {
  const absl::CivilDay last_day(2025, 3, 1);
  int seen = 0;
  for (Assignment& assignment : company.assignments) {
    if (assignment.role != Role::kSales || ++seen != 2) continue;
    assignment.end = last_day;
    for (Member& member : company.members) {
      if (member.id == assignment.member) member.left = last_day;
    }
  }
}

}  // namespace

void AddStaff(const CompanyProfile& profile, Company& company) {
  StaffBuilder staff(company);
  staff.OpenTeam("headquarters", "总经办", TeamKind::kMixed, Role::kOwner);
  if (profile.headcount.marketing > 0) {
    StaffLarge(profile.headcount, staff);
    LetOneLeave(company);
    const double budget = profile.media_budget_a_month * profile.units_a_dollar;
    for (Team& team : company.teams) {
      if (team.kind == TeamKind::kMarketing) team.monthly_budget_minor = std::llround(budget * 100);
    }
  } else if (profile.headcount.operations > 0) {
    StaffMiddle(profile.headcount, staff);
  } else {
    StaffSmall(profile.headcount, staff);
  }
}

std::vector<Attribution> HoldersOf(const Company& company, Role role, absl::CivilDay day) {
  std::vector<Attribution> holders;
  for (const Assignment& assignment : company.assignments) {
    if (assignment.role != role || day < assignment.start) continue;
    if (assignment.end.has_value() && day >= *assignment.end) continue;
    holders.push_back({.member = assignment.member, .acting_role = role, .team = assignment.team});
  }
  return holders;
}

}  // namespace argosy::demo
