// SPDX-License-Identifier: Apache-2.0
#include "engine/differences.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "engine/differing_keys.hpp"

namespace sluice::engine {
namespace {

const record::Schema& pair_schema() {
  static const auto two =
      record::Schema::make({{"id", {record::TypeId::int64}, true, {}}, {"v", {record::TypeId::int64}, true, {}}});
  return two;
}

// Records (id, v), whose values serve as their hashes.
using Records = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

KeyedRecord hashes_of(std::uint64_t id, std::uint64_t value) { return {{id, 0}, {id * 1000 + value, 0}}; }

std::vector<RecordDetail> details(const Records& records) {
  std::vector<RecordDetail> all;
  for (const auto& [id, value] : records) all.push_back({hashes_of(id, value), {id, value}, {{"id", id}}, {}});
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.hashes < b.hashes; });
  return all;
}

std::vector<KeyedRecord> hashes(const Records& records) {
  std::vector<KeyedRecord> all;
  for (const auto& [id, value] : records) all.push_back(hashes_of(id, value));
  std::sort(all.begin(), all.end());
  return all;
}

// The hashes alone must tell which keys differ, and no other.
void check_keys(const Differences& answer, const Records& source, const Records& target, const DifferenceRules& rules,
                const Records& refused) {
  DifferingKeys by_hash;
  by_hash.add(hashes(source), hashes(target), hashes(refused), rules, 100);
  std::set<std::uint64_t> told, named;
  for (const auto& key : by_hash.keys) told.insert(key.low);
  for (const auto& difference : answer.list) named.insert(difference.key.at("id").to_number<std::uint64_t>());
  BOOST_TEST(told == named, boost::test_tools::per_element());
  BOOST_TEST(by_hash.superseded == answer.superseded);
  BOOST_TEST(by_hash.complete);
}

// "missing 1, different 2 v"
std::string found(const Records& source, const Records& target, const DifferenceRules& rules = {},
                  const Records& refused = {}) {
  const auto answer = find_differences(details(source), details(target), hashes(refused), pair_schema(), rules);
  check_keys(answer, source, target, rules, refused);
  std::string text;
  for (const auto& difference : answer.list) {
    text += (text.empty() ? "" : ", ") + std::string(to_string(difference.kind)) + " " +
            std::to_string(difference.key.at("id").to_number<int>());
    for (const auto& column : difference.columns) text += " " + column;
    if (difference.records > 1) text += " x" + std::to_string(difference.records);
  }
  if (answer.superseded > 0) text += ", superseded " + std::to_string(answer.superseded);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(differences_test)

BOOST_AUTO_TEST_CASE(each_kind_by_its_key) {
  BOOST_TEST(found({{1, 1}, {2, 2}, {3, 3}}, {{1, 1}, {2, 9}, {4, 4}}) == "different 2 v, missing 3, extra 4");
  BOOST_TEST(found({}, {}) == "");
}

BOOST_AUTO_TEST_CASE(a_key_may_be_there_more_than_once) {
  BOOST_TEST(found({{1, 1}}, {{1, 1}, {1, 1}, {1, 1}}) == "extra 1 x2");
  BOOST_TEST(found({{1, 1}, {1, 1}}, {{1, 1}}) == "missing 1");
  BOOST_TEST(found({{1, 1}, {1, 2}}, {{1, 3}, {1, 1}}) == "different 1 v");
  BOOST_TEST(found({{1, 1}, {1, 2}}, {{1, 3}}) == "different 1 v, missing 1");
}

BOOST_AUTO_TEST_CASE(others_may_be_allowed) {
  const DifferenceRules allowed{.others_allowed = true};
  BOOST_TEST(found({{1, 1}}, {{1, 1}, {2, 2}, {3, 3}}, allowed) == "");
  BOOST_TEST(found({{1, 1}, {2, 2}}, {{1, 5}, {3, 3}}, allowed) == "different 1 v, missing 2");
  BOOST_TEST(found({{1, 1}, {1, 2}}, {{1, 2}}, allowed) == ", superseded 1");
  BOOST_TEST(found({{1, 1}, {1, 1}}, {{1, 1}}, {.others_allowed = true, .keyed = false}) == "missing 1");
}

BOOST_AUTO_TEST_CASE(what_was_refused_is_not_missed) {
  BOOST_TEST(found({{1, 1}, {2, 2}}, {{1, 1}}, {}, {{2, 2}}) == "");
  BOOST_TEST(found({{2, 2}, {2, 2}}, {}, {}, {{2, 2}}) == "missing 2");
  BOOST_TEST(found({{2, 2}}, {{2, 2}}, {}, {{2, 2}}) == "", "it was written since");
  BOOST_TEST(found({{2, 3}}, {}, {}, {{2, 2}}) == "missing 2");
}

BOOST_AUTO_TEST_CASE(no_more_keys_than_asked_for) {
  DifferingKeys found;
  found.add(hashes({{1, 1}, {2, 2}}), {}, {}, {}, 2);
  BOOST_TEST(found.complete);
  found.add(hashes({{3, 3}}), {}, {}, {}, 2);
  BOOST_TEST(!found.complete);
  BOOST_TEST(found.keys.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::engine
