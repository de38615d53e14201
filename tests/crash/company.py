"""The company the scenario runs: its blueprint, its plan, and a month's file and further facts, all
from the seed."""

import csv
import io
import json

from evidence import Fact

TENANT = "crash-trading"
MEMBERS = ["li-wei", "wang-fang", "zhang-min", "chen-jie"]
FIRST_YEAR = 2020
# Upload takes two parts of 512 KiB, and commit as many calls as there are thousands.
ROWS_PER_MONTH = 2_500
REMARK_BYTES = 280
FACTS_PER_BATCH = 150

BLUEPRINT = "members:\n" + "".join(
    f"  - {{member_id: {member}, member: {{display_name: {member}, joined_date: '2019-01-01'}}}}\n"
    for member in MEMBERS) + f"""teams:
  - {{team_id: sales, team: {{display_name: 业务部, kind: TEAM_KIND_SALES, lead_member: {MEMBERS[0]}}}}}
assignments:
""" + "".join(
    f"  - role_assignment: {{member: {member}, team: sales, role: BUSINESS_ROLE_SALES, "
    "effective_start_date: '2019-01-01', effort_share_ppm: 1000000}\n" for member in MEMBERS) + """channels:
  - {channel_id: google-ads, channel: {display_name: Google Ads, kind: CHANNEL_KIND_SEARCH, paid: true}}
"""

PLAN = """components:
  - component_id: commission
    display_name: 成交提成
    commission:
      base: BASE_CONTRACT_CIF
      tier_mode: TIER_MODE_MARGINAL
      tiers:
        - {from_minor: 0, to_minor: 50000000, rate_ppm: 10000}
        - {from_minor: 50000000, rate_ppm: 20000}
"""

MAPPING = """source: crm
time_zone: Asia/Shanghai
date_formats: [yyyy-mm-dd]
capture_mode: CAPTURE_MODE_AUTO
currency: {parts: [{constant: USD}]}
facts:
  - event_id: {parts: [{constant: inquiry}, {column: deal}]}
    occurred_on: {parts: [{column: day}]}
    channel: {parts: [{constant: google-ads}]}
    inquiry: {outcome: {parts: [{constant: WON}]}}
  - event_id: {parts: [{constant: order}, {column: deal}]}
    occurred_on: {parts: [{column: day}]}
    member: {parts: [{column: agent}]}
    acting_role: {parts: [{constant: SALES}]}
    team: {parts: [{constant: sales}]}
    order:
      value: {parts: [{column: amount}]}
      inquiry_event_id: {parts: [{constant: inquiry}, {column: deal}]}
"""


def month_label(number):
    """The `number`-th month of the company, from 0: "2020-01"."""
    return f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02}"


def month_file(random, number):
    """A month's CSV file and the facts it holds."""
    text, facts = io.StringIO(), {}
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["deal", "agent", "day", "amount", "remark"])
    for row in range(ROWS_PER_MONTH):
        deal, agent = f"m{number}-d{row}", random.choice(MEMBERS)
        cents = random.randint(1, 2_000_000)
        day = f"{month_label(number)}-{random.randint(1, 28):02}"
        table.writerow([deal, agent, day, f"{cents // 100}.{cents % 100:02}", "备" * (REMARK_BYTES // 3)])
        facts["crm", f"inquiry/{deal}"] = Fact("inquiry", 1, "", 0)
        facts["crm", f"order/{deal}"] = Fact("order", 1, agent, cents)
    return text.getvalue(), facts


def further_facts(random, number, batch):
    """A batch of spend beside the file, one JSON object a line, and the facts it holds."""
    lines, facts = [], {}
    for place in range(FACTS_PER_BATCH):
        event, cents = f"m{number}-b{batch}-{place}", random.randint(0, 100_000)
        lines.append(json.dumps({
            "source": "ads", "source_event_id": event,
            "occurred_date": f"{month_label(number)}-{random.randint(1, 28):02}",
            "capture_mode": "CAPTURE_MODE_AUTO",
            "attribution": {"channel": f"tenants/{TENANT}/channels/google-ads"},
            "spend": {"kind": "SPEND_KIND_MEDIA",
                      "amount": {"amount_minor": cents, "currency_code": "USD"}}}))
        facts["ads", event] = Fact("spend", 1, "", cents)
    return "\n".join(lines) + "\n", facts


def read_fact(listed):
    """A fact as argosyctl lists it: its key and what must survive of it."""
    kind = next(k for k in ("spend", "inquiry", "order") if k in listed)
    money = {"spend": "amount", "order": "value"}.get(kind)
    amount = int(listed[kind][money]["amount_minor"]) if money else 0
    member = listed["attribution"]["member"].rpartition("/")[2]
    return ((listed["source"], listed["source_event_id"]),
            Fact(kind, int(listed["revision"]), member, amount))
